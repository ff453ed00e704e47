"""The state of one recording or job of a batch."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, Literal, TypeAlias

from redenlab.cli import exits
from redenlab.core.events import (
    Event,
    Finished,
    Listener,
    Polled,
    PollFailed,
    Retrying,
    Submitted,
    Uploaded,
    Uploading,
)
from redenlab.core.jobs.handles import AsyncJob
from redenlab.core.jobs.snapshots import Outcome

Begin: TypeAlias = Callable[[float, Listener], Awaitable[AsyncJob[Any]]]
"""Submits or looks up the job within a number of seconds; the listener gets the events."""

Ending: TypeAlias = Outcome[Any, Any] | AsyncJob[Any] | Exception
"""A result; the handle of an item that is only submitted; or an error."""

Phase: TypeAlias = Literal["waiting", "uploading", "submitting", "running", "ended"]


@dataclass(slots=True, eq=False)
class Item:
    """An item of a batch. Times are seconds of the monotonic clock.

    Attributes:
        label: The argument of the user: a path, a job id or a resume token.
        model: The model of its job, once known.
        begin: Submits or looks up its job.
        sent: Bytes that were sent.
        total: Bytes of the recording.
        status: The last status value of its job.
        trouble: The error that is being retried; empty if there is none.
        next_poll: When the next poll or retry is due.
        progress: What the service said last of its progress; ``None`` before.
        only_submits: Whether its end is the submit.
        outcome: ``None`` while it runs.
    """

    label: str
    model: str | None
    begin: Begin
    phase: Phase = "waiting"
    job_id: str | None = None
    sent: int = 0
    total: int = 0
    status: str = ""
    trouble: str = ""
    begun: float = field(default_factory=monotonic)
    next_poll: float = 0.0
    progress: Any = None
    only_submits: bool = False
    seconds: float = 0.0
    outcome: Ending | None = None

    @property
    def error(self) -> Exception | None:
        """The error, if the outcome is one."""
        return self.outcome if isinstance(self.outcome, Exception) else None

    @property
    def share(self) -> float | None:
        """The share of the job that is done, from 0 to 1; ``None`` where no number is known."""
        match self.progress:
            case bool():
                return None
            case int() | float() as percent:
                found = percent / 100
            case {"done": int() | float() as done, "total": int() | float() as total} if total:
                found = done / total
            case {"progress": int() | float() as percent}:
                found = percent / 100
            case str() as log if shares := re.findall(r"(\d{1,3})%\|", log):
                found = int(shares[-1]) / 100
            case _:
                return None
        return found if 0 <= found <= 1 else None

    @property
    def code(self) -> exits.Code:
        """The exit code of the outcome."""
        return exits.code(self.error)

    def start(self) -> None:
        """Set the start time; the upload begins."""
        self.begun = monotonic()
        self.phase = "uploading"

    def set_job(self, job: AsyncJob[Any]) -> None:
        """Store its job, which now runs."""
        self.job_id, self.model, self.phase = job.id, job.model_name, "running"

    def end(self, outcome: Ending) -> None:
        """Store the outcome."""
        self.outcome = outcome
        self.phase = "ended"
        self.seconds = monotonic() - self.begun
        self.job_id = self.job_id or getattr(outcome, "job_id", None)

    def on_event(self, event: Event) -> None:
        """Update the state from an event of the call."""
        self.trouble = ""
        match event:
            case Uploading(sent, total):
                self.sent, self.total, self.phase = sent, total, "uploading"
            case Uploaded(job_id, _):
                self.job_id, self.phase = job_id, "submitting"
            case Submitted(job_id):
                self.job_id, self.phase = job_id, "running"
            case Polled(_, status, _, pause, progress):
                self.status, self.next_poll = status, monotonic() + pause
                self.progress = progress
            case PollFailed(_, reason, pause) | Retrying(_, reason, pause):
                self.trouble, self.next_poll = reason, monotonic() + pause
            case Finished(_, status, _):
                self.status = status
            case _:
                pass
