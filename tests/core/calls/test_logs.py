"""What is logged, and what never is."""

import logging
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from drivers import client, in_virtual_time, settled
from fake_api import BASE, KEY, FakeApi, say
from processes import environment
from redenlab import AsyncInferenceClient, ConfigurationError, InferenceClient, JobFailed
from redenlab.core.calls import logs
from redenlab.core.calls.logs import FIELDS, Redaction
from redenlab.core.jobs.health import silence
from redenlab_api.ml.models import UploadUrlRequest

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
        "failure": None,
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


def test_a_failed_call_is_logged_with_its_template_and_not_its_reason(
    records: pytest.LogCaptureFixture, fake_api: FakeApi
) -> None:
    fake_api.polls, fake_api.ending = 0, {"status": "failed", "error": "no speech"}
    with pytest.raises(JobFailed):
        client(fake_api).predict(b"RIFF")
    last = records.records[-1].__dict__["redenlab"]
    assert (last["event"], last["error"], last["job_id"]) == ("failed", "JobFailed", "job-1")
    assert last["failure"] == "the job failed"
    assert "no speech" not in records.text


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


# ---- standard error, by the environment


@pytest.fixture
def quiet() -> Iterator[logging.Logger]:
    """The logger as a program has it that configures nothing."""
    logger, root = logging.getLogger("redenlab"), logging.getLogger()
    levels = logger.level, root.level
    logger.setLevel(logging.NOTSET)
    root.setLevel(logging.WARNING)
    yield logger
    logger.removeHandler(logs.STDERR)
    logger.setLevel(levels[0])
    root.setLevel(levels[1])


MADE = [InferenceClient, AsyncInferenceClient]


@pytest.mark.parametrize("kind", MADE)
@pytest.mark.parametrize(
    ("level", "told"),
    [
        ("info", ["INFO", "INFO", "INFO"]),
        ("DEBUG", ["DEBUG", "DEBUG", "DEBUG", *["INFO", "DEBUG"] * 3]),
    ],
)
def test_the_environment_has_logs_written_to_standard_error(
    quiet: logging.Logger,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    fake_api: FakeApi,
    kind: Any,
    level: str,
    told: list[str],
) -> None:
    monkeypatch.setenv("REDENLAB_LOG", level)
    fake_api.polls = 0
    made = in_virtual_time(kind, fake_api)
    in_virtual_time(kind, fake_api)
    assert quiet.handlers.count(logs.STDERR) == 1
    settled(made.predict(b"RIFF"))
    lines = capsys.readouterr().err.splitlines()
    assert [line.split()[2] for line in lines] == told
    assert "ml.predict submitted job_id=job-1" in "\n".join(lines)


def test_the_environment_changes_nothing_for_the_handlers_of_the_program(
    quiet: logging.Logger, monkeypatch: pytest.MonkeyPatch, fake_api: FakeApi
) -> None:
    seen: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: seen.append(record.levelname)  # type: ignore[method-assign]
    monkeypatch.setenv("REDENLAB_LOG", "debug")
    logging.getLogger().addHandler(handler)
    fake_api.faults["get_result"] = [say(503)]
    try:
        client(fake_api).predict(b"RIFF")
    finally:
        logging.getLogger().removeHandler(handler)
    assert seen == ["WARNING"]
    assert (quiet.level, quiet.propagate) == (logging.NOTSET, True)


@pytest.mark.parametrize("value", ["", "warning", "1", "debug,info"])
def test_a_level_that_is_not_known_is_refused(
    quiet: logging.Logger, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("REDENLAB_LOG", value)
    with pytest.raises(ConfigurationError, match="REDENLAB_LOG is ") as caught:
        InferenceClient(KEY, BASE)
    assert "debug or info" in caught.value.hint
    assert logs.STDERR not in quiet.handlers


def test_without_the_variable_there_is_no_handler(quiet: logging.Logger) -> None:
    InferenceClient(KEY, BASE)
    assert logs.STDERR not in quiet.handlers


def test_standard_error_has_no_key_and_no_signed_query(
    quiet: logging.Logger, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those of loggers below ours as well, and of errors that quote a URL."""
    import redenlab.sandbox

    monkeypatch.setenv("REDENLAB_LOG", "debug")
    with redenlab.sandbox.running(processing=0) as running:
        with running.client() as caller:
            link = caller.raw.create_upload_url(body=UploadUrlRequest(filename="a.wav")).parsed
            url = str(link.upload_url)
            caller.predict(silence())
            child = logging.getLogger("redenlab.replicate")
            child.error("it was not run: %s", "https://s.example/a.wav?sig=abc")
        secrets = (running.api_key, running.client_secret, url.partition("?")[2], "sig=abc")
    written = capsys.readouterr().err
    assert "ml.predict done" in written
    assert "it was not run: https://s.example/a.wav?…" in written
    assert [secret for secret in secrets if secret in written] == []


def test_a_program_that_configures_nothing_sees_each_line_once() -> None:
    code = """
import redenlab.sandbox
from redenlab.core.jobs.health import silence
with redenlab.sandbox.running(processing=0) as sandbox:
    for _ in range(2):
        with sandbox.client() as client:
            client.predict(silence())
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(REDENLAB_LOG="info"),
        capture_output=True,
        text=True,
        check=True,
    )
    lines = done.stderr.splitlines()
    assert len([line for line in lines if "ml.predict submitted" in line]) == 2
    assert not any(" DEBUG " in line for line in lines)
