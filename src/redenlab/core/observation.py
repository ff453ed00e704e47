"""Who watches calls, and how: logs, spans and counters are all made of the same events.

An observer is asked once per public call (`predict`, `job.wait`, …) for a `Watch`, which is then
told every event of that call and how it ended. Observers must not raise.
"""

import threading
from collections import Counter
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from redenlab.core.events import Event, Listener, Uploading


class Watch(Protocol):
    """Follows one call."""

    def note(self, event: Event) -> None:
        """Something happened."""
        ...

    def end(self, error: BaseException | None) -> None:
        """The call is over, well if there is no `error`."""
        ...


class Observer(Protocol):
    """Makes a `Watch` for each call."""

    def begin(self, service: str, call: str) -> Watch:
        """A call begins."""
        ...


@dataclass(slots=True)
class Call:
    """One call, and everybody who follows it.

    Attributes:
        listener: The caller's own.
        observers: Begin to follow when the call does, so that one which never began has no end.
    """

    listener: Listener | None = None
    service: str = ""
    name: str = ""
    observers: tuple[Observer, ...] = ()
    _watches: tuple[Watch, ...] = ()

    def note(self, event: Event) -> None:
        """Tell everybody; the caller's own listener last, since it may raise."""
        for watch in self._watches:
            watch.note(event)
        if self.listener is not None:
            self.listener(event)

    @contextmanager
    def watched(self) -> Generator[None]:
        """The block in which the call happens."""
        self._watches = tuple(each.begin(self.service, self.name) for each in self.observers)
        failure: BaseException | None = None
        try:
            yield
        except BaseException as error:
            failure = error
            raise
        finally:
            for watch in self._watches:
                watch.end(failure)


@dataclass(slots=True)
class Counts:
    """How often each kind of event came since the client was made; `bytes sent` of recordings."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _counter: Counter[str] = field(default_factory=Counter[str])

    def begin(self, service: str, call: str) -> "_Tally":  # noqa: ARG002
        """Count a call."""
        self.add("calls")
        return _Tally(self)

    def add(self, name: str, amount: int = 1) -> None:
        """Count."""
        with self._lock:
            self._counter[name] += amount

    def so_far(self) -> Mapping[str, int]:
        """A copy."""
        with self._lock:
            return dict(self._counter)


class _Tally:
    def __init__(self, counts: Counts) -> None:
        self._counts = counts
        self._sent = 0

    def note(self, event: Event) -> None:
        if isinstance(event, Uploading):
            self._counts.add("bytes sent", max(event.sent - self._sent, 0))
            self._sent = event.sent
        else:
            self._counts.add(event.kind)

    def end(self, error: BaseException | None) -> None:
        if error is not None:
            self._counts.add("errors")
