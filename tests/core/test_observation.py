"""Who watches calls: logs, spans, counters, middleware, and none of them sees a secret."""

import asyncio
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from redenlab import (
    AsyncInferenceClient,
    ConfigurationError,
    InferenceClient,
    JobFailed,
    Poll,
    Retry,
    ServerError,
)
from redenlab.core import logs
from redenlab.core.io import Message
from redenlab.core.logs import FIELDS, Redaction
from redenlab_api.types import Answer
from service import BASE, KEY, Service, say

FAST = {"poll": Poll(initial=0.001, most=0.001), "retry": Retry(initial=0, jitter=0)}
PROGRESS = "the patient said hello"


def client(service: Service, **more: Any) -> InferenceClient[Any]:
    options: dict[str, Any] = {"transport": service.transport(), **FAST, **more}
    return InferenceClient(KEY, BASE, **options)


# ---- logs --------------------------------------------------------------------------------------


@pytest.fixture
def records(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG, "redenlab")
    return caplog


def test_a_call_is_logged_as_fields(records: pytest.LogCaptureFixture, service: Service) -> None:
    service.polls = 1
    client(service).predict(b"RIFF")
    told = [record.__dict__["redenlab"] for record in records.records]
    assert [each["event"] for each in told] == [
        "attempted",
        "uploading",
        *["attempted", "uploaded"],
        *["attempted", "submitted"],
        *["attempted", "polled"],
        *["attempted", "finished"],
        "done",
    ]
    assert {each["call"] for each in told} == {"ml.predict"}
    assert told[0] == {
        "call": "ml.predict",
        "event": "attempted",
        "operation": "create_upload_url",
        "attempt": 1,
        "seconds": told[0]["seconds"],
        "status": 200,
        "request_id": "req-1",
        "reason": None,
    }
    assert records.messages[3] == "ml.predict uploaded job_id=job-1 size=4"


def test_levels_say_how_much_it_matters(
    records: pytest.LogCaptureFixture, service: Service
) -> None:
    service.polls = 1
    service.faults["predict"] = [say(429)]
    service.faults["get_result"] = [say(503)] * 4
    client(service).predict(b"RIFF")
    levels = {r.__dict__["redenlab"]["event"]: r.levelname for r in records.records}
    assert levels == {
        **dict.fromkeys(("attempted", "uploading", "polled", "done"), "DEBUG"),
        **dict.fromkeys(("uploaded", "submitted", "finished"), "INFO"),
        **dict.fromkeys(("retrying", "poll failed"), "WARNING"),
    }


def test_a_failed_call_is_logged_with_its_reason(
    records: pytest.LogCaptureFixture, service: Service
) -> None:
    service.polls, service.ending = 0, {"status": "failed", "error": "no speech"}
    with pytest.raises(JobFailed):
        client(service).predict(b"RIFF")
    last = records.records[-1].__dict__["redenlab"]
    assert (last["event"], last["error"], last["job_id"]) == ("failed", "JobFailed", "job-1")
    assert last["reason"] == "job job-1 failed: no speech"


def test_an_error_of_the_callers_own_is_logged_by_its_type_alone(
    records: pytest.LogCaptureFixture, service: Service
) -> None:
    def listen(_: object) -> None:
        raise ValueError(f"my {KEY}")

    with pytest.raises(ValueError, match="my "):
        client(service).predict(b"RIFF", on_event=listen)
    assert records.messages[-1] == "ml.predict failed error=ValueError"


def test_only_listed_fields_are_logged(records: pytest.LogCaptureFixture, service: Service) -> None:
    """Progress is what the service says of the work, and may quote the recording."""
    from redenlab.core.events import Polled
    from redenlab.core.logs import Logging

    Logging().begin("acme", "wait").note(Polled("j", "running", 1.0, 2.0, PROGRESS))
    (record,) = records.records
    assert PROGRESS not in f"{record.getMessage()} {record.__dict__}"
    assert record.__dict__["redenlab"].keys() - {"call", "event"} <= FIELDS


