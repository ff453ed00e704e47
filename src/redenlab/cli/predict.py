"""`predict` and `submit`: inputs in, typed results or jobs out."""

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any, Self

import typer

from redenlab.cli import batch, exits, history, options, results
from redenlab.cli.clients import Client, Target, client_of
from redenlab.cli.items import Item
from redenlab.cli.output import Output
from redenlab.cli.progress import Board, board
from redenlab.core.auth.secret import Secret
from redenlab.core.errors import InputError
from redenlab.core.events import Listener
from redenlab.core.jobs.handles import AsyncJob
from redenlab.core.text import display_url

Files = Annotated[
    list[str] | None,
    typer.Argument(metavar="FILE...", show_default=False, help="Recordings: paths or addresses."),
]


def predict(  # noqa: PLR0913 - one a flag
    context: typer.Context,
    files: Files = None,
    *,
    model: options.Model = None,
    parameters: options.ParameterPairs = None,
    job: options.Job = None,
    spec: options.Spec = None,
    timeout: options.Timeout = None,
    output: options.Output = None,
    no_progress: options.NoProgress = False,
    base_url: options.BaseUrl = None,
    api_key_stdin: options.ApiKeyStdin = False,
    send_filenames: options.SendFilenames = False,
) -> None:
    """Submit, wait, and print the results.

    Each result is printed when its job ends, and an item that fails stops no other. Ctrl-C stops
    the waiting; jobs that were submitted go on.
    """
    stdin, names = api_key_stdin, send_filenames
    target = Target.of(
        context, spec, job, model, base_url, key_from_stdin=stdin, send_filenames=names
    )
    check_files(target, files or [])
    client = client_of(context, target)
    items = items_of(client, files or [], parameters)
    raise typer.Exit(run(client, items, "recording", output, timeout, quiet=no_progress))


def submit(  # noqa: PLR0913 - one a flag
    context: typer.Context,
    files: Files = None,
    *,
    model: options.Model = None,
    parameters: options.ParameterPairs = None,
    job: options.Job = None,
    spec: options.Spec = None,
    timeout: options.Timeout = None,
    output: options.Output = None,
    no_progress: options.NoProgress = False,
    base_url: options.BaseUrl = None,
    api_key_stdin: options.ApiKeyStdin = False,
    send_filenames: options.SendFilenames = False,
) -> None:
    """Submit, and print the ids of the jobs.

    `wait` waits for them, here or elsewhere: a resume token names a job to any machine.
    """
    stdin, names = api_key_stdin, send_filenames
    target = Target.of(
        context, spec, job, model, base_url, key_from_stdin=stdin, send_filenames=names
    )
    check_files(target, files or [])
    client = client_of(context, target)
    items = items_of(client, files or [], parameters)
    for item in items:
        item.only_submits = True
    raise typer.Exit(run(client, items, "recording", output, timeout, quiet=no_progress))


def run(  # noqa: PLR0913 - the options of commands
    client: Client,
    items: list[Item],
    heading: str,
    output: options.Output,
    timeout: float | None,
    *,
    quiet: bool,
) -> exits.Code:
    """Run items to their ends, print each outcome as it comes, and return the exit code."""
    written = Output(output)
    shown = Printing(board(items, quiet=quiet), written)
    ended = batch.run(client.api, items, shown, timeout)
    for item in items:
        if item.outcome is None:
            written.add(results.record(item))
    written.close(map(results.record, items), lambda: results.tables(items, heading))
    words, extra = client.target.backend.words, client.target.options
    return batch.conclude(items, batch.Resumption(words, extra), ended=ended)


class Printing(Board):
    """A board that also writes each outcome to standard output as it comes."""

    def __init__(self, inner: Board, output: Output) -> None:
        """Show progress on `inner`."""
        self._inner = inner
        self._output = output

    def __enter__(self) -> Self:
        """Begin."""
        self._inner.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        """End."""
        self._inner.__exit__(*error)

    def on_event(self, item: Item, event: Any) -> None:
        """Show an event."""
        self._inner.on_event(item, event)

    def ended(self, item: Item) -> None:
        """Show the outcome, and write it."""
        self._inner.ended(item)
        self._output.add(results.record(item))


def check_files(target: Target, files: list[str]) -> None:
    """Refuse recordings that the job does not take, and their absence where it needs one.

    Raises:
        InputError: There is a recording too many.
        typer.BadParameter: There is none.
    """
    spec = target.spec
    if files and not spec.takes_recording:
        raise InputError(f"{spec.name} takes no recording", hint="give its inputs with -p")
    if not files and spec.takes_recording and spec.x_job.file is None:
        raise typer.BadParameter("FILE is missing; name a recording")


def items_of(client: Client, files: list[str], pairs: list[str] | None) -> list[Item]:
    """What is to be submitted; see `Client.request` for what it raises."""
    request = client.request(pairs)
    options.note_unknown(client.target.backend, client.model)
    if not files:
        return [item_of(client, None, request)]
    return [item_of(client, file, request) for file in files]


def item_of(client: Client, file: str | None, request: Mapping[str, Any]) -> Item:
    """One job, with or without a recording; `request` has the other arguments of its submit."""
    label = client.target.spec.name if file is None else _label(file)
    return Item(
        label,
        client.model,
        partial(_submit, client, None if file is None else Secret(file), request),
    )


def _label(file: str) -> str:
    """The displayed name of a recording: a URL without its query."""
    return display_url(file) if "://" in file else file


async def _submit(
    client: Client,
    file: Secret | None,
    request: Mapping[str, Any],
    seconds: float,
    listener: Listener,
) -> AsyncJob[Any]:
    job: AsyncJob[Any] = await client.api.submit(
        file and file.reveal(), timeout=seconds, on_event=listener, **request
    )
    history.add(client.target.spec.service, client.target.spec.name, job)
    return job
