"""Who is told what happens during a call: the caller's listener, logs, traces and metrics.

An observer is notified of every event of every call of a client, from `Started` to `Ended`.
Observers must not raise.
"""

from dataclasses import dataclass
from types import TracebackType
from typing import Literal, Protocol

from redenlab.core.errors import RedenLabError, stripped
from redenlab.core.events import Event, Listener, Uploading
from redenlab.core.text import Redact


@dataclass(frozen=True, slots=True)
class Started(Event):
    """A public call begins; for observers alone."""


@dataclass(frozen=True, slots=True)
class Ended(Event):
    """A public call ended, well if there is no `error`; for observers alone."""

    error: BaseException | None = None


class CallObserver(Protocol):
    """Is told of every call of a client."""

    def on_event(self, call: "Call", event: Event) -> None:
        """Something happened during `call`."""
        ...


@dataclass(slots=True, eq=False, weakref_slot=True)
class Call:
    """One public call, such as `predict` or `job.wait`, and everyone who is told about it.

    As a context manager it is the time of the call, and the boundary at which errors lose the
    frames of the SDK (see `redenlab.core.errors.boundary`).

    Attributes:
        service: The backend.
        name: The method.
        listener: The caller's own.
        uploaded: Bytes of the recording that were sent before the current event.
        redact: Removes the credential of the client from the texts of the error that leaves.
    """

    service: str = ""
    name: str = ""
    listener: Listener | None = None
    observers: tuple[CallObserver, ...] = ()
    uploaded: int = 0
    redact: Redact | None = None

    def on_event(self, event: Event) -> None:
        """Notify all observers, then the caller's listener, which may raise."""
        self._notify(event)
        if isinstance(event, Uploading):
            self.uploaded = event.sent
        if self.listener is not None:
            self.listener(event)

    def __enter__(self) -> None:
        self._notify(Started())

    def __exit__(
        self, kind: object, error: BaseException | None, trace: TracebackType | None
    ) -> Literal[False]:
        if isinstance(error, RedenLabError):
            stripped(error)
            if self.redact is not None:
                error.redacted(self.redact)
        self._notify(Ended(error))
        return False

    def _notify(self, event: Event) -> None:
        for observer in self.observers:
            observer.on_event(self, event)
