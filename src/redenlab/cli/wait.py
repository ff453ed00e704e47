"""`wait` and `result`: jobs that were submitted before, here or elsewhere."""

import sys
from functools import partial
from typing import Any

import typer

from redenlab.cli import options
from redenlab.cli.clients import Client, Target, client_of
from redenlab.cli.items import Item
from redenlab.cli.predict import run
from redenlab.core.errors import JobRunning
from redenlab.core.events import Listener
from redenlab.core.jobs.handles import AsyncJob


def wait(  # noqa: PLR0913 - one a flag
    context: typer.Context,
    jobs: options.Jobs,
    *,
    model: options.Model = None,
    job: options.Job = None,
    spec: options.Spec = None,
    timeout: options.Timeout = None,
    output: options.Output = None,
    no_progress: options.NoProgress = False,
    base_url: options.BaseUrl = None,
    api_key_stdin: options.ApiKeyStdin = False,
) -> None:
    """Wait for jobs, and print the results.

    Resumes the wait for a job that timed out or was interrupted. A resume token contains its
    model, and so does the history of this machine; other ids belong to MODEL.
    """
    target = Target.of(context, spec, job, model, base_url, key_from_stdin=api_key_stdin)
    client = client_of(context, target)
    options.note_unknown(target.backend, client.model)
    items = [Item(each, client.model, partial(_handle, client, each)) for each in ids(jobs)]
    raise typer.Exit(run(client, items, "job", output, timeout, quiet=no_progress))


def result(  # noqa: PLR0913 - one a flag
    context: typer.Context,
    jobs: options.Jobs,
    *,
    model: options.Model = None,
    job: options.Job = None,
    spec: options.Spec = None,
    timeout: options.Timeout = None,
    output: options.Output = None,
    base_url: options.BaseUrl = None,
    api_key_stdin: options.ApiKeyStdin = False,
) -> None:
    """Print the results of jobs that have ended.

    It does not wait: a job that still runs is an error with exit code 7.
    """
    target = Target.of(context, spec, job, model, base_url, key_from_stdin=api_key_stdin)
    client = client_of(context, target)
    items = [Item(each, client.model, partial(_ended, client, each)) for each in ids(jobs)]
    raise typer.Exit(run(client, items, "job", output, timeout, quiet=True))


def ids(jobs: list[str]) -> list[str]:
    """The ids of an argument, those of standard input in place of ``-``."""
    found: list[str] = []
    for each in jobs:
        lines = sys.stdin.read().split() if each == "-" else [each]
        found.extend(line for line in lines if line not in found)
    return found


async def _handle(
    client: Client,
    job: str,
    seconds: float,  # noqa: ARG001 - a handle is created without a request
    listener: Listener,  # noqa: ARG001
) -> AsyncJob[Any]:
    return client.job(job)


async def _ended(
    client: Client,
    job: str,
    seconds: float,  # noqa: ARG001 - one poll has the client's time
    listener: Listener,  # noqa: ARG001
) -> AsyncJob[Any]:
    handle = client.job(job)
    if not await handle.done():
        raise JobRunning(f"job {handle.id} is {handle.status or 'running'}", job_id=handle.id)
    return handle
