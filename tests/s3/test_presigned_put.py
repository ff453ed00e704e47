"""Our uploads against a real S3 server that verifies signatures, and what it refuses.

The server is rclone, whose answers were compared with what AWS documents. It is laxer than AWS
in two points: a link that is signed for a time to come works already, and an expired one is 400
AccessDenied where AWS says 403. Like AWS it ignores headers that it does not know, such as
``X-Api-Key``, so that only a look at what arrives can tell whether a key was sent along.
"""

import dataclasses
import datetime
import hashlib
import io
import os
import pickle
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import anyio
import botocore.auth
import httpx
import pytest

import drivers
from fake_api import KEY
from redenlab import AsyncInferenceClient, InferenceClient
from redenlab.core import errors
from redenlab.core.auth.discovery import StaticBaseUrl
from redenlab.core.calls.steps import Sendable, StepCaller
from redenlab.core.events import Uploading
from redenlab.core.files import storage
from redenlab.core.files.recording import CHUNK_BYTES
from redenlab.core.files.sources import open_recording
from redenlab.core.files.uploads import as_file
from redenlab.core.spec.expressions import Scope
from redenlab.core.spec.steps import UploadStep
from redenlab.core.transport.aio import AsyncIo
from redenlab.core.transport.io import Io, OutgoingRequest, Stream, run
from redenlab.core.transport.route import Route
from redenlab.core.transport.sync import BlockingIo
from redenlab.lowlevel.types import RawResponse
from s3.api import Api
from s3.front import Front
from s3.server import ACCESS_KEY, BUCKET, S3, SECRET_KEY

DATA = b"RIFF" + os.urandom(5000)
WAV = {"Content-Type": "audio/wav"}

Use = Callable[[Io], Any]
"""What to do with an `Io`: a workflow."""


def blocking(use: Use) -> Any:
    io = BlockingIo(Route())
    try:
        return run(use(io))
    finally:
        io.close()


def awaited(backend: str) -> Callable[[Use], Any]:
    async def main(use: Use) -> Any:
        io = AsyncIo(Route())
        try:
            return await use(io)
        finally:
            await io.aclose()

    return lambda use: anyio.run(main, use, backend=backend)


@pytest.fixture(
    params=[blocking, awaited("asyncio"), awaited("trio")], ids=["blocking", "asyncio", "trio"]
)
def within(request: pytest.FixtureRequest) -> Callable[[Use], Any]:
    """Each of the network drivers."""
    return request.param


async def put_by_step(
    io: Io,
    source: Any,
    url: str,
    headers: dict[str, str] | None = None,
    life: float | None = None,
    **options: Any,
) -> None:
    """Send `source` as an upload step to storage does, with the headers that the spec names."""
    made = drivers.call_context(io, **options)
    api = dataclasses.replace(made.api, base=StaticBaseUrl("http://127.0.0.1/prod"))
    context = dataclasses.replace(made, api=api)
    named = headers if headers is not None else {"Content-Type": "$file.content_type"}
    step = UploadStep(url=url, method="PUT", key="none", headers=named, body="$file")
    with open_recording(source) as opened:
        scope = Scope(file=Sendable.of(as_file(opened)))
        caller = StepCaller(context, {})
        await storage.put(context, lambda: caller.bare(step, scope), life and io.now() + life)


def upload(within: Callable[[Use], Any], source: Any, url: str, **headers: str) -> int:
    """Send `source` as the SDK does, and say how many bytes its events told of."""
    heard: list[Any] = []

    async def put(io: Io) -> None:
        await put_by_step(io, source, url, headers or None, timeout=60, emit=heard.append)

    within(put)
    *chunks, end = heard
    assert all(isinstance(event, Uploading) for event in chunks)
    assert (end.operation, end.status) == ("upload", 200)
    return chunks[-1].sent


# ---- what arrives


class Pipe(io.RawIOBase):
    """A stream that cannot seek."""

    def __init__(self, data: bytes) -> None:
        self._inner = io.BytesIO(data)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._inner.read(size)


def open_at(path: Path, position: int) -> Any:
    file = path.open("rb")
    file.seek(position)
    return file


SOURCES: dict[str, Callable[[Path], Any]] = {
    "path": lambda path: path,
    "bytes": lambda path: path.read_bytes(),
    "file": lambda path: open_at(path, 0),
    "file from its middle": lambda path: open_at(path, 1234),
    "stream": lambda path: Pipe(path.read_bytes()),
}


@pytest.mark.parametrize("kind", SOURCES)
@pytest.mark.parametrize("size", [5000, 8 * CHUNK_BYTES + 3])
def test_an_object_is_the_recording_to_the_last_byte(
    s3: S3, within: Callable[[Use], Any], tmp_path: Path, kind: str, size: int
) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(os.urandom(size))
    source = SOURCES[kind](path)
    expected = path.read_bytes()[1234 if "middle" in kind else 0 :]
    assert upload(within, source, s3.link()) == len(expected)
    assert s3.stored() == expected
    assert s3.etag() == hashlib.md5(expected).hexdigest()
    if hasattr(source, "close"):
        assert not source.closed
        source.close()


