"""What openapi-python-client gets wrong by default, and our templates do not.

Each test names a trap that was seen to bite in its version 0.29.
"""

import asyncio
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from redenlab.lowlevel import decoding
from redenlab.lowlevel.errors import ApiError, DecodeError, SchemaError
from redenlab.lowlevel.records import Record, field, record
from redenlab.lowlevel.types import RawResponse
from redenlab_api.ml import Client, models
from redenlab_api.ml.api.inference import create_upload_url, get_result, predict
from redenlab_api.ml.models import JobResult, PredictRequest, UploadUrlRequest
from redenlab_api.ml.models.job_status import job_status

KEY = "sk_test_c4n4ryc4n4ry"
BASE = "https://api.example.com/prod"


def client(handler: Callable[[httpx.Request], httpx.Response]) -> Client:
    transport = httpx.MockTransport(handler)
    return Client(BASE, KEY, transport=transport, async_transport=transport)


def poll(status: int = 200, **content: Any) -> JobResult:
    """What the plain client makes of a response."""
    with client(lambda _: httpx.Response(status, **content)) as plain:
        return get_result.sync(plain, "j")


def test_every_request_has_a_timeout_by_default() -> None:
    seen: list[Any] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request.extensions["timeout"])
        return httpx.Response(200, json={"job_id": "j", "status": "x"})

    with client(handler) as plain:
        get_result.sync(plain, "j")
    assert seen == [{"connect": 30.0, "read": 30.0, "write": 30.0, "pool": 30.0}]


def test_the_key_is_not_in_the_clients_representation() -> None:
    assert KEY not in repr(client(lambda _: httpx.Response(200)))


def test_the_key_header_is_the_one_of_the_spec() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        assert request.headers["X-Api-Key"] == KEY
        assert "authorization" not in request.headers
        return httpx.Response(200, json={"job_id": "j", "status": "x"})

    with client(handler) as plain:
        get_result.sync(plain, "j")


@pytest.mark.parametrize("status", [401, 429, 502])
def test_an_html_error_body_is_an_api_error(status: int) -> None:
    with pytest.raises(ApiError) as caught:
        poll(status, html="<h1>Sign in</h1>", headers={"Retry-After": "3"})
    assert caught.value.status_code == status
    assert caught.value.headers["retry-after"] == "3"
    assert "Sign in" not in str(caught.value)


@pytest.mark.parametrize("status", [418, 520, 599])
def test_an_undocumented_http_status_is_an_api_error(status: int) -> None:
    with pytest.raises(ApiError, match=str(status)):
        poll(status, text="?")


def test_an_undocumented_success_is_a_success_if_its_body_is_as_documented() -> None:
    assert poll(299, json={"job_id": "j", "status": "pending"}).status == "pending"
    with pytest.raises(DecodeError):
        poll(299, text="?")


def test_a_documented_error_is_raised_and_not_returned() -> None:
    with pytest.raises(ApiError):
        poll(404, json={"error": "no such job"})


def test_an_unknown_status_value_is_kept() -> None:
    assert poll(json={"job_id": "j", "status": "archiving"}).status == "archiving"


def test_an_unknown_value_of_an_enumeration_is_kept() -> None:
    assert job_status("archiving") == "archiving"


class Cat(Record):
    kind: str = field(decoding.constant("cat"))


class Dog(Record):
    kind: str = field(decoding.constant("dog"))


def test_variants_are_told_apart_by_their_discriminator() -> None:
    """The first variant that parses must not win: both of these have the same other fields."""
    decode = decoding.union(record(lambda: Cat), record(lambda: Dog))
    found = [type(decode({"kind": kind})) for kind in ("dog", "cat")]
    assert found == [Dog, Cat]
    with pytest.raises(SchemaError, match="variants"):
        decode({"kind": "cow"})


def test_null_for_an_optional_object_is_none() -> None:
    assert poll(json={"job_id": "j", "status": "x", "result": None}).result is None


def test_a_missing_required_key_is_named() -> None:
    with pytest.raises(SchemaError, match="nothing at '/job_id'"):
        poll(json={"status": "x"})


@pytest.mark.parametrize(
    ("field", "value", "found"),
    [("job_id", 7, "an integer"), ("status", None, "null"), ("error", {}, "an object")],
)
def test_a_wrong_scalar_is_named(field: str, value: Any, found: str) -> None:
    with pytest.raises(SchemaError, match=f"{found} at '/{field}' where a string was expected"):
        poll(json={"job_id": "j", "status": "x"} | {field: value})


def test_a_wrong_value_deep_inside_is_named_by_its_pointer() -> None:
    turns = [{"speaker": "A", "start": 0, "end": 1}, {"speaker": "B", "start": "soon", "end": 2}]
    with pytest.raises(SchemaError) as caught:
        models.SpeakerDiarisationResult.from_dict({"speaker_count": 2, "diarization": turns})
    assert caught.value.path == "/diarization/1/start"


def test_nothing_is_shared_between_two_clients_of_one_address() -> None:
    one, two = (client(lambda _: httpx.Response(200)) for _ in range(2))
    one.close()
    assert two._sync.is_closed is False
    two.close()


def test_building_and_parsing_need_no_network() -> None:
    request = predict.build("intelligibility", body=PredictRequest(job_id="j", file_key="k"))
    assert (request.method, request.path) == ("POST", "/intelligibility/predict")
    assert request.content == b'{"job_id":"j","file_key":"k"}'
    assert predict.parse(RawResponse(200, {}, b'{"job_id":"j"}')).job_id == "j"


def test_the_plain_functions_work_sync_and_async() -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        ticket = {"job_id": "j", "upload_url": "https://s", "file_key": "k", "expires_in": 9}
        assert request.content == b'{"filename":"a.wav","content_type":"audio/wav"}'
        return httpx.Response(200, json=ticket)

    async def main() -> None:
        async with client(handler) as plain:
            body = UploadUrlRequest(filename="a.wav")
            assert (await create_upload_url.asyncio(plain, body=body)).job_id == "j"
            detailed = await create_upload_url.asyncio_detailed(plain, body=body)
            assert (detailed.status_code, detailed.parsed.expires_in) == (200, 9)
        plain.close()

    asyncio.run(main())
    with client(handler) as plain:
        detailed = create_upload_url.sync_detailed(plain, body=UploadUrlRequest(filename="a.wav"))
        assert detailed.parsed.file_key == "k"


@pytest.mark.parametrize("content", [b"<html>", b"", b"{", b"[" * 200_000, b"\xff", b"[NaN]"])
def test_a_success_that_is_no_json_is_a_decode_error(content: bytes) -> None:
    with pytest.raises(DecodeError):
        poll(content=content)
