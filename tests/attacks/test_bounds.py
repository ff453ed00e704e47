"""What a service, a file or a setting can cost: no foreign exception, no hang, little memory."""

import contextlib
import io
import json
import logging
import os
import threading
import time
import wave
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

import redenlab
from attacks.noise import noise
from drivers import FAST, client, in_virtual_time
from fake_api import BASE, KEY, FakeApi, Say, say
from faulty_server import DONE, FaultyServer
from memory import peak
from redenlab import InferenceClient, RedenLabError, Retry, connect
from redenlab.core.auth import oauth
from redenlab.core.auth.stores import FileStore
from redenlab.core.calls.logs import Redaction
from redenlab.core.live.audio import chunks, format_of
from redenlab.core.spec.guard import guarded
from redenlab.core.spec.located import read
from redenlab.core.text import cleaned, sanitize
from redenlab.core.transport.gate import retry_after
from redenlab.dalston import Dalston
from redenlab.lowlevel.types import RawResponse, Request

SPECS = Path(__file__).parents[1] / "example_specs"

MAX_SECONDS = 20.0
"""Of one input; none comes near it, even on a busy machine."""

MAX_GROWTH = 64 * 1024
"""KiB, by all inputs of a kind."""


@contextlib.contextmanager
def refused() -> Iterator[None]:
    """Whatever is not understood is refused by an error of ours; anything else is raised."""
    with contextlib.suppress(RedenLabError):
        yield


def predicted(**faults: Any) -> Any:
    """A prediction by a service with faults."""
    fake_api = FakeApi(polls=0)
    for name, fault in faults.items():
        fake_api.faults[name] = [fault] * 9
    made = in_virtual_time(InferenceClient, fake_api, timeout=60, retry=Retry.off())
    return made.predict(b"RIFF")


# ---- 500 byte strings as each of what is read


def answer_body(data: bytes, _: Path) -> None:
    said = Say(200, data, {"Content-Type": "application/json"})
    for faults in (
        {"create_upload_url": said, "predict": say(400)},
        {"predict": said},
        {"get_result": said},
        {"get_result": Say(500, data)},
    ):
        with refused():
            predicted(**faults)


def header(data: bytes, _: Path) -> None:
    def answer(connection: Any, __: bytes) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nX-Request-Id: " % len(DONE)
        connection.sendall(head + data + b"\r\n\r\n" + DONE)
        connection.close()

    with FaultyServer(answer) as server, refused():
        options: Any = {**FAST, "retry": Retry.off(), "timeout": 5}
        with InferenceClient(KEY, server.url, **options) as made:
            made.get_status("j")


def event_stream(data: bytes, _: Path) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"Content-Type": "text/event-stream"}, content=data)

    made = Dalston(
        api_key=KEY, base_url=BASE, transport=httpx.MockTransport(answer), retry=Retry.off()
    )
    with refused():
        context = made.call_context("listen", 5)

        async def listen() -> int:
            return len([event async for event in context.listen(Request("x", "GET", "/x"))])

        made.finish(context, listen())


def audio_file(data: bytes, folder: Path) -> None:
    path = folder / "a.wav"
    path.write_bytes(data)
    with refused():
        client(FakeApi(polls=0), timeout=5).predict_segmented(path)
    with refused():
        _live(path)


def _live(path: Path) -> None:
    assert sum(map(len, chunks(path, format_of(path, "pcm_s16le", None)))) <= path.stat().st_size


def config(data: bytes, folder: Path) -> None:
    path = _private(folder / "config.yaml", data)
    with refused():
        InferenceClient(KEY, BASE, config_path=path)
    with refused():
        InferenceClient(config_path=path)


def credentials_file(data: bytes, folder: Path) -> None:
    with refused():
        FileStore(_private(folder / "credentials.yaml", data)).read(0.0)


def spec(data: bytes, folder: Path) -> None:
    for name in ("odd.yaml", "odd.json"):
        path = folder / name
        path.write_bytes(data)
        with refused():
            connect(path, api_key=KEY, base_url=BASE)


