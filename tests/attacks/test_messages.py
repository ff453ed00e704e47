"""What leaves the process in errors, logs, spans and pickles: templates, fields, cleaned texts."""

import contextlib
import logging
import pickle
from collections.abc import Callable
from typing import Any

import pytest

import redenlab
from drivers import client, in_virtual_time
from fake_api import KEY, FakeApi, Say, say
from redenlab import InferenceClient, RedenLabError, Retry
from redenlab.core import errors
from redenlab.core.calls.logs import STDERR, Logging, Redaction, error_fields
from redenlab.core.events import Attempted, Finished, Polled, PollFailed, Retrying
from redenlab.core.text import cleaned, is_identifier, sanitize
from redenlab.core.transport.headers import check_header
from redenlab.core.transport.io import OutgoingRequest
from redenlab.core.transport.outcomes import FAILURES, failed
from redenlab.lowlevel.display import without_queries

BEARER = "Bearer 5ecre7-t0ken-0123456789"
SIGNED = "https://s.example/uploads/1?X-Amz-Date=1&X-Amz-Signature=" + "0" * 32
ESCAPES = "a\x1b[31mred\x1b[0m\r\nINFO forged line\u202egpj.exe\x00"

TEXTS = {
    "a token": (f"Illegal header value b'{BEARER}\\n'", "5ecre7-t0ken"),
    "basic credentials": ("Basic NWVjcmU3OnB3MTIzNDU2", "NWVjcmU3"),
    "a signed link": (f"cannot get {SIGNED} now", "X-Amz-Signature"),
    "user info": ("proxy http://user:5ecre7pw@proxy.example refused", "5ecre7pw"),
    "a named token": ('{"access_token": "at-5ecre7-123456"}', "at-5ecre7"),
    "a named key": ("api_key=5ecre7-00112233", "5ecre7-0011"),
    "a relative signed link": ("/a?Signature=5ecre7aa11bb22", "5ecre7aa"),
    "colours of a terminal": (ESCAPES, "\x1b"),
    "a forged line of a log": (ESCAPES, "\n"),
    "text that runs backwards": (ESCAPES, "\u202e"),
    "a NUL": (ESCAPES, "\x00"),
    "half of a surrogate pair": ("a\ud800b", "\ud800"),
    "a separator of lines": ("a\u2028b", "\u2028"),
    "ten thousand characters": ("x" * 10_000, "x" * 501),
}
"""What a text of others holds, and what of it must be nowhere."""

WHERE: dict[str, Callable[[RedenLabError], str]] = {
    "text": str,
    "repr": repr,
    "pickle": lambda error: pickle.dumps(error).decode("latin-1"),
    "args": lambda error: "".join(map(str, error.args)),
}


@pytest.mark.parametrize("where", WHERE)
@pytest.mark.parametrize("text", TEXTS)
def test_a_text_of_others_is_cleaned_in_an_error(text: str, where: str) -> None:
    said, bad = TEXTS[text]
    error = errors.JobFailed(said, hint=said)
    shown = WHERE[where](error)
    if where != "pickle" or bad not in {"\n", "\x00"}:  # which every pickle has
        assert bad not in shown.replace("\x00", "" if where == "pickle" else "\x00")
    assert len(error.message) <= 500


@pytest.mark.parametrize("name", ["code", "request_id", "job_id", "body"])
def test_a_field_that_a_server_chooses_is_on_one_line(name: str) -> None:
    values: dict[str, Any] = {name: f"{ESCAPES}{'x' * 9000}"}
    found = getattr(errors.APIError("no", **values), name)
    assert found.isprintable()
    assert len(found) <= 512


STAYS = {
    "a whole result": (errors.UnexpectedResponse, "document", {"transcript": "the patient said"}),
    "a presigned link": (errors.UnexpectedResponse, "document", {"upload_url": SIGNED}),
    "a partial result": (errors.JobFailed, "partial", {"transcript": "the patient said"}),
    "audio": (errors.NetworkError, "unsent", b"the patient said"),
    "a file name": (errors.InputError, "filename", "the patient said.wav"),
}


@pytest.mark.parametrize("what", STAYS)
def test_what_may_be_a_patients_is_not_pickled(what: str) -> None:
    kind, name, value = STAYS[what]
    error = kind("no")
    setattr(error, name, value)
    pickled = pickle.dumps(error).decode("latin-1")
    assert "the patient said" not in pickled
    assert "X-Amz-Signature" not in pickled
    assert not getattr(pickle.loads(pickle.dumps(error)), name)


# ---- logs and spans

SENTINEL = "Qwyx-free-text"


