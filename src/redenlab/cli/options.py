"""The options that commands share, each defined once."""

import json
import re
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Annotated, Any

import typer
from rich.text import Text

from redenlab.cli.output import Format
from redenlab.cli.text import err, printable
from redenlab_api.ml.jobs import MODEL_NAMES
from redenlab_api.ml.lifecycles import PROFILE

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


def parameters(pairs: Sequence[str] | None) -> dict[str, Any]:
    """The parameters in ``NAME=VALUE`` pairs; a value that is valid JSON is parsed as JSON.

    Raises:
        typer.BadParameter: A pair is malformed.
    """
    found: dict[str, Any] = {}
    for pair in pairs or ():
        name, equals, value = pair.partition("=")
        if not (equals and name.isidentifier()):
            raise typer.BadParameter(f"{pair!r} is no parameter; write NAME=VALUE")
        try:
            found[name] = json.loads(value)
        except ValueError:
            found[name] = value
    return found


def matching_models(incomplete: str) -> list[str]:
    """Shell completion of model names."""
    return [name for name in MODEL_NAMES if name.startswith(incomplete)]


def similar_models(name: str) -> list[str]:
    """The known models with names similar to `name`; all of them if none is similar."""
    return get_close_matches(name, MODEL_NAMES) or list(MODEL_NAMES)


def note_unknown(model: str | None) -> None:
    """Print a note to standard error if a model is not known; the service may have it."""
    if model is None or model in MODEL_NAMES:
        return
    close = " or ".join(similar_models(model))
    note = (
        f"{printable(model)} is unknown to this version and is tried all the same; known: {close}"
    )
    err().print(Text.assemble((" note", "yellow"), "  ", note), soft_wrap=True)


_DEFAULT = f"{PROFILE.variables['model_name'][0]} or {PROFILE.defaults['model_name']}"

Model = Annotated[
    str | None,
    typer.Option(
        "-m",
        "--model",
        metavar="MODEL",
        autocompletion=matching_models,
        help=f"One of {', '.join(MODEL_NAMES)}, or a newer one.",
        show_default=_DEFAULT,
    ),
]
Parameters = Annotated[
    list[str] | None,
    typer.Option(
        "-p",
        "--parameter",
        metavar="NAME=VALUE",
        help="A parameter of the model, such as language_code=en-US; can be repeated.",
    ),
]
Timeout = Annotated[
    float | None,
    typer.Option(
        "--timeout",
        metavar="DURATION",
        parser=seconds,
        help="Longest wait for each item, such as 900, 15m or 1h. Jobs go on after it.",
        show_default=f"{PROFILE.variables['timeout'][0]} or {PROFILE.defaults['timeout']:g}",
    ),
]
Output = Annotated[
    Format | None,
    typer.Option(
        "-o", "--output", help="Form of the results.", show_default="table, or jsonl in a pipe"
    ),
]
NoProgress = Annotated[bool, typer.Option("--no-progress", help="Print errors only, no progress.")]
BaseUrl = Annotated[
    str | None,
    typer.Option(
        "--base-url",
        metavar="URL",
        help="Address of the service.",
        show_default=PROFILE.variables["base_url"][0],
    ),
]
ApiKeyStdin = Annotated[
    bool,
    typer.Option(
        "--api-key-stdin",
        help="Read the API key from standard input instead of "
        f"{PROFILE.variables['api_key'][0]} or ~/{PROFILE.file}.",
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