def _private(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    path.chmod(0o600)
    return path


def _wav() -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as made:
        made.setparams((1, 2, 16000, 0, "NONE", ""))
        made.writeframes(bytes(2000))
    return file.getvalue()


TICKET = b'{"job_id":"j","upload_url":"https://s.example/a?X-Amz-Signature=0","file_key":"k",'

KINDS: dict[str, tuple[Callable[[bytes, Path], None], list[bytes]]] = {
    "answer body": (answer_body, [DONE, TICKET + b'"expires_in":900}', b'{"error":"no"}']),
    "header": (header, [b"req-1", b"a\r\nRetry-After: 5", b"a\r\nContent-Encoding: identity"]),
    "event stream": (event_stream, [b'id: 1\nevent: a\ndata: {"a": 1}\n\nretry: 5\n\n']),
    "audio file": (audio_file, [_wav()]),
    "config": (config, [b"base_url: https://a.example\ntimeout: 5\nmodel_name: m\n"]),
    "credentials file": (
        credentials_file,
        [b"access_token: aaaaaaaaaa\nrefresh_token: b\ntoken_expiry: 2026-01-01T00:00:00+00:00\n"],
    ),
    "spec": (spec, [path.read_bytes() for path in sorted(SPECS.glob("[a-f]*.yaml"))]),
}


def read_all(kind: str, count: int, folder: Path) -> None:
    """Let a reader have `count` inputs; each has to end, and all together cost little memory."""
    read, samples = KINDS[kind]
    read(samples[0], folder)  # what is loaded once is no growth
    before = peak(threading.get_native_id())
    for number, data in enumerate(noise(kind, count, samples)):
        begun = time.monotonic()
        read(data, folder)
        assert time.monotonic() - begun < MAX_SECONDS, f"input {number} of {kind}"
    assert peak(threading.get_native_id()) - before < MAX_GROWTH


@pytest.mark.parametrize("kind", KINDS)
def test_random_bytes_meet_errors_of_ours(kind: str, tmp_path: Path) -> None:
    read_all(kind, 25, tmp_path)


@pytest.mark.torture
@pytest.mark.parametrize("kind", KINDS)
def test_500_random_byte_strings_meet_errors_of_ours(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    request.addfinalizer(partial(logging.disable, logging.NOTSET))
    logging.disable()  # pytest keeps all lines, which are more than the growth that is measured
    read_all(kind, 500, tmp_path)


# ---- single bounds


WAITS = {
    "a long wait": "1" + "0" * 14,
    "400 digits": "1" * 400,
    "5000 digits": "1" * 5000,
    "the largest float": "1e308",
    "no number": "nan",
    "infinity": "inf",
    "a negative one": "-1e308",
    "a far year": "Fri, 31 Dec 9999 23:59:59 -2359",
    "no year": "Mon, 01 Jan 99999 00:00:00 GMT",
}


@pytest.mark.parametrize("wait", WAITS)
def test_a_wait_that_is_asked_for_is_bounded(wait: str) -> None:
    found = retry_after(WAITS[wait], "Thu, 01 Jan 1970 00:00:00 GMT")
    assert found is None or 0 <= found <= 1e9
    fake_api = FakeApi()
    fake_api.faults["get_result"] = [say(429, Retry_After=WAITS[wait])] * 9
    with pytest.raises(RedenLabError):
        in_virtual_time(InferenceClient, fake_api, timeout=60).get_status("j")


NUMBERS = ["1" + "0" * 400, "1" * 5000, "1e400", "-1" + "0" * 400, "NaN", "-Infinity"]


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: number[:6])
def test_a_number_that_no_float_holds_is_an_error_of_ours(number: str) -> None:
    body = TICKET + b'"expires_in":' + number.encode() + b"}"
    with pytest.raises(RedenLabError):
        predicted(create_upload_url=Say(200, body))


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: number[:6])
def test_the_life_of_a_token_is_bounded(number: str) -> None:
    body = b'{"access_token":"aaaaaaaaaaaa","expires_in":' + number.encode() + b"}"
    response = RawResponse(200, httpx.Headers(), body)
    with refused():
        assert oauth._token(response, 0.0).expires <= oauth.MAX_LIFETIME
    assert oauth._lifetime(1e308) == oauth.MAX_LIFETIME


