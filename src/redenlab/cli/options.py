"""The options that commands share, each defined once."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from redenlab.cli import history
from redenlab.cli.arguments import Parameters
from redenlab.cli.backends import Backend, backend_of
from redenlab.cli.output import Format
from redenlab.cli.text import err, printable

_UNITS = {"": 1.0, "s": 1.0, "m": 60.0, "h": 3600.0}


def seconds(value: str) -> float:
    """Read a duration: ``900``, ``900s``, ``15m`` or ``1h``.

    Raises:
        typer.BadParameter: It is no duration, or not positive.
    """
    found = re.fullmatch(r"(\d{1,9}(?:\.\d{1,9})?)([smh]?)", value.strip())
    if found and (length := float(found[1]) * _UNITS[found[2]]):
        return length
    raise typer.BadParameter(f"{value!r} is no duration; write 900, 15m or 1h")


def model_names(backend: Backend) -> list[str]:
    """The models that a spec knows, of all its jobs."""
    return list(dict.fromkeys(name for spec in backend.specs for name in spec.models))


def similar(name: str, names: Iterable[str]) -> list[str]:
    """The names like `name`; all of them if none is."""
    known = list(names)
    return get_close_matches(name, known) or known


def note_unknown(backend: Backend, model: str | None) -> None:
    """Print a note to standard error if a model is not known; the service may have it."""
    names = model_names(backend)
    if model is None or not names or model in names:
        return
    close = " or ".join(similar(model, names))
    note = (
        f"{printable(model)} is unknown to this version and is tried all the same; known: {close}"
    )
    err().print(Text.assemble((" note", "yellow"), "  ", note), soft_wrap=True)


def _backend(context: typer.Context) -> Backend:
    return backend_of(context, context.params.get("spec"))


def matching_models(context: typer.Context, incomplete: str) -> list[str]:
    """Shell completion of model names."""
    return [name for name in model_names(_backend(context)) if name.startswith(incomplete)]


def matching_parameters(context: typer.Context, incomplete: str) -> list[str]:
    """Shell completion of parameters and of their values."""
    backend = _backend(context)
    spec = backend.job_type(context.params.get("job")).spec
    return list(Parameters(backend, spec, context.params.get("model")).completions(incomplete))


def matching_jobs(context: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Shell completion of the ids of recent jobs, with the time of their submit."""
    found = history.past(_backend(context).specs[0].service)
    return [(each.job_id, each.at) for each in found if each.job_id.startswith(incomplete)]


def matching_kinds(context: typer.Context, incomplete: str) -> list[str]:
    """Shell completion of the kinds of jobs."""
    return [name for name in _backend(context).clients if name.startswith(incomplete)]


Jobs = Annotated[
    list[str],
    typer.Argument(
        metavar="JOB...",
        show_default=False,
        autocompletion=matching_jobs,
        help="Ids or resume tokens of jobs; - reads them from standard input, one a line.",
    ),
]
Model = Annotated[
    str | None,
    typer.Option(
        "-m",
        "--model",
        metavar="MODEL",
        autocompletion=matching_models,
        help="Name of the model; see `models`.",
    ),
]
ParameterPairs = Annotated[
    list[str] | None,
    typer.Option(
        "-p",
        "--parameter",
        metavar="NAME=VALUE",
        autocompletion=matching_parameters,
        help="A parameter; see `models`. Can be repeated. NAME=@FILE takes a file.",
    ),
]
Timeout = Annotated[
    float | None,
    typer.Option(
        "--timeout",
        metavar="DURATION",
        parser=seconds,
        help="Longest wait for each item: 900, 15m, 1h. Jobs go on after it.",
    ),
]
Output = Annotated[
    Format | None,
    typer.Option(
        "-o",
        "--output",
        metavar="FORM",
        help="table, json, jsonl or csv. Without it: table, or jsonl in a pipe.",
    ),
]
NoProgress = Annotated[bool, typer.Option("--no-progress", help="Print errors only, no progress.")]
BaseUrl = Annotated[
    str | None, typer.Option("--base-url", metavar="URL", help="Address of the service.")
]
ApiKeyStdin = Annotated[
    bool, typer.Option("--api-key-stdin", help="Read the API key from standard input.")
]
Spec = Annotated[
    Path | None,
    typer.Option(
        "--spec",
        metavar="FILE",
        dir_okay=False,
        help="An OpenAPI document with x-job: another service.",
    ),
]
Job = Annotated[
    str | None,
    typer.Option(
        "--job",
        metavar="KIND",
        autocompletion=matching_kinds,
        help="Which kind of job, where there are several; see `models`.",
    ),
]
SendFilenames = Annotated[
    bool,
    typer.Option(
        "--send-filenames",
        help="Send recordings by the names of their files instead of pseudonyms; such names are "
        "often those of patients.",
    ),
]
