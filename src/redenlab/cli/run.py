"""`redenlab run`: many files as one run, which can be killed at any moment and resumed by name."""

import hashlib
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, cast

import anyio
import typer
from rich.table import Table
from rich.text import Text

from redenlab.cli import exits, options
from redenlab.cli.arguments import Parameters
from redenlab.cli.backends import BY_GROUP, ML, Backend
from redenlab.cli.clients import Clients, read_key
from redenlab.cli.run_report import Board, Form, Writer, facts, summary
from redenlab.cli.text import count, err, out, printable, tell
from redenlab.core.clients.dynamic import connect_async
from redenlab.core.errors import ConfigurationError, RedenLabError
from redenlab.core.runs import names, tables
from redenlab.core.runs.ledger import Ledger, Overview, overview
from redenlab.core.runs.run import AsyncRun, Order, resumed
from redenlab.core.runs.sources import absolute

BUNDLED = "ml", "dalston", "replicate", "modelred", "artificer"

app: typer.Typer = typer.Typer(
    help="Many files as one run, restartable.",
    no_args_is_help=True,
)


class TooManyFailures(RedenLabError):
    """More items failed than `--max-failures` says."""


def _run_names(incomplete: str) -> list[str]:
    """Shell completion of the names of runs."""
    return [name for name in names.names() if name.startswith(incomplete)]


Name = Annotated[
    str,
    typer.Argument(
        metavar="RUN", autocompletion=_run_names, help="Name of a run, or path of its ledger."
    ),
]
Again = Annotated[
    list[str] | None,
    typer.Argument(metavar="[SOURCE]...", help="Needed after `--no-paths` alone."),
]
Output = Annotated[
    Form | None,
    typer.Option(
        "-o", "--output", help="Form of the results.", show_default="table, or jsonl in a pipe"
    ),
]
InFlight = Annotated[
    int | None,
    typer.Option(
        "--in-flight", min=1, metavar="N", help="Jobs at the same time.", show_default="40"
    ),
]
MaxFailures = Annotated[
    int | None,
    typer.Option("--max-failures", min=0, metavar="N", help="Stop after more failures than these."),
]


@app.command(epilog="Example: `redenlab run start calls/ -m intelligibility -o csv > scores.csv`")
def start(  # noqa: PLR0913 - one a flag
    context: typer.Context,
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            help="Files, folders, globs, a manifest (CSV or JSON lines), or `-` for a list on "
            "standard input.",
        ),
    ],
    *,
    model: options.Model = None,
    parameters: options.ParameterPairs = None,
    spec: Annotated[
        str,
        typer.Option(metavar="NAME", help=f"One of {', '.join(BUNDLED)}, or a spec with x-job."),
    ] = "ml",
    job: Annotated[
        str | None, typer.Option(metavar="NAME", help="Which job, where the spec has several.")
    ] = None,
    into: Annotated[
        str | None,
        typer.Option(metavar="PLACE", help="Parameter that takes the file, such as input.image."),
    ] = None,
    ledger: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where the run is kept.", show_default="by its name"),
    ] = None,
    results: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Keep the results in this file of JSON lines as well."),
    ] = None,
    in_flight: InFlight = None,
    timeout: options.Timeout = None,
    attempts: Annotated[
        int | None,
        typer.Option(min=1, metavar="N", help="Attempts for each item.", show_default="4"),
    ] = None,
    max_failures: MaxFailures = None,
    no_paths: Annotated[
        bool, typer.Option("--no-paths", help="Keep paths and arguments out of the ledger.")
    ] = False,
    shard: Annotated[
        str | None, typer.Option(metavar="I/N", help="Part I of N of the sources, from 0.")
    ] = None,
    output: Output = None,
    no_progress: options.NoProgress = False,
    base_url: options.BaseUrl = None,
    api_key_stdin: options.ApiKeyStdin = False,
    send_filenames: options.SendFilenames = False,
) -> None:
    """Run a job for each file, and print each result as its job ends.

    The same line again goes on where a killed one stopped, and prints all results.
    """
    if "-" in sources and api_key_stdin:
        raise typer.BadParameter("standard input is either a list of files or the key")
    given: dict[str, Any] = {
        "results": results,
        "max_in_flight": in_flight,
        "timeout": timeout,
        "attempts": attempts,
        "into": into,
        "shard": None if shard is None else _shard(shard),
        "paths": not no_paths,
    }
    made = {name: value for name, value in given.items() if value is not None}
    found = {"spec": spec, "job": job, "base_url": base_url, "send_filenames": send_filenames}
    client = _client(context, found, key_from_stdin=api_key_stdin)
    files = list(_listed(sources))
    asked = Order(
        files[0] if len(files) == 1 else files,
        model or client.model_name,
        _parameters(client, spec, model, parameters),
        cast("Any", {**made, "ledger": ledger}),
        client.spec_source,
    )
    if ledger is None:
        asked = replace(asked, options={**asked.options, "ledger": _own_ledger(client, asked)})
    _go(client, asked, output, max_failures, quiet=no_progress)


