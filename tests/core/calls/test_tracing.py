"""Spans and counters of OpenTelemetry."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from drivers import FAST, client
from fake_api import BASE, KEY, FakeApi, say
from redenlab import (
    AsyncInferenceClient,
    ServerError,
)


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    yield exporter
    exporter.shutdown()


@pytest.fixture
def tracer(spans: InMemorySpanExporter) -> Any:
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    return provider.get_tracer("tests")


def test_a_call_is_a_span_and_an_attempt_an_event_in_it(
    fake_api: FakeApi, tracer: Any, spans: InMemorySpanExporter
) -> None:
    fake_api.polls = 0
    fake_api.faults["create_upload_url"] = [say(503)]
    client(fake_api, tracer=tracer).predict(b"RIFF")
    (span,) = spans.get_finished_spans()
    assert span.name == "ml.predict"
    assert span.status.status_code is StatusCode.UNSET
    assert dict(span.attributes or {}) == {"redenlab.job_id": "job-2"}
    tries = [e.attributes or {} for e in span.events if e.name == "attempted"]
    assert [(each["redenlab.operation"], each["redenlab.status"]) for each in tries] == [
        ("create_upload_url", 503),
        ("create_upload_url", 200),
        ("upload", 200),
        ("predict", 200),
        ("get_result", 200),
    ]
    assert "uploading" not in {event.name for event in span.events}


def test_a_span_of_a_failed_call_says_so_without_a_secret(
    fake_api: FakeApi, tracer: Any, spans: InMemorySpanExporter
) -> None:
    fake_api.faults["get_result"] = [say(500, {"error": f"boom {KEY}"})] * 4
    with pytest.raises(ServerError):
        client(fake_api, tracer=tracer).get_status("j")
    (span,) = spans.get_finished_spans()
    assert (span.name, span.status.status_code) == ("ml.get_status", StatusCode.ERROR)
    assert (span.attributes or {})["error.type"] == "ServerError"
    assert KEY not in span.to_json()
    assert "boom" not in span.to_json()
    assert span.status.description == "the service failed"


def test_spans_of_tasks_do_not_mix(
    fake_api: FakeApi, tracer: Any, spans: InMemorySpanExporter
) -> None:
    async def main() -> None:
        options: dict[str, Any] = {"transport": fake_api.transport(), "tracer": tracer, **FAST}
        async with AsyncInferenceClient(KEY, BASE, **options) as caller:
            await asyncio.gather(*(caller.get_status(f"j{number}") for number in range(5)))

    asyncio.run(main())
    found = spans.get_finished_spans()
    assert [len(span.events) for span in found] == [1] * 5


def test_every_way_to_wait_is_a_span(
    fake_api: FakeApi, tracer: Any, spans: InMemorySpanExporter
) -> None:
    job = client(fake_api, tracer=tracer).submit(b"RIFF")
    list(job.events())
    job.done()
    job.wait()
    job.result()
    names = [span.name for span in spans.get_finished_spans()]
    assert names == ["ml.submit", "ml.job.events", "ml.job.done", "ml.job.wait", "ml.job.result"]


def test_a_meter_counts_events_and_bytes(fake_api: FakeApi) -> None:
    reader = InMemoryMetricReader()
    meter = MeterProvider([reader]).get_meter("tests")
    fake_api.polls = 0
    fake_api.faults["create_upload_url"] = [say(503)]
    client(fake_api, meter=meter).predict(b"RIFFRIFF")
    data = json.loads(reader.get_metrics_data().to_json())  # type: ignore[union-attr]
    metrics = data["resource_metrics"][0]["scope_metrics"][0]["metrics"]
    points = {m["name"]: m["data"]["data_points"] for m in metrics}
    events = {p["attributes"]["event"]: p["value"] for p in points["redenlab.events"]}
    assert events == {
        "attempted": 5,
        "retrying": 1,
        "uploaded": 1,
        "submitted": 1,
        "finished": 1,
        "done": 1,
    }
    assert [p["value"] for p in points["redenlab.bytes_sent"]] == [8]
    assert points["redenlab.bytes_sent"][0]["attributes"] == {"service": "ml", "call": "predict"}


def test_a_call_that_never_began_leaves_no_open_span(
    fake_api: FakeApi, tracer: Any, spans: InMemorySpanExporter
) -> None:
    from redenlab import InputError

    caller = client(fake_api, tracer=tracer)
    with pytest.raises(InputError, match="give either"):
        caller.predict()
    assert caller.metrics == {}
    assert spans.get_finished_spans() == ()
    caller.get_status("j")
    assert len(spans.get_finished_spans()) == 1
