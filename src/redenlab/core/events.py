"""What a call reports while it runs: the only thing that flows back up.

A listener is a plain function in both clients. It runs in the middle of the call, so it should be
quick; what it raises ends the call.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Event:
    """Something happened.

    Attributes:
        kind: The event's name in lower case, for logs.
    """

    kind: ClassVar[str] = "event"

    def __init_subclass__(cls) -> None:
        """Take the kind from the name: ``PollFailed`` is ``poll failed``."""
        cls.kind = re.sub(r"\B([A-Z])", r" \1", cls.__name__).lower()


@dataclass(frozen=True, slots=True)
class Uploading(Event):
    """Another piece of the recording was handed to the network; both numbers are bytes."""

    sent: int
    total: int


@dataclass(frozen=True, slots=True)
class Uploaded(Event):
    """Storage has the whole recording; it is not submitted yet.

    Attributes:
        job_id: The job that it was uploaded for; ``None`` where only the submit makes one.
        size: Bytes.
    """

    job_id: str | None
    size: int


@dataclass(frozen=True, slots=True)
class Submitted(Event):
    """The service accepted the job."""

    job_id: str


@dataclass(frozen=True, slots=True)
class Attempted(Event):
    """A request was made, and had an end.

    Attributes:
        attempt: Which try it was, from 1.
        seconds: From its first byte to the last of its answer.
        status: HTTP status; ``None`` when no answer came.
        request_id: What the service calls the request.
        reason: Why it was no success.
    """

    operation: str
    attempt: int
    seconds: float
    status: int | None = None
    request_id: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Retrying(Event):
    """A request failed and is sent again after `wait` seconds."""

    operation: str
    reason: str
    wait: float


@dataclass(frozen=True, slots=True)
class Polled(Event):
    """The job was looked at and goes on.

    Attributes:
        status: The service's word.
        elapsed: Seconds since the wait began.
        pause: Seconds until the next look.
        progress: What the service says of it, as it says it; ``None`` when it says nothing.
    """

    job_id: str
    status: str
    elapsed: float
    pause: float
    progress: Any = None


@dataclass(frozen=True, slots=True)
class PollFailed(Event):
    """Looking failed; the wait goes on."""

    job_id: str
    reason: str
    pause: float


@dataclass(frozen=True, slots=True)
class Finished(Event):
    """The job reached its end, good or bad."""

    job_id: str
    status: str
    elapsed: float


Listener = Callable[[Event], object]