IDS = {
    "100 KB": "x" * 100_000,
    "a line break": "a\nb",
    "an escape": "a\x1b[31mb",
    "backwards": "a\u202eb",
    "a NUL": "a\0",
}


@pytest.mark.parametrize("name", IDS)
def test_a_job_that_a_service_names_by_no_id_is_refused(name: str) -> None:
    ticket = {
        "job_id": IDS[name],
        "upload_url": "https://storage.example.com/a",
        "file_key": "k",
        "expires_in": 900,
    }
    with pytest.raises(redenlab.UnexpectedResponse) as caught:
        predicted(create_upload_url=say(200, ticket))
    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 1200


@pytest.mark.parametrize("name", IDS)
def test_an_id_of_the_caller_ends_in_an_error_of_ours(name: str) -> None:
    with pytest.raises(RedenLabError):
        client(FakeApi()).get_status(IDS[name])


@pytest.mark.parametrize(
    "given", [" audio/wav", "audio/wav ", "audio/wav\r\nX: 1", "audio/wäv", "\x00"]
)
def test_a_content_type_that_no_header_may_have_is_bad_input(given: str) -> None:
    fake_api = FakeApi()
    with pytest.raises(redenlab.InputError, match="content type"):
        client(fake_api).predict(b"RIFF", content_type=given)
    assert fake_api.seen == []


LONG = {
    "one word": "x" * 40_000,
    "links": "://" * 15_000,
    "links with queries": "://a?" * 9_000,
    "users": "://a@" * 9_000,
    "headers": "(b'a', b'" * 5_000,
    "headers in both quotes": "(b'a', b\"" * 5_000 + "'",
    "escapes": "(b'a', b'" + "\\" * 40_000,
    "tags": "<" * 40_000,
    "scripts": "<script" * 6_000,
    "tokens": "token=" * 7_000,
    "credentials": "Bearer " * 6_000,
    "exceptions": "exception=A(" * 4_000,
}


@pytest.mark.parametrize("text", LONG)
@pytest.mark.parametrize("clean", [sanitize, cleaned, "log"], ids=["excerpt", "error", "log"])
def test_a_long_text_is_cleaned_in_linear_time(text: str, clean: Any) -> None:
    """What costs 1 ms a KB at most, as a header of 40 KB did 3.6 s."""
    record = logging.LogRecord("httpcore", logging.DEBUG, "", 0, LONG[text], None, None)
    begun = time.process_time()
    _ = Redaction().filter(record) if clean == "log" else clean(LONG[text])
    assert time.process_time() - begun < 1.0


def test_a_request_id_of_40_kb_costs_little_under_debug() -> None:
    def answer(connection: Any, _: bytes) -> None:
        head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nX-Request-Id: " % len(DONE)
        connection.sendall(head + b"a\"'(b<" * 7000 + b"\r\n\r\n" + DONE)

    logging.getLogger("httpcore").setLevel(logging.DEBUG)
    with FaultyServer(answer) as server, InferenceClient(KEY, server.url, **FAST) as made:
        begun = time.process_time()
        assert len(str(made.get_status("j").request_id)) <= 200
        assert time.process_time() - begun < 2.0


# ---- what connect() and the generator are given

SCHEMA = "#/components/schemas/Round"
ROUND: dict[str, Any] = {
    "itself": {"$ref": SCHEMA},
    "a loop of two": {"$ref": "#/components/schemas/Other"},
    "joined with itself": {"allOf": [{"$ref": SCHEMA}]},
    "one of itself": {"oneOf": [{"$ref": SCHEMA}]},
    "any of itself": {"anyOf": [{"$ref": SCHEMA}]},
    "a list of itself": {"type": "array", "items": {"$ref": SCHEMA}},
    "a mapping of itself": {"type": "object", "additionalProperties": {"$ref": SCHEMA}},
}


