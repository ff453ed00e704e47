"""From responses to typed values and typed errors."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers import call
from fake_api import KEY, FakeApi, Say, say
from redenlab.core import errors
from redenlab.core.calls.retry import Retry
from redenlab.core.transport.gate import request_id, retry_after
from redenlab.lowlevel.types import Response

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("0", 0),
        ("5", 5),
        ("1.5", 1.5),
        (" 7 ", 7),
        ("-3", 0),
        ("1e9", 1e9),
        ("nan", None),
        ("inf", None),
        ("soon", None),
        ("", None),
        ("5 seconds", None),
        (format_datetime(NOW + timedelta(seconds=90), usegmt=True), 90),
        (format_datetime(NOW - timedelta(days=1), usegmt=True), 0),
        ("Sun, 01 Mar 2026 12:00:30 -0000", None),
        ("Sun, 99 Mar 2026 12:00:30 GMT", None),
    ],
)
def test_retry_after_in_all_its_forms(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, format_datetime(NOW, usegmt=True)) == seconds


def test_a_date_without_a_date_header_is_measured_by_the_local_clock() -> None:
    value = format_datetime(datetime.now(UTC) + timedelta(seconds=100), usegmt=True)
    assert 95 <= (retry_after(value, None) or 0) <= 100


@given(st.text())
def test_no_header_can_break_it(value: str) -> None:
    seconds = retry_after(value, None)
    assert seconds is None or seconds >= 0


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b'{"error":"e","message":"m"}', "e"),
        (b'{"message":"m","detail":"d"}', "m"),
        (b'{"detail":{"a":1}}', '{"a": 1}'),
        (b'{"error":"","message":"m"}', "m"),
        (b"[1]", "[1]"),
        (b'{"error":{"code":"c","message":"m"}}', "m"),
        (b'{"error":{"code":"c","message":{"code":"d","message":"m"}}}', "m"),
        (b'{"detail":[{"loc":["body","n"],"msg":"a"},{"msg":"b"}]}', "a; b"),
        (b'{"detail":["a"]}', '["a"]'),
        (b"plain words", "plain words"),
        (b"<p>some <b>markup</b></p>", "some markup"),
        (b"", ""),
    ],
)
def test_the_text_of_a_refusal_is_found(fake_api: FakeApi, body: bytes, text: str) -> None:
    fake_api.faults["get_result"] = [Say(422, body)]
    with pytest.raises(errors.BadRequest) as caught:
        call(fake_api)
    assert caught.value.message == "the service answered 422" + (f": {text}" if text else "")


def test_a_list_of_mistakes_becomes_fields(fake_api: FakeApi) -> None:
    mistake = {"type": "int_parsing", "loc": ["body", "size"], "msg": "no number", "input": "x"}
    fake_api.faults["get_result"] = [say(422, {"detail": [mistake, "more"]})]
    with pytest.raises(errors.BadRequest) as caught:
        call(fake_api)
    assert caught.value.fields == (errors.InvalidField("body.size", "int_parsing", "no number"),)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"error": {"code": "not_found", "message": "m"}}, "not_found"),
        ({"error": {"code": "error", "message": {"code": "purged", "message": "m"}}}, "purged"),
        ({"detail": "m", "code": "authorization_failed"}, "authorization_failed"),
        ({"error": {"message": "m"}, "code": "outer"}, "outer"),
        ({"error": "m"}, None),
    ],
)
def test_the_code_of_a_refusal_is_found(
    fake_api: FakeApi, body: dict[str, object], code: str | None
) -> None:
    fake_api.faults["get_result"] = [say(404, body)]
    with pytest.raises(errors.NotFound, match="404: m") as caught:
        call(fake_api)
    assert caught.value.code == code


def test_an_echoed_key_is_masked_everywhere(fake_api: FakeApi) -> None:
    fake_api.faults["get_result"] = [say(401, {"error": f"unknown key {KEY}", "code": KEY})]
    with pytest.raises(errors.AuthenticationError, match=r"unknown key \*\*\*") as caught:
        call(fake_api)
    assert KEY not in repr(vars(caught.value))


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        ("https://evil.example/steal?key=1", "redirect to https://evil.example"),
        ("/elsewhere", "answered 302"),
        ("https://[", "redirect"),
        ("", "answered 302"),
    ],
)
def test_a_redirect_names_only_where_it_points(
    fake_api: FakeApi, location: str, shown: str
) -> None:
    fake_api.faults["get_result"] = [say(302, location=location)]
    with pytest.raises(errors.RedirectRefused, match=shown) as caught:
        call(fake_api)
    assert "steal" not in str(caught.value)


@pytest.mark.parametrize("header", ["x-request-id", "x-amzn-RequestId", "apigw-requestid"])
def test_a_request_id_is_found_whatever_it_is_called(fake_api: FakeApi, header: str) -> None:
    fake_api.faults["get_result"] = [Say(404, b"{}", {header: "r-1"})]
    with pytest.raises(errors.NotFound) as caught:
        call(fake_api)
    assert caught.value.request_id == "r-1"
    headers = httpx.Headers({header: "r-1"})
    assert Response(200, headers, b"", None).request_id == request_id(headers) == "r-1"


@pytest.mark.parametrize(
    ("header", "body", "pause"),
    [
        ("3", {"retry_after": 30}, 30),
        ("30", {"retry_after": 3}, 30),
        (None, {"retry_after": 30}, 30),
        (None, {"retry_after": 2.5}, 2.5),
        (None, {"retry_after": -1}, 2),
        (None, {"retry_after": True}, 2),
        (None, {"retry_after": "30"}, 2),
        (None, {"retry_after": None}, 2),
    ],
)
def test_the_pause_may_stand_in_the_body(header: str | None, body: Any, pause: float) -> None:
    fake_api = FakeApi()
    fake_api.faults["get_result"] = [say(429, body, **({"retry_after": header} if header else {}))]
    _, io = call(fake_api, retry=Retry(jitter=0))
    assert io.slept == [pause]


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        ([{"field": "a.b", "type": "required", "description": "is required"}], ["a.b"]),
        ([{"field": None}, "nonsense", 1], [""]),
        ({"field": "a"}, []),
        (None, []),
    ],
)
def test_a_refused_body_tells_which_fields_were_wrong(listed: Any, found: list[str]) -> None:
    fake_api = FakeApi()
    fake_api.faults["predict"] = [say(422, {"title": "Invalid", "invalid_fields": listed})]
    with pytest.raises(errors.BadRequest, match="Invalid") as caught:
        call(fake_api, "predict")
    assert [entry.field for entry in caught.value.fields] == found
