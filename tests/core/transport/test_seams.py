"""What holds the drivers and the HTTP library together."""

import re
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

import redenlab
from fake_api import KEY
from redenlab import AsyncInferenceClient, InferenceClient
from redenlab.core.transport import aio_pool, sync_pool
from redenlab.core.transport.resolver import Resolver

BASE = "https://api.example.com/prod"
DONE = {"job_id": "j", "status": "completed", "result": {"intelligibility_score": 0.85}}
SOURCES = Path(redenlab.__file__).parent / "core"


@pytest.mark.parametrize(
    ("ours", "handle"),
    [
        (sync_pool, httpx.HTTPTransport.handle_request),
        (aio_pool, httpx.AsyncHTTPTransport.handle_async_request),
    ],
    ids=["sync", "async"],
)
def test_the_transport_of_httpx_sends_by_its_attribute_pool(ours: Any, handle: Any) -> None:
    """The one private name that is used of httpx and httpcore.

    If this fails, httpx keeps its pool under another name: give `Transport` of both modules that
    name, or, if there is no pool any more, let `Transport` derive from `httpx.BaseTransport` and
    translate requests and responses itself.
    """
    transport = ours.Transport(httpx.create_ssl_context(), None, Resolver())
    assert isinstance(transport._pool, ours.Connections)
    assert "_pool" in handle.__code__.co_names


def test_no_other_private_name_of_the_http_library_is_used() -> None:
    known = {"_pool", "_replace"}  # the latter is a documented method of named tuples
    for path in (SOURCES / "transport").rglob("*.py"):
        private = re.findall(r"(?<!self)(?<!cls)\.(_[a-z]\w*)", path.read_text("utf-8"))
        assert {name for name in private if not name.startswith("__")} <= known, path.name


def test_an_unmodified_httpx_mock_intercepts_a_client(httpx_mock: Any) -> None:
    httpx_mock.add_response(json=DONE)
    with InferenceClient(KEY, BASE) as client:
        assert client.get_status("j").status == "completed"
    assert str(httpx_mock.get_requests()[0].url).startswith(BASE)


def test_an_unmodified_httpx_mock_intercepts_an_async_client(httpx_mock: Any) -> None:
    httpx_mock.add_response(json=DONE)

    async def main() -> str:
        async with AsyncInferenceClient(KEY, BASE) as client:
            return (await client.get_status("j")).status

    assert anyio.run(main) == "completed"


def test_an_unmodified_httpx_mock_sees_an_upload(httpx_mock: Any) -> None:
    ticket = {
        "job_id": "j",
        "file_key": "k",
        "expires_in": 900,
        "upload_url": "https://storage.example.com/put?signature=0",
    }
    httpx_mock.add_response(json=ticket, method="POST", url=re.compile(".*upload-url.*"))
    httpx_mock.add_response(method="PUT", url=ticket["upload_url"])
    httpx_mock.add_response(
        json={"job_id": "j", "status": "processing"}, method="POST", is_optional=True
    )
    with InferenceClient(KEY, BASE) as client:
        client.submit(b"RIFF")
    (put,) = httpx_mock.get_requests(method="PUT")
    assert put.content == b"RIFF"