@app.command(epilog="Example: `redenlab run resume calls-3fa9c1`")
def resume(  # noqa: PLR0913 - one a flag
    context: typer.Context,
    run: Name,
    sources: Again = None,
    *,
    in_flight: InFlight = None,
    max_failures: MaxFailures = None,
    output: Output = None,
    no_progress: options.NoProgress = False,
    api_key_stdin: options.ApiKeyStdin = False,
) -> None:
    """Go on with a run: wait for its jobs, send what was not sent, and print what is new."""
    more = {} if in_flight is None else {"max_in_flight": in_flight}
    client, order = _known(context, run, sources, key=api_key_stdin, repeat=False, **more)
    _go(client, order, output, max_failures, quiet=no_progress)


@app.command(epilog="Example: `redenlab run retry calls-3fa9c1`")
def retry(  # noqa: PLR0913 - one a flag
    context: typer.Context,
    run: Name,
    sources: Again = None,
    *,
    uncertain: Annotated[
        bool,
        typer.Option("--uncertain", help="Send those again of which it is unknown if they run."),
    ] = False,
    output: Output = None,
    no_progress: options.NoProgress = False,
    api_key_stdin: options.ApiKeyStdin = False,
) -> None:
    """Begin the items again that failed for good, and go on with the rest."""
    states = frozenset({"uncertain"} if uncertain else {"failed"})
    client, order = _known(context, run, sources, key=api_key_stdin, repeat=False, retry=states)
    _go(client, order, output, None, quiet=no_progress)


