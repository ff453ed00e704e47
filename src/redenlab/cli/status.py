"""`status`, `cancel` and `events`: jobs that go on."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from typing import Any

import anyio
import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from redenlab.cli import exits, options
from redenlab.cli.clients import Client, Target, client_of
from redenlab.cli.output import Format, Output, chosen
from redenlab.cli.text import out, printable, span, tell
from redenlab.cli.wait import ids
from redenlab.core.events import Event, Finished, Polled, PollFailed
from redenlab.core.jobs.handles import AsyncJob

Record = dict[str, Any]


def status(  # noqa: PLR0913 - one a flag
    context: typer.Context,
    jobs: options.Jobs,
    *,
    model: options.Model = None,
    job: options.Job = None,
    spec: options.Spec = None,
    output: options.Output = None,
    base_url: options.BaseUrl = None,
    api_key_stdin: options.ApiKeyStdin = False,
) -> None:
    """Show the status of jobs, without waiting."""
    target = Target.of(context, spec, job, model, base_url, key_from_stdin=api_key_stdin)
    raise typer.Exit(_each(client_of(context, target), ids(jobs), _polled, output))


def cancel(  # noqa: PLR0913 - one a flag
    context: typer.Context,
    jobs: options.Jobs,
    *,
    model: options.Model = None,
    job: options.Job = None,
    spec: options.Spec = None,
    output: options.Output = None,
    base_url: options.BaseUrl = None,
    api_key_stdin: options.ApiKeyStdin = False,
) -> None:
    """Ask the service to stop jobs.

    It may take a while, or come too late: `wait` shows how a job has ended.
    """
    target = Target.of(context, spec, job, model, base_url, key_from_stdin=api_key_stdin)
    raise typer.Exit(_each(client_of(context, target), ids(jobs), _cancelled, output))


def events(  # noqa: PLR0913 - one a flag
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
    """Follow jobs: a line for each poll.

    Of several jobs one is followed after the other.
    """
    target = Target.of(context, spec, job, model, base_url, key_from_stdin=api_key_stdin)
    client = client_of(context, target)
    form = chosen(output)
    written = Output(form)
    records: list[Record] = []

    async def follow() -> None:
        async with client.api:
            for each in ids(jobs):
                handle = client.job(each)
                async for event in handle.events(timeout):
                    if form is Format.TABLE:
                        out().print(_line(handle.id, event), soft_wrap=True)
                    else:
                        records.append({"job_id": handle.id, "kind": event.kind, **_facts(event)})
                        written.add(records[-1])

    anyio.run(follow)
    written.close(records, list)


def _each(
    client: Client,
    jobs: list[str],
    ask: Callable[[AsyncJob[Any]], Awaitable[Record]],
    output: options.Output,
) -> exits.Code:
    """Ask about each job, print what is found, and return the exit code."""
    written = Output(output)
    records: list[Record] = []
    codes: list[exits.Code] = []

    async def one(job: str) -> None:
        record: Record = {"input": job, "job_id": None, "model": client.model}
        try:
            handle = client.job(job)
            record |= {"job_id": handle.id, "model": handle.model_name}
            record |= await ask(handle)
            codes.append(exits.Code.GOOD)
        except Exception as error:  # noqa: BLE001 - the other jobs are asked after any error
            record |= {"error": exits.record(error)}
            codes.append(exits.code(error))
            about = f"{job}: " if len(jobs) > 1 else ""
            tell(f"{about}{exits.message(error)}", exits.hint(error))
        records.append(record)
        written.add(record)

    async def every() -> None:
        async with client.api:
            for job in jobs:
                await one(job)

    anyio.run(every)
    written.close(records, lambda: [_table(records)])
    return exits.common(codes)


async def _polled(handle: AsyncJob[Any]) -> Record:
    found = await handle.reload()
    return {"status": found.status, "state": found.state}


async def _cancelled(handle: AsyncJob[Any]) -> Record:
    await handle.cancel()
    return {"status": "cancel requested"}


def _table(records: list[Record]) -> Table:
    table = Table("job", "status", box=SIMPLE_HEAD, header_style="dim", show_edge=False)
    for record in records:
        error = record.get("error")
        shown = Text(str(error["message"]), "red") if error else Text(printable(record["status"]))
        table.add_row(Text(printable(record["job_id"] or record["input"])), shown)
    return table


def _facts(event: Event) -> Mapping[str, Any]:
    facts: dict[str, Any] = asdict(event)
    return {name: value for name, value in facts.items() if name != "job_id"}


def _line(job_id: str, event: Event) -> Text:
    match event:
        case Polled(_, status, elapsed, pause, progress):
            shown = f"  {_short(progress)}" if progress else ""
            text = f"{status}{shown}  after {span(elapsed)}, next poll in {span(pause)}"
        case PollFailed(_, reason, pause):
            text = f"poll failed ({reason}), again in {span(pause)}"
        case Finished(_, status, elapsed):
            text = f"{status}  after {span(elapsed)}"
        case _:
            text = event.kind
    return Text.assemble((f"{printable(job_id)}  ", "dim"), printable(text))


def _short(progress: Any) -> str:
    text = progress if isinstance(progress, str) else json.dumps(progress, default=str)
    return text.strip().rpartition("\n")[2][:60]
