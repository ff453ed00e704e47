"""Spans and counters of OpenTelemetry, for callers who pass a tracer or a meter.

Nothing is imported for it, and nothing is sent anywhere by us: the protocols below are the part of
the OpenTelemetry API that is used. A public call is a span, every attempt of a request an event
in it.
"""

import dataclasses
from collections.abc import Mapping
from typing import Any, Protocol

from redenlab.core.errors import RedenLabError
from redenlab.core.events import Event, Uploading
from redenlab.core.logs import FIELDS


class Span(Protocol):
    """What is used of ``opentelemetry.trace.Span``."""

    def set_attribute(self, key: str, value: Any, /) -> None:
        """Say something of the call."""
        ...

    def add_event(self, name: str, attributes: Mapping[str, Any], /) -> None:
        """Say that something happened."""
        ...

    def set_status(self, status: Any, /) -> None:
        """Say how it ended."""
        ...

    def end(self) -> None:
        """The call is over."""
        ...


class Tracer(Protocol):
    """What is used of ``opentelemetry.trace.Tracer``."""

    def start_span(self, name: str, /) -> Any:
        """Begin a `Span` below the current one."""
        ...


class Instrument(Protocol):
    """What is used of ``opentelemetry.metrics.Counter``."""

    def add(self, amount: int, attributes: Mapping[str, str], /) -> None:
        """Count."""
        ...


class Meter(Protocol):
    """What is used of ``opentelemetry.metrics.Meter``."""

    def create_counter(self, name: str, /) -> Any:
        """Make an `Instrument`."""
        ...


class Tracing:
    """One span per call, one event per attempt and per change of the job."""

    def __init__(self, tracer: Tracer) -> None:
        """Begin spans with `tracer`."""
        self._tracer = tracer

    def begin(self, service: str, call: str) -> "_Trace":
        """Begin a span, such as ``ml.predict``."""
        return _Trace(self._tracer.start_span(f"{service}.{call}"))


class _Trace:
    def __init__(self, span: Span) -> None:
        self._span = span

    def note(self, event: Event) -> None:
        if isinstance(event, Uploading):  # hundreds of them, and the last one is `uploaded`
            return
        names = (field.name for field in dataclasses.fields(event))
        values = {name: getattr(event, name) for name in names if name in FIELDS}
        given = {f"redenlab.{k}": v for k, v in values.items() if v is not None}
        self._span.add_event(event.kind, given)
        if values.get("job_id"):
            self._span.set_attribute("redenlab.job_id", values["job_id"])

    def end(self, error: BaseException | None) -> None:
        if error is not None:
            from opentelemetry.trace import Status, StatusCode  # noqa: PLC0415 - the tracer's

            text = error.message if isinstance(error, RedenLabError) else None
            self._span.set_attribute("error.type", type(error).__name__)
            self._span.set_status(Status(StatusCode.ERROR, text))
        self._span.end()


class Metering:
    """The counter ``redenlab.events``, by service, call and kind of event."""

    def __init__(self, meter: Meter) -> None:
        """Count with `meter`."""
        self._events: Instrument = meter.create_counter("redenlab.events")
        self._bytes: Instrument = meter.create_counter("redenlab.bytes_sent")

    def begin(self, service: str, call: str) -> "_Measure":
        """Follow a call."""
        return _Measure(self._events, self._bytes, {"service": service, "call": call})


class _Measure:
    def __init__(self, events: Instrument, sent: Instrument, labels: Mapping[str, str]) -> None:
        self._events = events
        self._bytes = sent
        self._labels = labels
        self._sent = 0

    def note(self, event: Event) -> None:
        if isinstance(event, Uploading):
            self._bytes.add(max(event.sent - self._sent, 0), self._labels)
            self._sent = event.sent
        else:
            self._events.add(1, {**self._labels, "event": event.kind})

    def end(self, error: BaseException | None) -> None:
        ending = "done" if error is None else "failed"
        self._events.add(1, {**self._labels, "event": ending})
