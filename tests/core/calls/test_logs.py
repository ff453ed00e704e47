"""What is logged, and what never is."""

import logging

import httpx
import pytest

from drivers import client
from fake_api import KEY, FakeApi, say
from redenlab import (
    JobFailed,
)
from redenlab.core.calls import logs
from redenlab.core.calls.logs import FIELDS, Redaction

PROGRESS = "the patient said hello"


@pytest.fixture
def records(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG, "redenlab")
    return caplog


def test_a_call_is_logged_as_fields(records: pytest.LogCaptureFixture, fake_api: FakeApi) -> None:
    fake_api.polls = 1
    client(fake_api).predict(b"RIFF")
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
    records: pytest.LogCaptureFixture, fake_api: FakeApi
) -> None:
    fake_api.polls = 1
    fake_api.faults["predict"] = [say(429)]
    fake_api.faults["get_result"] = [say(503)] * 4
    client(fake_api).predict(b"RIFF")
    levels = {r.__dict__["redenlab"]["event"]: r.levelname for r in records.records}
    assert levels == {
        **dict.fromkeys(("attempted", "uploading", "polled", "done"), "DEBUG"),
        **dict.fromkeys(("uploaded", "submitted", "finished"), "INFO"),
        **dict.fromkeys(("retrying", "poll failed"), "WARNING"),
    }


def test_a_failed_call_is_logged_with_its_reason(
    records: pytest.LogCaptureFixture, fake_api: FakeApi
) -> None:
    fake_api.polls, fake_api.ending = 0, {"status": "failed", "error": "no speech"}
    with pytest.raises(JobFailed):
        client(fake_api).predict(b"RIFF")
    last = records.records[-1].__dict__["redenlab"]
    assert (last["event"], last["error"], last["job_id"]) == ("failed", "JobFailed", "job-1")
    assert last["reason"] == "job job-1 failed: no speech"


def test_an_error_of_the_callers_own_is_logged_by_its_type_alone(
    records: pytest.LogCaptureFixture, fake_api: FakeApi
) -> None:
    def listen(_: object) -> None:
        raise ValueError(f"my {KEY}")

    with pytest.raises(ValueError, match="my "):
        client(fake_api).predict(b"RIFF", on_event=listen)
    assert records.messages[-1] == "ml.predict failed error=ValueError"


def test_only_listed_fields_are_logged(
    records: pytest.LogCaptureFixture, fake_api: FakeApi
) -> None:
    """Progress is what the service says of the work, and may quote the recording."""
    from redenlab.core.calls.instrumentation import Call
    from redenlab.core.calls.logs import Logging
    from redenlab.core.events import Polled

    Logging().on_event(Call("acme", "wait"), Polled("j", "running", 1.0, 2.0, PROGRESS))
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


def test_the_guard_is_set_once_however_many_clients_there_are(fake_api: FakeApi) -> None:
    for _ in range(3):
        client(fake_api)
    for name in logs.LIBRARIES:
        guards = [f for f in logging.getLogger(name).filters if isinstance(f, Redaction)]
        assert len(guards) == 1


def test_without_a_handler_nothing_is_printed(
    capfd: pytest.CaptureFixture[str], fake_api: FakeApi
) -> None:
    fake_api.faults["get_result"] = [say(503)]
    client(fake_api).predict(b"RIFF")
    assert capfd.readouterr() == ("", "")