class Spans:
    """Notes everything that a tracer is told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def start_span(self, name: str, /) -> Any:
        self.told.append(name)
        return self

    def __getattr__(self, _: str) -> Any:
        return lambda *args: self.told.append(repr([getattr(a, "description", a) for a in args]))


TOLD = {
    "the reason of a failed job": {"ending": {"status": "failed", "error": SENTINEL}},
    "the text of a refusal": {"fault": say(400, {"error": SENTINEL})},
    "the text of an outage": {"fault": say(503, {"message": SENTINEL})},
    "a page of HTML": {"fault": Say(200, f"<p>{SENTINEL}</p>".encode())},
    "invalid fields": {
        "fault": say(
            422, {"invalid_fields": [{"field": SENTINEL, "type": SENTINEL, "description": "x"}]}
        )
    },
    "progress": {"progress": SENTINEL},
}


@pytest.mark.parametrize("what", TOLD)
def test_free_text_is_neither_logged_nor_traced(
    what: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "redenlab")
    fake_api, given, spans = FakeApi(polls=1), TOLD[what], Spans()
    fake_api.ending = given.get("ending", fake_api.ending)
    if "fault" in given:
        fake_api.faults["get_result"] = [given["fault"]] * 99
    if "progress" in given:
        document = {"job_id": "job-1", "status": "processing", "progress": given["progress"]}
        fake_api.faults["get_result"] = [say(200, document)]
    made = in_virtual_time(InferenceClient, fake_api, timeout=60, tracer=spans)
    with contextlib.suppress(RedenLabError):
        made.predict(b"RIFF")
    records = "".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert "ml.predict" in records
    assert SENTINEL not in records
    assert spans.told
    assert SENTINEL not in "".join(spans.told)


@pytest.mark.parametrize(
    "event",
    [
        Attempted("x", 1, 0.1, reason=SENTINEL, failure="the service failed"),
        Retrying("x", SENTINEL, 0.1, "the service failed"),
        PollFailed("j", SENTINEL, 0.1, "the service failed"),
    ],
    ids=["attempted", "retrying", "poll failed"],
)
def test_events_are_logged_by_their_templates(event: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "redenlab")
    Logging().on_event(redenlab.core.calls.instrumentation.Call("a", "b"), event)
    assert 'failure="the service failed"' in caplog.text
    assert SENTINEL not in caplog.text


@pytest.mark.parametrize(
    "event",
    [
        Polled("j\nINFO forged", "queued\x1b[31m status=done", 1.0, 1.0),
        Finished("j", "done\r\nERROR forged", 1.0),
        Attempted("x", 1, 0.1, 200, "id\nINFO forged"),
    ],
    ids=["polled", "finished", "attempted"],
)
def test_a_server_cannot_forge_lines_or_fields_of_a_log(
    event: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "redenlab")
    Logging().on_event(redenlab.core.calls.instrumentation.Call("a", "b"), event)
    (record,) = caplog.records
    assert record.getMessage().isprintable()
    assert " status=done" not in record.getMessage().replace('"queued [31m status=done"', "")
    assert all(str(v).isprintable() for v in record.__dict__["redenlab"].values())


@pytest.mark.parametrize("kind", [each for each in vars(errors).values() if isinstance(each, type)])
def test_every_error_has_a_template_without_placeholders(kind: type) -> None:
    if issubclass(kind, RedenLabError):
        error = kind(SENTINEL)
        assert SENTINEL not in str(error_fields(error))
        assert error_fields(error)["failure"] == kind.template
        assert "{" not in kind.template


def test_a_library_is_not_quoted_in_the_template_of_a_lost_connection() -> None:
    for failure in FAILURES:
        error = failed(failure, "h", SENTINEL)
        assert error.template == f"no response: {failure}"


# ---- the gate of headers

VALUES = {
    "a line break at the end": f"{BEARER}\n",
    "a second header": f"{BEARER}\r\nX-Evil: 1",
    "a NUL": f"{BEARER}\0",
    "letters beyond ASCII": f"{BEARER}é",
    "a blank before": f" {BEARER}",
    "a blank behind": f"{BEARER} ",
    "half of a surrogate pair": f"{BEARER}\udc80",
    "bytes": BEARER.encode(),
    "a number": 5,
}


@pytest.mark.parametrize("value", VALUES)
def test_a_value_that_no_header_may_have_is_refused_unshown(value: str) -> None:
    given: Any = VALUES[value]
    with pytest.raises(errors.InputError, match="Authorization") as caught, errors.boundary():
        OutgoingRequest("GET", "https://a.example", {"Authorization": given})
    assert "5ecre7" not in f"{caught.value!r}{caught.value}{pickle.dumps(caught.value)!r}"


@pytest.mark.parametrize("name", ["X-A\r\nX-B", "X A", "", "X:A", "X-Ä", "X\0"])
def test_a_name_that_no_header_may_have_is_refused(name: str) -> None:
    with pytest.raises(errors.InputError, match="no name of a header"):
        check_header(name, "1")


def bad_token() -> Any:
    return lambda: f"{BEARER}\n"


def bad_middleware() -> Any:
    async def middleware(request: Any, proceed: Any) -> Any:
        return await proceed(request.with_headers({"X-Trace": f"{BEARER}\n"}))

    return middleware


@pytest.mark.parametrize("source", ["a provider", "a middleware", "extra_headers", "the key"])
def test_a_credential_with_a_line_break_is_nowhere(
    source: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    fake_api = FakeApi()
    with pytest.raises(RedenLabError) as caught:
        match source:
            case "a provider":
                in_virtual_time(InferenceClient, fake_api, token=bad_token()).get_status("j")
            case "a middleware":
                in_virtual_time(
                    InferenceClient, fake_api, middleware=[bad_middleware()]
                ).get_status("j")
            case "extra_headers":
                extra = {"X-Trace": f"{BEARER}\n"}
                in_virtual_time(InferenceClient, fake_api).get_status("j", extra_headers=extra)
            case _:
                InferenceClient(f"{BEARER}\n", "https://a.example")
    assert fake_api.seen == []
    shown = f"{caught.value}{caught.value!r}{pickle.dumps(caught.value)!r}{caplog.text}"
    assert "5ecre7" not in shown


# ---- echoes

ECHOES = {
    "in a refusal": say(401, {"error": f"no such key {KEY}"}),
    "in a body that is no JSON": Say(200, f"<b>{KEY}</b>".encode()),
    "in an error code": say(400, {"error": "no", "code": KEY}),
    "in a request id": Say(500, b"{}", {"X-Request-Id": KEY}),
    "in a failed job": say(200, {"job_id": "j", "status": "failed", "error": f"key {KEY}"}),
    "in an invalid field": say(422, {"invalid_fields": [{"field": KEY, "description": KEY}]}),
}


@pytest.mark.parametrize("where", ECHOES)
def test_a_key_that_the_service_echoes_is_masked(
    where: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "redenlab")
    fake_api = FakeApi()
    fake_api.faults["get_result"] = [ECHOES[where]] * 9
    with pytest.raises(RedenLabError) as caught:
        client(fake_api, retry=Retry.off()).get_result("j")
    error = caught.value
    shown = f"{error} {error.code} {error.request_id} {error.body} {getattr(error, 'fields', '')}"
    assert KEY not in shown
    assert KEY not in pickle.dumps(error).decode("latin-1")
    assert KEY not in caplog.text


def test_a_signature_is_not_quoted_from_an_error_of_storage() -> None:
    fake_api = FakeApi()
    body = b"<Code>SignatureDoesNotMatch</Code><SignatureProvided>5ecre7aa</SignatureProvided>"
    fake_api.faults["put"] = [Say(403, body)] * 9
    with pytest.raises(errors.UploadError) as caught:
        client(fake_api, retry=Retry.off()).predict(b"RIFF")
    assert "SignatureDoesNotMatch" in str(caught.value)
    assert "5ecre7aa" not in f"{caught.value}{caught.value.message}{caught.value.body}"


def test_a_key_in_an_error_of_a_middleware_is_masked() -> None:
    async def middleware(request: Any, proceed: Any) -> Any:
        raise errors.APIError(f"no such key: {KEY}", code=KEY)

    with pytest.raises(errors.APIError) as caught:
        in_virtual_time(InferenceClient, FakeApi(), middleware=[middleware]).get_status("j")
    assert KEY not in f"{caught.value}{caught.value.args}"
    assert caught.value.code == "***"


# ---- logs of the HTTP libraries

LINES = {
    "a signed link": (f"HTTP Request: PUT {SIGNED}", "X-Amz-Signature"),
    "a header": ("return_value=[(b'X-Api-Key', b'5ecre7')]", "5ecre7"),
    "a header with a quote": ("[(b'Set-Cookie', b\"it's 5ecre7\")]", "5ecre7"),
    "a header with an escaped quote": ("[(b'Set-Cookie', b'it\\'s \"5ecre7\"')]", "5ecre7"),
    "an exception": (
        "x.failed exception=LocalProtocolError(LocalProtocolError(\"value b'Bearer 5ecre7'\"))",
        "5ecre7",
    ),
}


@pytest.mark.parametrize("line", LINES)
def test_what_the_http_libraries_log_is_cleaned(line: str) -> None:
    text, bad = LINES[line]
    record = logging.LogRecord("httpcore", logging.DEBUG, "", 0, text, None, None)
    assert Redaction().filter(record)
    assert bad not in record.getMessage()
    assert bad not in STDERR.format(record)


def test_a_text_that_is_fit_to_be_shown_stays_as_it_is() -> None:
    for text in ("the service answered 503: busy", "cannot reach a.example: refused", "é – 漢字"):
        assert cleaned(text) == sanitize(text) == without_queries(text) == text


def test_an_id_is_printable_and_short() -> None:
    assert is_identifier("a" * 512)
    assert not any(map(is_identifier, ("", "a\nb", "a" * 513, "\x1b[31m")))
