"""The state of one recording or job of a batch."""

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
from redenlab_api.ml.jobs import Prediction

Begin: TypeAlias = Callable[[float, Listener], Awaitable[AsyncJob[Prediction[Any]]]]
"""Submits or looks up the job within a number of seconds; the listener gets the events."""

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
        outcome: Result or error; ``None`` while it runs.
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
    seconds: float = 0.0
    outcome: Prediction[Any] | Exception | None = None

    @property
    def error(self) -> Exception | None:
        """The error, if the outcome is one."""
        return self.outcome if isinstance(self.outcome, Exception) else None

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

    def end(self, outcome: Prediction[Any] | Exception) -> None:
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
            case Polled(_, status, _, pause):
                self.status, self.next_poll = status, monotonic() + pause
            case PollFailed(_, reason, pause) | Retrying(_, reason, pause):
                self.trouble, self.next_poll = reason, monotonic() + pause
            case Finished(_, status, _):
                self.status = status
            case _:
                pass
