"""`redenlab predict`: recordings in, typed results out."""

from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any

import typer

from redenlab.cli import batch, options, results
from redenlab.cli.clients import Clients
from redenlab.cli.items import Item
from redenlab.cli.output import write
from redenlab.cli.progress import board
from redenlab.core.events import Listener
from redenlab.core.jobs.handles import AsyncJob
from redenlab.core.text import display_url
from redenlab_api.ml.jobs import AsyncInferenceClient

Files = Annotated[list[str], typer.Argument(metavar="FILE", help="Recordings: paths or addresses.")]


def predict(  # noqa: PLR0913 - one a flag
    context: typer.Context,
    files: Files,
    *,
    model: options.Model = None,
    parameters: options.Parameters = None,
    timeout: options.Timeout = None,
    output: options.Output = None,
    no_progress: options.NoProgress = False,
    base_url: options.BaseUrl = None,
    api_key_stdin: options.ApiKeyStdin = False,
    send_filenames: options.SendFilenames = False,
) -> None:
    """Upload recordings, wait, and print the typed results.

    Results come in the order of the files, and a file that fails stops no other. Ctrl-C stops
    the waiting; jobs that were submitted go on.
    """
    clients = context.ensure_object(Clients)
    client = clients.make(
        base_url, model, key_from_stdin=api_key_stdin, send_filenames=send_filenames
    )
    options.note_unknown(client.model_name)
    given = options.parameters(parameters)
    items = [
        Item(_label(file), client.model_name, partial(_submit, client, file, given))
        for file in files
    ]
    ended = batch.run(client, items, board(items, quiet=no_progress), timeout)
    write(map(results.record, items), lambda: results.tables(items, "recording"), output)
    resumption = batch.Resumption(base_url, api_key_stdin)
    raise typer.Exit(batch.conclude(items, resumption, ended=ended))


def _label(file: str) -> str:
    """The displayed name of a recording: a URL without its query."""
    return display_url(file) if "://" in file else file


async def _submit(
    client: AsyncInferenceClient[Any],
    file: str,
    parameters: Mapping[str, Any],
    seconds: float,
    listener: Listener,
) -> AsyncJob[Any]:
    return await client.submit(file, parameters=parameters, timeout=seconds, on_event=listener)
