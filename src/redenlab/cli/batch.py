"""Runs items concurrently, with a bounded number of uploads; a failure stops no other item."""

import shlex
import signal
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Any

import anyio

from redenlab.cli import exits
from redenlab.cli.items import Item
from redenlab.cli.progress import Board
from redenlab.cli.text import count, err, printable, tell
from redenlab.core.clients.job_clients import AsyncJobClient
from redenlab.core.errors import JobTimeout, SubmitUncertain

UPLOADS = 4
"""Maximum number of concurrent uploads."""

MIN_WAIT = 0.001
"""Minimum seconds of a wait, if the upload used up the timeout: enough for one poll."""


@dataclass(frozen=True, slots=True)
class Resumption:
    """The options of a command that waits for the jobs again.

    Attributes:
        words: The beginning of the commands of the service.
        options: As given on the command line, without the model.
    """

    words: Sequence[str] = ("redenlab",)
    options: Sequence[str] = ()

    def command(self, model: str | None, job_ids: Iterable[str]) -> str:
        """The command, quoted for a shell."""
        command = [*self.words, "wait", *job_ids]
        command += ["-m", model] if model else []
        return shlex.join([*command, *self.options])


def run(
    client: AsyncJobClient[Any, Any],
    items: Sequence[Item],
    board: Board,
    timeout: float | None = None,
) -> bool:
    """Run every item until it has an outcome, and show the progress on `board`.

    Args:
        client: Closed at the end.
        items: Their outcomes are set.
        board: Shows the progress.
        timeout: Seconds for each item from its upload on; ``None`` takes the client's.

    Returns:
        Whether all items ended; false after an interrupt.
    """
    seconds = client.timeout if timeout is None else timeout
    try:
        with board:
            anyio.run(_all, client, items, board, seconds)
    except KeyboardInterrupt:
        return False
    return True


async def _all(
    client: AsyncJobClient[Any, Any], items: Sequence[Item], board: Board, seconds: float
) -> None:
    uploads = anyio.CapacityLimiter(UPLOADS)
    try:
        async with client, anyio.create_task_group() as tasks:
            for item in items:
                tasks.start_soon(_one, item, uploads, board, seconds)
    except anyio.get_cancelled_exc_class():  # by Ctrl-C; a further one ends the process at once
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        raise


async def _one(item: Item, uploads: anyio.CapacityLimiter, board: Board, seconds: float) -> None:
    def listen(event: Any) -> None:
        item.on_event(event)
        board.on_event(item, event)

    try:
        async with uploads:
            item.start()
            job = await item.begin(seconds, listen)
        item.set_job(job)
        if item.only_submits:
            item.end(job)
            board.ended(item)
            return
        left = max(item.begun + seconds - monotonic(), MIN_WAIT)
        item.end(await job.result(left, on_event=listen))
    except Exception as error:  # noqa: BLE001 - the other items continue after any error
        item.end(error)
    board.ended(item)


def conclude(items: Sequence[Item], resumption: Resumption, *, ended: bool) -> exits.Code:
    """Print errors and hints to standard error; return the exit code."""
    for item in items:
        if item.error is not None:
            named = len(items) > 1 or getattr(item.error, "filename", None)
            about = f"{item.label}: " if named else ""
            tell(f"{about}{exits.message(item.error)}", _advice(item, item.error, resumption))
    if ended:
        return exits.common(item.code for item in items)
    _report_interruption([item for item in items if item.outcome is None], resumption)
    return exits.Code.INTERRUPTED


def _advice(item: Item, error: Exception, resumption: Resumption) -> str:
    if item.job_id is None or not isinstance(error, JobTimeout | SubmitUncertain):
        return exits.hint(error)
    command = resumption.command(item.model, [item.job_id])
    if isinstance(error, JobTimeout):
        return f"the job goes on; resume with: {command}"
    return f"before you send it again, see whether it runs: {command}"


def _report_interruption(open_items: Sequence[Item], resumption: Resumption) -> None:
    console = err()
    running: dict[str | None, list[str]] = {}
    unsent = 0
    for item in open_items:
        if item.job_id is not None:
            running.setdefault(item.model, []).append(item.job_id)
            known = item.phase == "running"
            fate = f"job {item.job_id} {'goes on' if known else 'may or may not have begun'}"
        elif item.phase == "submitting":
            fate = "was being submitted; a job may or may not run"
        else:
            unsent += 1
            continue
        line = f"interrupted  {printable(item.label)}: {printable(fate)}"
        console.print(line, markup=False, soft_wrap=True)
    if unsent:
        console.print(f"interrupted  {count(unsent, 'item')} not submitted", markup=False)
    for model, job_ids in running.items():
        command = resumption.command(model, job_ids)
        console.print(f" hint  resume with: {command}", markup=False, soft_wrap=True)