@app.command(epilog="Example: `redenlab run status calls-3fa9c1`")
def status(
    run: Annotated[
        str | None,
        typer.Argument(metavar="[RUN]", autocompletion=_run_names, help="Left out, all runs."),
    ] = None,
) -> None:
    """Show how far runs are, and which items to check; nothing is sent."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for heading in ("run", "model", "items by state"):
        table.add_column(heading, overflow="fold")
    found = [names.found(run)] if run else [names.found(name) for name in names.names()]
    for path in found:
        seen = overview(path)
        counts = ", ".join(f"{number} {state}" for state, number in sorted(seen.counts.items()))
        model = str(seen.settings.get("model") or seen.settings.get("job"))
        table.add_row(*map(Text, (names.short_name(path), printable(model), counts or "none")))
    out().print(table)
    if run:
        _print_open(overview(found[0]))


def _print_open(seen: Overview) -> None:
    for entry in seen.open:
        place = entry.place or f"item {entry.key}"
        error = entry.error or {}
        job = (entry.job or entry.asset or {}).get("job_id")
        what = error.get("message") or error.get("kind") or "it may have a job, or not"
        hint = error.get("hint") or "look for its job at the service, then: run retry --uncertain"
        about = f"{entry.state:9}  {place}" + (f"  job {job}" if job else "")
        for line in (about, f"           {what} ({hint})"):
            out().print(Text(printable(line)), soft_wrap=True)


@app.command(epilog="Example: `redenlab run export calls-3fa9c1 scores.parquet`")
def export(
    context: typer.Context,
    run: Name,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="A .csv, .jsonl or .parquet file to write.")
    ],
    sources: Again = None,
    *,
    api_key_stdin: options.ApiKeyStdin = False,
) -> None:
    """Write the outcomes of a run to a file; results that are not kept are fetched again."""
    kinds = {".csv": tables.to_csv, ".jsonl": tables.to_jsonl, ".parquet": tables.to_parquet}
    write = kinds.get(file.suffix.lower())
    if write is None:
        raise typer.BadParameter(f"{file} has to end with {', '.join(kinds)}")
    client, order = _known(context, run, sources, key=api_key_stdin, begin=False)

    async def main() -> list[Any]:
        async with client:
            return list(await AsyncRun(client, _job(client), order).rows())

    rows = anyio.run(main)
    write(rows, file)
    err().print(Text(f"{file}: {count(len(rows), 'row')}"))


@app.command(epilog="Example: `redenlab run forget calls-3fa9c1 --yes`")
def forget(
    run: Name,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase what this machine keeps of a run; its jobs and results at the service stay."""
    path = names.found(run)
    if not yes:
        typer.confirm(f"Erase {path}, with the ids of its jobs?", abort=True, err=True)
    Ledger(path).forget()
    names.forget(path)


# -- what the commands share


def _client(context: typer.Context, found: dict[str, Any], *, key_from_stdin: bool) -> Any:
    """The async client of a run."""
    clients = context.ensure_object(Clients)
    spec = str(found.get("spec") or "ml")
    source = f"redenlab_api.{spec}" if spec in BUNDLED else spec
    given: dict[str, Any] = {
        "api_key": read_key() if key_from_stdin else None,
        "base_url": found.get("base_url"),
        "poll": clients.poll,
        "retry": clients.retry,
        "send_filenames": found.get("send_filenames") or None,
    }
    job = found.get("job") or _first_job(source)
    return connect_async(source, job, **given)


def _first_job(source: str) -> str | None:
    """The job of a bundled backend that is meant unless another is named."""
    if not source.startswith("redenlab_api."):
        return None
    from importlib import import_module  # noqa: PLC0415 - of one backend

    return str(next(iter(import_module(f"{source}.jobs").CLIENTS)))


def _parameters(
    client: Any, spec: str, model: str | None, pairs: list[str] | None
) -> dict[str, Any]:
    backend = ML if spec == "ml" else BY_GROUP.get(spec) or Backend("", path=Path(spec))
    return Parameters(backend, _job(client).spec, model or client.model_name).read(pairs or ())


def _job(client: Any) -> Any:
    return client.jobs[client.job_name]


def _known(
    context: typer.Context, run: str, sources: list[str] | None, *, key: bool, **how: Any
) -> tuple[Any, Order]:
    """The client and the order of a run that there is."""
    path = names.found(run)
    settings = overview(path).settings
    if not settings:
        raise ConfigurationError(f"{path} has no run", hint="start one")
    order = resumed(settings, path, list(_listed(sources)) if sources else None, **how)
    return _client(context, dict(settings), key_from_stdin=key), order


def _listed(sources: list[str]) -> Iterator[str]:
    """The sources, with those of standard input in place of ``-``."""
    for source in sources:
        if source == "-":
            yield from (line.rstrip("\r\n") for line in sys.stdin if line.strip())
        else:
            yield source


def _shard(text: str) -> tuple[int, int]:
    number, slash, several = text.partition("/")
    if not (slash and number.isdigit() and several.isdigit()):
        raise typer.BadParameter(f"{text!r} is no shard; write 0/4")
    return int(number), int(several)


