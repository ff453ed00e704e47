"""`redenlab wait`: jobs that were submitted before, here or elsewhere."""

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
from redenlab_api.ml.jobs import AsyncInferenceClient

RESUME_TOKEN_PREFIX = "eyJ"  # noqa: S105 - base64 of a JSON object begins so, and no UUID does

Jobs = Annotated[list[str], typer.Argument(metavar="JOB", help="Ids or resume tokens of jobs.")]


def wait(  # noqa: PLR0913 - one a flag
    context: typer.Context,
    jobs: Jobs,
    *,
    model: options.Model = None,
    timeout: options.Timeout = None,
    output: options.Output = None,
    no_progress: options.NoProgress = False,
    base_url: options.BaseUrl = None,
    api_key_stdin: options.ApiKeyStdin = False,
) -> None:
    """Wait for jobs, and print the typed results.

    Resumes the wait for a prediction that timed out or was interrupted. A resume token contains
    its model; ids belong to MODEL.
    """
    clients = context.ensure_object(Clients)
    client = clients.make(base_url, model, key_from_stdin=api_key_stdin)
    options.note_unknown(client.model_name)
    items = [Item(job, client.model_name, partial(_handle, client, job)) for job in jobs]
    ended = batch.run(client, items, board(items, quiet=no_progress), timeout)
    write(map(results.record, items), lambda: results.tables(items, "job"), output)
    resumption = batch.Resumption(base_url, api_key_stdin)
    raise typer.Exit(batch.conclude(items, resumption, ended=ended))


async def _handle(
    client: AsyncInferenceClient[Any],
    job: str,
    seconds: float,  # noqa: ARG001 - a handle is created without a request
    listener: Listener,  # noqa: ARG001
) -> AsyncJob[Any]:
    return (
        AsyncJob[Any].from_resume_token(job, client)
        if job.startswith(RESUME_TOKEN_PREFIX)
        else client.job(job)
    )