@pytest.mark.parametrize("where", ["request", "response"])
@pytest.mark.parametrize("what", ROUND)
def test_a_schema_that_leads_to_itself_hangs_nothing(what: str, where: str, tmp_path: Path) -> None:
    document = yaml.safe_load((SPECS / "acme.yaml").read_text())
    schemas = document.setdefault("components", {}).setdefault("schemas", {})
    schemas["Round"], schemas["Other"] = ROUND[what], {"$ref": SCHEMA}
    post = document["paths"]["/captions"]["post"]
    holder = post["requestBody"] if where == "request" else post["responses"]["202"]
    holder["content"]["application/json"]["schema"] = {"$ref": SCHEMA}
    path = tmp_path / "acme.json"
    path.write_text(json.dumps(document, default=str))
    with refused():
        connect(path, api_key=KEY, base_url=BASE)


ODD_SOURCES: dict[str, Any] = {
    "nothing": None,
    "a number": 5,
    "bytes": b"a.yaml",
    "a list": [],
    "an object": object(),
    "an empty text": "",
    "a NUL": "a\0.yaml",
    "half of a surrogate pair": "\ud800.yaml",
    "a long name": "x" * 5000 + ".yaml",
    "an address": "https://a.example/spec.yaml",
    "a module": "json",
    "no module": "a..b",
}


@pytest.mark.parametrize("what", ODD_SOURCES)
def test_connect_to_what_is_no_document_is_an_error_of_ours(what: str) -> None:
    with pytest.raises(redenlab.ConfigurationError):
        connect(ODD_SOURCES[what], api_key=KEY, base_url=BASE)


@pytest.mark.parametrize("kind", ["a folder", "a pipe", "a link to itself", "a device"])
def test_connect_to_what_is_no_file_neither_waits_nor_fails_oddly(
    kind: str, tmp_path: Path
) -> None:
    path = tmp_path / "odd.yaml"
    match kind:
        case "a folder":
            path.mkdir()
        case "a pipe":
            os.mkfifo(path)
        case "a link to itself":
            path.symlink_to(path)
        case _:
            path = Path("/dev/zero")
    with pytest.raises(redenlab.SpecError):
        connect(path, api_key=KEY, base_url=BASE)


OPTIONS = ("proxy", "ca_bundle", "config_path", "middleware", "tracer", "meter", "send_filenames")
ODD_VALUES = [5, "\0", b"x", [5], {"a": 1}, object(), "\ud800", float("nan")]


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("value", ODD_VALUES, ids=lambda value: type(value).__name__)
def test_an_option_of_a_wrong_type_is_an_error_of_ours(option: str, value: Any) -> None:
    with refused():
        InferenceClient(KEY, BASE, **{option: value})


@pytest.mark.parametrize("seconds", [1e10, 1e300, 10**400, float("inf"), float("nan"), 0, -1, True])
def test_a_timeout_is_bounded(seconds: Any) -> None:
    with pytest.raises(redenlab.ConfigurationError, match="seconds"):
        InferenceClient(KEY, BASE, timeout=seconds)
    with pytest.raises(redenlab.ConfigurationError, match="seconds"):
        client(FakeApi()).get_status("j", timeout=seconds)


def test_an_odd_failure_of_a_reader_has_file_and_line(tmp_path: Path) -> None:
    node = read(b"a: 1\nb:\n  c: {d: 1}\n", "odd.yaml")

    def reader(mapping: Any) -> Any:
        return mapping["no such key"]

    with (
        pytest.raises(redenlab.SpecError, match=r"^odd\.yaml:3: ") as caught,
        guarded(tmp_path / "odd.yaml"),
    ):
        reader(node["b"])
    assert isinstance(caught.value.__cause__, KeyError)


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (RecursionError(), "odd.yaml:1: this leads to itself"),
        (redenlab.SpecError("no model"), "odd.yaml:1: no model"),
        (redenlab.SpecError("odd.yaml:7: no model"), "odd.yaml:7: no model"),
    ],
    ids=["recursion", "no place", "a place"],
)
def test_an_error_of_the_generator_has_file_and_line(error: Exception, text: str) -> None:
    with pytest.raises(redenlab.SpecError) as caught, guarded(Path("odd.yaml")):
        raise error
    assert str(caught.value).startswith(text)
