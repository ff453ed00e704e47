"""Counters: those of the client itself, and those of OpenTelemetry for callers who pass a meter.

The protocols are the part of the OpenTelemetry API that is used.
"""

import threading
from collections import Counter
from collections.abc import Mapping
from typing import Any, Protocol

from redenlab.core.calls.instrumentation import Call, Ended, Started
from redenlab.core.events import Event, Uploading


class Instrument(Protocol):
    """What is used of ``opentelemetry.metrics.Counter``."""

    def add(self, amount: int, attributes: Mapping[str, str], /) -> None: ...


class Meter(Protocol):
    """What is used of ``opentelemetry.metrics.Meter``; it creates an `Instrument`."""

    def create_counter(self, name: str, /) -> Any: ...


class Metrics:
    """Counts events by kind, and bytes of recordings.

    OpenTelemetry gets ``redenlab.events``, by service, call and kind, and ``redenlab.bytes_sent``.
    """

    def __init__(self, meter: Meter | None = None) -> None:
        self._lock = threading.Lock()
        self._counter = Counter[str]()
        self._events = meter.create_counter("redenlab.events") if meter else None
        self._bytes = meter.create_counter("redenlab.bytes_sent") if meter else None

    def from_zero(self) -> "Metrics":
        """Other counts, which go to the same meter."""
        other = Metrics()
        other._events, other._bytes = self._events, self._bytes
        return other

    def on_event(self, call: Call, event: Event) -> None:
        """Count it."""
        if isinstance(event, Started):
            self._count("calls", 1)
        elif isinstance(event, Ended):
            self._count("errors", event.error is not None)
            self._report(self._events, call, 1, event="failed" if event.error else "done")
        elif isinstance(event, Uploading):
            self._count("bytes sent", max(event.sent - call.uploaded, 0))
            self._report(self._bytes, call, max(event.sent - call.uploaded, 0))
        else:
            self._count(event.kind, 1)
            self._report(self._events, call, 1, event=event.kind)

    def snapshot(self) -> Mapping[str, int]:
        """The counts so far."""
        with self._lock:
            return dict(self._counter)

    def _count(self, name: str, amount: int) -> None:
        if amount:
            with self._lock:
                self._counter[name] += amount

    def _report(
        self, instrument: Instrument | None, call: Call, amount: int, **labels: str
    ) -> None:
        if instrument is not None:
            instrument.add(amount, {"service": call.service, "call": call.name, **labels})
