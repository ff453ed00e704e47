"""Requests are read as a server reads them: paths, parameters, forms and credentials."""

import pytest

from redenlab.core.spec.document import Spec
from redenlab.core.spec.expressions import MISSING, Headers
from redenlab.core.spec.profile import Key
from redenlab.lowlevel.multipart import Form, JsonText
from redenlab.lowlevel.types import File
from redenlab.sandbox.engine.keys import Keys
from redenlab.sandbox.engine.messages import Received
from redenlab.sandbox.engine.routes import Route, called, typed
from scripted_api import EXAMPLES

BASE = "https://api.example.com/v1"
SPEC = Spec(EXAMPLES / "speechmatics.yaml")


def received(url: str, headers: dict[str, str] | None = None, content: bytes = b"") -> Received:
    return Received("GET", url, Headers(headers or {}), content)


def test_a_path_gives_its_parameters_unquoted() -> None:
    route = Route(SPEC, "get_transcript")
    assert route.matched("GET", "/v2/jobs/a%2Fb/transcript") == {"job_id": "a/b"}
    assert route.matched("POST", "/v2/jobs/a/transcript") is None
    assert route.matched("GET", "/v2/jobs/a/b/transcript") is None
    assert route.filled({"job_id": "7"}) == "/v2/jobs/7/transcript"


def test_only_what_is_below_the_base_url_is_an_operation() -> None:
    routes = [Route(SPEC, name) for name in SPEC.operations]
    assert called(routes, received(f"{BASE}/v2/jobs/7"), BASE).matches == {
        "get_job": {"job_id": "7"}
    }
    assert called(routes, received("https://other.example.com/v2/jobs/7"), BASE).matches == {}


@pytest.mark.parametrize(
    ("how", "request_", "expected"),
    [
        (Key("X-Key"), received(BASE, {"x-key": "k"}), True),
        (Key("X-Key"), received(BASE, {"x-key": "other"}), False),
        (Key("Authorization", "Key"), received(BASE, {"authorization": "Key k"}), True),
        (Key("X-Key"), received(BASE, {"authorization": "Bearer k"}), True),
        (Key("key", in_query=True), received(f"{BASE}?key=k"), True),
        (Key("key", in_query=True), received(BASE, {"key": "k"}), False),
    ],
)
def test_a_credential_is_where_the_spec_says(how: Key, request_: Received, expected: bool) -> None:
    assert Keys(how, "k").is_in(request_) is expected


def test_a_form_is_read_with_its_types() -> None:
    parts = (
        ("config", JsonText('{"type": "transcription"}')),
        ("data_file", File.of(b"RIFF\r\n--x", "a.wav", "audio/wav")),
        ("tags", "a"),
        ("tags", "b"),
    )
    form = Form(parts)
    found = received(BASE, form.headers, b"".join(form.chunks()))
    assert found.document == {
        "config": {"type": "transcription"},
        "data_file": b"RIFF\r\n--x",
        "tags": ["a", "b"],
    }
    assert Route(SPEC, "create_job").as_form(found.document)["data_file"] == "file"
    sent = Received("POST", f"{BASE}/v2/jobs", Headers(form.headers), found.content)
    assert list(Route(SPEC, "create_job").problems(sent, {})) == []


@pytest.mark.parametrize(
    ("headers", "content", "problem"),
    [
        ({"content-type": "multipart/form-data"}, b"x", "no boundary"),
        ({"content-type": "multipart/form-data; boundary=b"}, b"--b\r\n\r\nx\r\n--b--", "no name"),
        ({"content-type": "application/json"}, b"{", "Expecting"),
    ],
)
def test_a_body_that_cannot_be_read_is_named(
    headers: dict[str, str], content: bytes, problem: str
) -> None:
    with pytest.raises(ValueError, match=problem):
        _ = received(BASE, headers, content).document


def test_no_body_is_missing() -> None:
    assert received(BASE).document is MISSING


@pytest.mark.parametrize(
    ("text", "schema", "expected"),
    [
        ("7", {"type": "integer"}, 7),
        ("7.5", {"type": "number"}, 7.5),
        ("true", {"type": "boolean"}, True),
        ("yes", {"type": "boolean"}, "yes"),
        ("7", {"type": "string"}, "7"),
        ("7", {"type": "array", "items": {"type": "integer"}}, [7]),
        (["7", "8"], {"type": "array", "items": {"type": "integer"}}, [7, 8]),
    ],
)
def test_a_text_is_read_as_its_schema_says(
    text: str, schema: dict[str, object], expected: object
) -> None:
    assert typed(text, schema) == expected