def _own_ledger(client: Any, order: Order) -> Path:
    """The ledger of a run that names none: the same for the same sources, model and parameters."""
    settings = order.settings(_job(client), None)
    parts = [str(settings[name]) for name in ("service", "job", "model", "parameters")]
    given = order.sources if isinstance(order.sources, list) else [order.sources]
    places = [absolute(str(each)) for each in given]
    digest = hashlib.sha256("\0".join([*parts, *places, str(settings.get("shard"))]).encode())
    stem = Path(places[0]).stem if order.options.get("paths", True) and places else "run"
    return names.folder() / f"{names.name_for(stem, digest.hexdigest())}.sqlite"


def _go(
    client: Any, order: Order, form: Form | None, max_failures: int | None, *, quiet: bool
) -> None:
    """Run to the end, or to a signal, and exit with the code for it."""
    run = AsyncRun(client, _job(client), order)
    codes: list[exits.Code] = []
    writer = Writer(form)
    name = names.short_name(cast("Path", order.options.get("ledger")))
    if not quiet:
        err().print(Text(f"run {name}; resume with: {run.resume_command}"), soft_wrap=True)
    caught: list[int] = []

    async def main() -> None:
        async with client, run:
            async for outcome in run:
                codes.append(exits.code(outcome.error))
                writer.write(outcome)
                failed = sum(code is not exits.Code.GOOD for code in codes)
                if max_failures is not None and failed > max_failures:
                    raise TooManyFailures(
                        f"stopped after {count(failed, 'failure')}",
                        hint=f"see what is wrong: redenlab run status {name}",
                    )

    stopped: RedenLabError | None = None
    try:
        with Board(run, quiet=quiet):
            anyio.run(_until_signal, main, caught)
    except KeyboardInterrupt:
        caught.append(signal.SIGINT)
    except RedenLabError as error:
        stopped = error
    finally:
        writer.close()
    if stopped is not None:
        tell(exits.message(stopped), exits.hint(stopped))
    if caught or stopped is not None:
        _tell_open(run)
    elif not quiet:
        err().print(Text(summary(run.progress)))
    codes += [exits.Code.SOME_FAILED] * (run.progress.failed > 0 and not codes)
    raise typer.Exit(_code(caught, stopped, codes))


def _code(caught: list[int], stopped: RedenLabError | None, codes: list[exits.Code]) -> int:
    if caught:
        return 128 + caught[0]
    if isinstance(stopped, TooManyFailures):
        return exits.Code.SOME_FAILED
    return exits.code(stopped) if stopped is not None else exits.common(codes or [exits.Code.GOOD])


def _tell_open(run: AsyncRun) -> None:
    """Name what runs on, and the command that resumes all of it."""
    text = "  ".join(facts(run.progress))
    err().print(Text(f"stopped  {text}; jobs that were submitted go on"), soft_wrap=True)
    err().print(Text(f" hint  resume with: {run.resume_command}"), soft_wrap=True)


async def _until_signal(body: Callable[[], Awaitable[None]], caught: list[int]) -> None:
    """Run `body` until Ctrl-C, a termination or a hang-up; a second one ends the process."""
    known = [getattr(signal, name, None) for name in ("SIGINT", "SIGTERM", "SIGHUP")]
    wanted = [number for number in known if number is not None]
    failure: Exception | None = None
    ready = anyio.Event()
    async with anyio.create_task_group() as tasks:

        async def watch() -> None:
            with anyio.open_signal_receiver(*wanted) as signals:
                ready.set()
                async for number in signals:
                    caught.append(number)
                    break
            for number in wanted:
                signal.signal(number, signal.SIG_DFL)
            tasks.cancel_scope.cancel()

        if os.name == "posix":
            tasks.start_soon(watch)
            await ready.wait()
        try:
            await body()
        except Exception as error:  # noqa: BLE001 - raised below, and not in a group
            failure = error
        tasks.cancel_scope.cancel()
    if failure is not None:
        raise failure