def test_nothing_secret_is_logged_at_debug(caplog: pytest.LogCaptureFixture) -> None:
    """The libraries' own loggers included: httpx prints whole URLs, httpcore every header."""
    import redenlab.sandbox

    caplog.set_level(logging.DEBUG)
    with redenlab.sandbox.running(processing=0) as running:
        for profile in ("key", "token"):
            with running.client(profile) as caller:  # type: ignore[arg-type]
                ticket = caller.upload(b"RIFF")
        secrets = (running.api_key, running.client_secret, "X-Amz-Signature=", "at_sandbox_")
        headers = {"X-Api-Key": running.api_key}
        with httpx.Client(trust_env=False) as plain:  # the low-level client's way
            link = plain.post(f"{running.url}/upload-url", json={"filename": "a"}, headers=headers)
            plain.put(link.json()["upload_url"], content=b"x")
    text = "\n".join(f"{r.getMessage()} {r.__dict__}" for r in caplog.records)
    assert ticket.id
    assert "HTTP Request: PUT" in text  # it was logged, and cleaned
    assert "httpcore" in text
    assert [secret for secret in secrets if secret in text] == []


@pytest.mark.parametrize(
    ("line", "cleaned"),
    [
        (
            "GET https://s.example/a.wav?X-Amz-Signature=1&b=2 200",
            "GET https://s.example/a.wav?… 200",
        ),
        ("PUT 'https://s.example/a?sig=1' done", "PUT 'https://s.example/a?…' done"),
        ("no url, a question? yes", "no url, a question? yes"),
        (
            "[(b'Set-Cookie', b'id=5ecre7'), (b'Date', b'now')]",
            "[(Set-Cookie: …), (b'Date', b'now')]",
        ),
        ("[('Location', 'https://x/?t=1')]", "[(Location: …)]"),
        ("[(b'X-Api-Key', b'it\\'s')]", "[(X-Api-Key: …)]"),
        ("('host', 'api.example')", "('host', 'api.example')"),
    ],
)
def test_records_of_libraries_are_cleaned(line: str, cleaned: str) -> None:
    record = logging.LogRecord("httpx", logging.INFO, "", 0, "%s", (line,), None)
    assert Redaction().filter(record)
    assert record.getMessage() == cleaned


def test_the_guard_is_set_once_however_many_clients_there_are(service: Service) -> None:
    for _ in range(3):
        client(service)
    for name in logs.LIBRARIES:
        guards = [f for f in logging.getLogger(name).filters if isinstance(f, Redaction)]
        assert len(guards) == 1


def test_without_a_handler_nothing_is_printed(
    capfd: pytest.CaptureFixture[str], service: Service
) -> None:
    service.faults["get_result"] = [say(503)]
    client(service).predict(b"RIFF")
    assert capfd.readouterr() == ("", "")


# ---- spans and counters ------------------------------------------------------------------------


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
    service: Service, tracer: Any, spans: InMemorySpanExporter
) -> None:
    service.polls = 0
    service.faults["create_upload_url"] = [say(503)]
    client(service, tracer=tracer).predict(b"RIFF")
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
    service: Service, tracer: Any, spans: InMemorySpanExporter
) -> None:
    service.faults["get_result"] = [say(500, {"error": f"boom {KEY}"})] * 4
    with pytest.raises(ServerError):
        client(service, tracer=tracer).get_status("j")
    (span,) = spans.get_finished_spans()
    assert (span.name, span.status.status_code) == ("ml.get_status", StatusCode.ERROR)
    assert (span.attributes or {})["error.type"] == "ServerError"
    assert KEY not in span.to_json()
    assert "boom ***" in span.to_json()


def test_spans_of_tasks_do_not_mix(
    service: Service, tracer: Any, spans: InMemorySpanExporter
) -> None:
    async def main() -> None:
        options: dict[str, Any] = {"transport": service.transport(), "tracer": tracer, **FAST}
        async with AsyncInferenceClient(KEY, BASE, **options) as caller:
            await asyncio.gather(*(caller.get_status(f"j{number}") for number in range(5)))

    asyncio.run(main())
    found = spans.get_finished_spans()
    assert [len(span.events) for span in found] == [1] * 5


def test_every_way_to_wait_is_a_span(
    service: Service, tracer: Any, spans: InMemorySpanExporter
) -> None:
    job = client(service, tracer=tracer).submit(b"RIFF")
    list(job.events())
    job.done()
    job.wait()
    job.result()
    names = [span.name for span in spans.get_finished_spans()]
    assert names == ["ml.submit", "ml.job.events", "ml.job.done", "ml.job.wait", "ml.job.result"]


