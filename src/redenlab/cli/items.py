"""One recording or job on its way to a result, and what has been heard of it so far."""

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
"""Gets hold of the job, within some seconds; the listener hears of the upload."""

Phase: TypeAlias = Literal["waiting", "uploading", "submitting", "running", "ended"]


@dataclass(slots=True, eq=False)
class Item:
    """An item of a batch. Moments are monotonic seconds.

    Attributes:
        label: What the user called it: a path, a job id or a token.
        model: The model that its job runs, once that is known.
        begin: Gets hold of its job.
        sent: Bytes that the network has taken.
        total: Bytes of the recording.
        status: The service's last word.
        trouble: What delays it just now; empty when all is well.
        next_look: When the service is asked again.
        outcome: How it ended; ``None`` while it has not.
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
    next_look: float = 0.0
    seconds: float = 0.0
    outcome: Prediction[Any] | Exception | None = None

    @property
    def error(self) -> Exception | None:
        """What went wrong, if anything did."""
        return self.outcome if isinstance(self.outcome, Exception) else None

    @property
    def code(self) -> exits.Code:
        """The exit code that the outcome stands for."""
        return exits.code(self.error)

    def start(self) -> None:
        """Note that its turn has come."""
        self.begun = monotonic()
        self.phase = "uploading"

    def took_up(self, job: AsyncJob[Any]) -> None:
        """Note its job."""
        self.job_id, self.model, self.phase = job.id, job.model_name, "running"

    def end(self, outcome: Prediction[Any] | Exception) -> None:
        """Note how it ended."""
        self.outcome = outcome
        self.phase = "ended"
        self.seconds = monotonic() - self.begun
        self.job_id = self.job_id or getattr(outcome, "job_id", None)

    def hear(self, event: Event) -> None:
        """Note what the call reports."""
        self.trouble = ""
        match event:
            case Uploading(sent, total):
                self.sent, self.total, self.phase = sent, total, "uploading"
            case Uploaded(job_id, _):
                self.job_id, self.phase = job_id, "submitting"
            case Submitted(job_id):
                self.job_id, self.phase = job_id, "running"
            case Polled(_, status, _, pause):
                self.status, self.next_look = status, monotonic() + pause
            case PollFailed(_, reason, pause) | Retrying(_, reason, pause):
                self.trouble, self.next_look = reason, monotonic() + pause
            case Finished(_, status, _):
                self.status = status
            case _:
                pass
