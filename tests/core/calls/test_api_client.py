"""What is sent to the API, and the middleware around it."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from drivers import FAST, call, client
from fake_api import BASE, KEY, FakeApi
from redenlab import (
    AsyncInferenceClient,
    ConfigurationError,
)
from redenlab.core.transport.io import OutgoingRequest
from redenlab.lowlevel.types import RawResponse


def test_a_request_says_who_sends_it_and_what_it_takes(fake_api: FakeApi) -> None:
    call(fake_api)
    call(fake_api, "predict")
    poll, submit = fake_api.seen
    assert poll.url == f"{BASE}/result/j"
    assert poll.headers["X-Api-Key"] == KEY
    assert poll.headers["Accept"] == "application/json"
    assert poll.headers["Accept-Encoding"] == "identity"
    assert "User-Agent" in poll.headers
    assert "Content-Length" not in poll.headers
    assert submit.headers["Content-Length"] == str(len(submit.content))
    assert submit.headers["Content-Type"] == "application/json"
    assert KEY not in repr(poll)


async def tenant(
    message: OutgoingRequest, proceed: Callable[[OutgoingRequest], Any]
) -> RawResponse:
    from dataclasses import replace

    response: RawResponse = await proceed(
        replace(message, headers={**message.headers, "X-Tenant": "north"})
    )
    return response


def test_a_middleware_serves_both_clients(fake_api: FakeApi) -> None:
    client(fake_api, middleware=[tenant]).get_status("a")

    async def main() -> None:
        options: dict[str, Any] = {
            "transport": fake_api.transport(),
            "middleware": [tenant],
            **FAST,
        }
        async with AsyncInferenceClient(KEY, BASE, **options) as caller:
            await caller.get_status("b")

    asyncio.run(main())
    assert [message.headers["X-Tenant"] for message in fake_api.seen] == ["north", "north"]


def test_a_middleware_sees_no_credential_and_storage_no_middleware(fake_api: FakeApi) -> None:
    seen: list[OutgoingRequest] = []

    async def poll(
        message: OutgoingRequest, proceed: Callable[[OutgoingRequest], Any]
    ) -> RawResponse:
        seen.append(message)
        response: RawResponse = await proceed(message)
        return response

    client(fake_api, middleware=[poll, tenant]).predict(b"RIFF")
    assert all(KEY not in str(dict(message.headers)) for message in seen)
    sent = {message.method: message.headers for message in fake_api.seen}
    assert sent["GET"]["X-Api-Key"] == KEY
    assert "X-Tenant" not in sent["PUT"]


def test_the_first_middleware_is_the_outermost(fake_api: FakeApi) -> None:
    order: list[str] = []

    def layer(name: str) -> Any:
        async def around(
            message: OutgoingRequest, proceed: Callable[[OutgoingRequest], Any]
        ) -> RawResponse:
            order.append(f"{name} in")
            response: RawResponse = await proceed(message)
            order.append(f"{name} out")
            return response

        return around

    client(fake_api, middleware=[layer("a"), layer("b")]).get_status("j")
    assert order == ["a in", "b in", "b out", "a out"]


def test_a_middleware_may_return_its_own_response(fake_api: FakeApi) -> None:
    async def cached(_message: OutgoingRequest, _proceed: object) -> RawResponse:
        return RawResponse(200, {}, b'{"job_id": "j", "status": "processing"}')

    assert client(fake_api, middleware=[cached]).get_status("j").status == "processing"
    assert fake_api.seen == []


@pytest.mark.parametrize(
    "url", ["https://evil.example/prod/x", "https://api.example.com.evil.example/", f"{BASE}x/y"]
)
def test_a_middleware_cannot_send_the_key_elsewhere(fake_api: FakeApi, url: str) -> None:
    async def divert(
        message: OutgoingRequest, proceed: Callable[[OutgoingRequest], Any]
    ) -> RawResponse:
        from dataclasses import replace

        response: RawResponse = await proceed(replace(message, url=url))
        return response

    with pytest.raises(ConfigurationError, match="another place than the API"):
        client(fake_api, middleware=[divert]).get_status("j")
    assert fake_api.seen == []