def test_a_meter_counts_events_and_bytes(service: Service) -> None:
    reader = InMemoryMetricReader()
    meter = MeterProvider([reader]).get_meter("tests")
    service.polls = 0
    service.faults["create_upload_url"] = [say(503)]
    client(service, meter=meter).predict(b"RIFFRIFF")
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


def test_a_client_counts_by_itself(service: Service) -> None:
    service.polls = 1
    caller = client(service)
    assert caller.counts == {}
    caller.predict(b"RIFFRIFF")
    service.faults["get_result"] = [say(404)]
    with pytest.raises(Exception, match="404"):
        caller.get_status("x")
    assert caller.counts == {
        "calls": 2,
        "errors": 1,
        "attempted": 6,
        "bytes sent": 8,
        "uploaded": 1,
        "submitted": 1,
        "polled": 1,
        "finished": 1,
    }


# ---- middleware --------------------------------------------------------------------------------


async def tenant(message: Message, proceed: Callable[[Message], Any]) -> Answer:
    from dataclasses import replace

    answer: Answer = await proceed(
        replace(message, headers={**message.headers, "X-Tenant": "north"})
    )
    return answer


def test_a_middleware_serves_both_clients(service: Service) -> None:
    client(service, middleware=[tenant]).get_status("a")

    async def main() -> None:
        options: dict[str, Any] = {"transport": service.transport(), "middleware": [tenant], **FAST}
        async with AsyncInferenceClient(KEY, BASE, **options) as caller:
            await caller.get_status("b")

    asyncio.run(main())
    assert [message.headers["X-Tenant"] for message in service.seen] == ["north", "north"]


def test_a_middleware_sees_no_credential_and_storage_no_middleware(service: Service) -> None:
    seen: list[Message] = []

    async def look(message: Message, proceed: Callable[[Message], Any]) -> Answer:
        seen.append(message)
        answer: Answer = await proceed(message)
        return answer

    client(service, middleware=[look, tenant]).predict(b"RIFF")
    assert all(KEY not in str(dict(message.headers)) for message in seen)
    sent = {message.method: message.headers for message in service.seen}
    assert sent["GET"]["X-Api-Key"] == KEY
    assert "X-Tenant" not in sent["PUT"]


def test_the_first_middleware_is_the_outermost(service: Service) -> None:
    order: list[str] = []

    def layer(name: str) -> Any:
        async def around(message: Message, proceed: Callable[[Message], Any]) -> Answer:
            order.append(f"{name} in")
            answer: Answer = await proceed(message)
            order.append(f"{name} out")
            return answer

        return around

    client(service, middleware=[layer("a"), layer("b")]).get_status("j")
    assert order == ["a in", "b in", "b out", "a out"]


def test_a_middleware_may_answer_by_itself(service: Service) -> None:
    async def cached(_message: Message, _proceed: object) -> Answer:
        return Answer(200, {}, b'{"job_id": "j", "status": "processing"}')

    assert client(service, middleware=[cached]).get_status("j").status == "processing"
    assert service.seen == []


@pytest.mark.parametrize(
    "url", ["https://evil.example/prod/x", "https://api.example.com.evil.example/", f"{BASE}x/y"]
)
def test_a_middleware_cannot_send_the_key_elsewhere(service: Service, url: str) -> None:
    async def divert(message: Message, proceed: Callable[[Message], Any]) -> Answer:
        from dataclasses import replace

        answer: Answer = await proceed(replace(message, url=url))
        return answer

    with pytest.raises(ConfigurationError, match="somewhere else than to the API"):
        client(service, middleware=[divert]).get_status("j")
    assert service.seen == []


def test_a_call_that_never_began_leaves_no_open_span(
    service: Service, tracer: Any, spans: InMemorySpanExporter
) -> None:
    from redenlab import InputError

    caller = client(service, tracer=tracer)
    with pytest.raises(InputError, match="give either"):
        caller.predict()
    assert caller.counts == {}
    assert spans.get_finished_spans() == ()
    caller.get_status("j")
    assert len(spans.get_finished_spans()) == 1