def test_storage_is_sent_its_own_headers_and_a_length_and_no_key(
    s3: S3, within: Callable[[Use], Any]
) -> None:
    with Front(s3.url) as front:
        upload(within, Pipe(DATA), s3.link(url=front.url))
    assert s3.stored() == DATA
    assert front.headers == {
        "host": front.host,
        "content-type": "audio/wav",
        "content-length": str(len(DATA)),
    }
    assert bytes(front.received[0]).endswith(b"\r\n\r\n" + DATA)  # one body, in no chunks
    assert KEY.encode() not in front.received[0]


def test_a_chunked_body_is_refused_which_is_why_none_is_ever_sent(s3: S3) -> None:
    """AWS answers 411 as well, or 501 NotImplemented."""

    def chunks() -> Iterator[bytes]:
        yield DATA

    response = httpx.put(s3.link(), headers=WAV, content=chunks(), trust_env=False)
    assert response.request.headers["Transfer-Encoding"] == "chunked"
    assert response.status_code == 411
    assert "<Code>MissingContentLength</Code>" in response.text
    assert s3.stored() is None


def test_a_body_that_ends_too_early_leaves_no_object(s3: S3) -> None:
    parts = urlsplit(s3.link())
    head = f"PUT {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
    with socket.create_connection((parts.hostname or "", parts.port or 0)) as connection:
        connection.sendall(
            f"{head}Content-Type: audio/wav\r\nContent-Length: 9000\r\n\r\n".encode()
        )
        connection.sendall(DATA)
        connection.shutdown(socket.SHUT_WR)
        connection.settimeout(5)
        assert b" 200 " not in connection.recv(65536)
    assert s3.stored() is None


def test_a_second_upload_to_a_link_replaces_the_first(s3: S3, within: Callable[[Use], Any]) -> None:
    url = s3.link()
    upload(within, b"first", url)
    upload(within, DATA, url)
    assert s3.stored() == DATA


# ---- what is refused


def flipped(url: str) -> str:
    return url[:-1] + ("0" if url[-1] != "0" else "1")


def signed(url: str, age: datetime.timedelta, **options: Any) -> Callable[[S3], str]:
    """A link that was signed some time ago."""
    now = botocore.auth.get_current_datetime

    def make(s3: S3) -> str:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(botocore.auth, "get_current_datetime", lambda *a, **k: now() - age)
            return s3.link(url, **options)

    return make


def ago(**span: int) -> datetime.timedelta:
    return datetime.timedelta(**span)


