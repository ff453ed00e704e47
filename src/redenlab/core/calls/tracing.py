"""Spans of OpenTelemetry, for callers who pass a tracer; nothing is sent by the SDK itself.

The protocols are the part of the OpenTelemetry API that is used. A public call is a span, every
attempt of a request an event in it.
"""

from collections.abc import Mapping
from typing import Any, Protocol
from weakref import WeakKeyDictionary

from redenlab.core.calls.instrumentation import Call, Ended, Started
from redenlab.core.calls.logs import error_fields, logged_fields
from redenlab.core.events import Event, Uploading


class Span(Protocol):
    """What is used of ``opentelemetry.trace.Span``."""

    def set_attribute(self, key: str, value: Any, /) -> None: ...
    def add_event(self, name: str, attributes: Mapping[str, Any], /) -> None: ...
    def set_status(self, status: Any, /) -> None: ...
    def end(self) -> None: ...


class Tracer(Protocol):
    """What is used of ``opentelemetry.trace.Tracer``; it starts a `Span` below the current one."""

    def start_span(self, name: str, /) -> Any: ...


class Tracing:
    """One span per call, such as ``ml.predict``, and in it one event per attempt and poll."""

    def __init__(self, tracer: Tracer) -> None:
        self._tracer = tracer
        self._spans: WeakKeyDictionary[Call, Span] = WeakKeyDictionary()

    def on_event(self, call: Call, event: Event) -> None:
        """Record it in the span of the call."""
        match event:
            case Started():
                self._spans[call] = self._tracer.start_span(f"{call.service}.{call.name}")
            case Ended(error):
                _end(self._spans.pop(call), error)
            case Uploading():  # hundreds of them; the last one is `uploaded`
                return
            case _:
                fields = logged_fields(event)
                values = {f"redenlab.{k}": v for k, v in fields.items() if v is not None}
                self._spans[call].add_event(event.kind, values)
                if fields.get("job_id"):
                    self._spans[call].set_attribute("redenlab.job_id", fields["job_id"])


def _end(span: Span, error: BaseException | None) -> None:
    if error is not None:
        from opentelemetry.trace import Status, StatusCode  # noqa: PLC0415 - the tracer's

        fields = error_fields(error)
        span.set_attribute("error.type", fields.pop("error"))
        span.set_status(Status(StatusCode.ERROR, fields.pop("failure", None)))
        for name, value in fields.items():
            span.set_attribute(f"redenlab.{name}", value)
    span.end()
