"""What a call reports while it runs.

A listener (``on_event=``) is a plain function in sync and async clients alike. It runs in the
middle of the call, so it should return quickly; an exception that it raises ends the call.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Event:
    """Base of all events.

    Attributes:
        kind: The event's name in lower case, for logs.
    """

    kind: ClassVar[str] = "event"

    def __init_subclass__(cls) -> None:
        """Derive the kind from the class name: ``PollFailed`` is ``poll failed``."""
        cls.kind = re.sub(r"\B([A-Z])", r" \1", cls.__name__).lower()


@dataclass(frozen=True, slots=True)
class Uploading(Event):
    """Another chunk of the recording was handed to the network; both numbers are bytes."""

    sent: int
    total: int


@dataclass(frozen=True, slots=True)
class Uploaded(Event):
    """Storage has the whole recording; it is not submitted yet.

    Attributes:
        job_id: The job that it was uploaded for; ``None`` where only the submit creates one.
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
    """One request was sent and ended, well or badly.

    Attributes:
        attempt: Number of the attempt, from 1.
        seconds: From the first byte sent to the last byte received.
        status: HTTP status; ``None`` when no response came.
        request_id: The service's id of the request.
        reason: Why it failed; ``None`` when it succeeded. Like every `reason` it is for people:
            it may quote others, and is not logged.
        failure: The same in words of the SDK that never vary, for logs.
    """

    operation: str
    attempt: int
    seconds: float
    status: int | None = None
    request_id: str | None = None
    reason: str | None = None
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Retrying(Event):
    """A request failed and is sent again after `wait` seconds; see `Attempted` for the others."""

    operation: str
    reason: str
    wait: float
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Polled(Event):
    """The job was polled and is still running.

    Attributes:
        status: The status value of the service.
        elapsed: Seconds since the wait began.
        pause: Seconds until the next poll.
        progress: The service's progress information as it was sent; ``None`` when it sent none.
    """

    job_id: str
    status: str
    elapsed: float
    pause: float
    progress: Any = None


@dataclass(frozen=True, slots=True)
class PollFailed(Event):
    """A poll failed; the wait goes on after `pause` seconds; see `Attempted` for the others."""

    job_id: str
    reason: str
    pause: float
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class Finished(Event):
    """The job ended, well or badly; `elapsed` is in seconds."""

    job_id: str
    status: str
    elapsed: float


Listener = Callable[[Event], object]


def upload_progress(emit: Listener, total: int) -> Callable[[int], None]:
    """A function that reports each chunk of an upload of `total` bytes, by its size."""
    sent = 0

    def on_sent(size: int) -> None:
        nonlocal sent
        sent += size
        emit(Uploading(sent, total))

    return on_sent