MISMATCH = (403, "SignatureDoesNotMatch")
REFUSED: dict[str, tuple[Callable[[S3], str], tuple[int, str]]] = {
    "flipped signature": (lambda s3: flipped(s3.link()), MISMATCH),
    "another key": (lambda s3: s3.link().replace("/a.wav", "/b.wav"), MISMATCH),
    "wrong secret": (lambda s3: s3.link(secret_key="wrong"), MISMATCH),
    "added parameter": (lambda s3: s3.link() + "&x-id=PutObject", MISMATCH),
    "longer lifetime": (lambda s3: s3.link().replace("Expires=900", "Expires=9000"), MISMATCH),
    "wrong content type": (lambda s3: s3.link(content_type="audio/mpeg"), MISMATCH),
    "unknown key": (
        lambda s3: s3.link(access_key="NOBODY"),
        (403, "InvalidAccessKeyId"),
    ),
    "expired by 1 s": (signed("a.wav", ago(seconds=2), expires_in=1), (400, "AccessDenied")),
    "expired after 15 min": (signed("a.wav", ago(minutes=16)), (400, "AccessDenied")),
    "unsigned": (lambda s3: s3.link().partition("?")[0], (400, "UnsupportedAlgorithm")),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_link_is_an_upload_error_with_the_storages_code(
    s3: S3, within: Callable[[Use], Any], case: str
) -> None:
    link, (status, code) = REFUSED[case]
    url = link(s3)
    with pytest.raises(errors.UploadError, match=f"{status}: {code}") as caught:
        upload(within, DATA, url)
    error = caught.value
    assert (error.status, error.code, error.attempts) == (status, code, 1)
    assert not error.retryable
    assert list((s3.folder / BUCKET).iterdir()) == []
    assert_no_secret(error, url)


def assert_no_secret(error: errors.RedenLabError, url: str) -> None:
    told = f"{error} {error!r} {vars(error)}" + repr(pickle.dumps(error))
    for secret in (KEY, ACCESS_KEY, SECRET_KEY, "X-Amz-", url.rpartition("=")[2]):
        assert secret not in told


@pytest.mark.parametrize("content_type", ["audio/wave", "audio/wav; rate=8000", "AUDIO/WAV", ""])
def test_the_content_type_is_the_one_signed_to_the_letter(
    s3: S3, within: Callable[[Use], Any], content_type: str
) -> None:
    with pytest.raises(errors.UploadError, match="403: SignatureDoesNotMatch"):
        upload(within, DATA, s3.link(), **{"Content-Type": content_type})
    assert s3.stored() is None


@pytest.mark.parametrize(
    "content_type",
    ["audio/wav", "audio/mpeg", "audio/flac", 'audio/ogg; codecs="opus"', "AUDIO/X-Mine"],
)
def test_any_content_type_works_if_it_is_the_one_signed(
    s3: S3, within: Callable[[Use], Any], content_type: str
) -> None:
    url = s3.link(content_type=content_type)
    upload(within, DATA, url, **{"Content-Type": content_type})
    assert s3.stored() == DATA


def test_a_missing_content_type_is_refused(s3: S3, within: Callable[[Use], Any]) -> None:
    with pytest.raises(errors.UploadError, match="403: AccessDenied"):
        upload(within, DATA, s3.link(), **{"X-Other": "1"})


def test_an_unsigned_amazon_header_is_refused(s3: S3, within: Callable[[Use], Any]) -> None:
    with pytest.raises(errors.UploadError, match="403: AccessDenied"):
        upload(within, DATA, s3.link(), **WAV, **{"x-amz-acl": "public-read"})


def test_a_link_that_is_old_but_valid_works(s3: S3, within: Callable[[Use], Any]) -> None:
    upload(within, DATA, signed("a.wav", ago(minutes=14))(s3))
    assert s3.stored() == DATA


def test_a_link_for_the_future_works_already_which_aws_refuses(
    s3: S3, within: Callable[[Use], Any]
) -> None:
    """AWS answers 403: AccessDenied, "Request is not yet valid"; here a wrong clock is harmless."""
    upload(within, DATA, signed("a.wav", ago(hours=-1))(s3))
    assert s3.stored() == DATA


def test_an_upload_link_reads_nothing(s3: S3, within: Callable[[Use], Any]) -> None:
    url = s3.link()
    upload(within, DATA, url)

    async def get(io: Io) -> RawResponse:
        body = Stream(iter(()), lambda _: None)
        return await io.send(OutgoingRequest("GET", url, WAV, body, to_api=False), io.now() + 5)

    response = within(get)
    assert response.status_code == 403
    assert DATA[:100] not in response.content


def test_a_link_that_is_too_old_by_our_own_clock_is_not_even_tried(
    s3: S3, within: Callable[[Use], Any]
) -> None:
    async def put(io: Io) -> None:
        await put_by_step(io, DATA, s3.link(url=front.url), life=4)

    with Front(s3.url) as front, pytest.raises(errors.UploadError, match="expired") as caught:
        within(put)
    assert caught.value.retryable
    assert front.received == []


# ---- the whole way


def predict_blocking(api: Api, source: Any) -> Any:
    with InferenceClient(KEY, api.url) as client:
        return client.predict(source, timeout=30)


def predict_awaited(api: Api, source: Any) -> Any:
    async def main() -> Any:
        async with AsyncInferenceClient(KEY, api.url) as client:
            return await client.predict(source, timeout=30)

    return anyio.run(main)


PREDICTS = pytest.mark.parametrize(
    "predict", [predict_blocking, predict_awaited], ids=["blocking", "async"]
)


@PREDICTS
def test_a_recording_goes_through_real_storage_to_its_result(
    s3: S3, wav: Path, predict: Callable[[Api, Any], Any]
) -> None:
    with Front(s3.url) as front, Api(lambda: s3.link("uploads/j/a.wav", url=front.url)) as api:
        assert predict(api, wav).result.intelligibility_score == 0.85
    assert s3.stored("uploads/j/a.wav") == wav.read_bytes()
    assert KEY.encode() not in front.received[0]
    assert [call.partition(" ")[0] for call in api.calls] == ["POST", "POST", "GET"]


@PREDICTS
@pytest.mark.parametrize("case", ["flipped signature", "expired by 1 s", "wrong content type"])
def test_nothing_is_submitted_that_storage_refused(
    s3: S3, wav: Path, predict: Callable[[Api, Any], Any], case: str
) -> None:
    link, (status, code) = REFUSED[case]
    with Api(lambda: link(s3)) as api, pytest.raises(errors.UploadError) as caught:
        predict(api, wav)
    assert (caught.value.status, caught.value.code, caught.value.job_id) == (status, code, "j")
    assert_no_secret(caught.value, link(s3))
    assert len(api.calls) == 1
