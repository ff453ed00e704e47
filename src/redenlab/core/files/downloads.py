"""What lies behind a URL of the service: JSON, files, and event streams that are resumed.

A URL is requested with the credential only below the base URL, or on a domain that the backend
lists; any other one is requested without it.
"""

import base64
import binascii
import os
import secrets
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote_to_bytes

from redenlab.core import errors
from redenlab.core.auth.secret import Secret
from redenlab.core.calls.context import CallContext
from redenlab.core.events import Retrying
from redenlab.core.transport import pools, sse
from redenlab.core.transport.io import OutgoingRequest
from redenlab.core.transport.outcomes import failed
from redenlab.core.transport.url_policy import below, origin, within
from redenlab.lowlevel.errors import DecodeError
from redenlab.lowlevel.types import RawResponse, Request

Target = Secret | Callable[[CallContext], Awaitable[OutgoingRequest]]
"""A URL, or a function that makes the request for what is wanted."""

RECONNECT = 1.0
"""Seconds before a stream is resumed, when the server does not say; doubled each time."""


async def request_for(
    context: CallContext, url: Secret, accept: str = "*/*", domains: Sequence[str] = ()
) -> OutgoingRequest:
    """A request for what is behind `url`.

    Args:
        context: Of the call.
        url: From a response.
        accept: The content type that is wanted.
        domains: Where the credential may go beside the API, if the API itself is there.
    """
    api = context.api
    rest = below(url.reveal(), api.base_url)
    if rest is not None:
        own = api.addressed(Request("a link", "GET", rest), api.base_url, accept)
        return await api.sign(own, context.limit(), secured=True)
    problem = context.io.route.egress.problem_with(url.reveal(), api.base_url)
    if problem is not None:
        shown = origin(url.reveal())
        raise errors.UntrustedURL(f"the service sent a link that {problem} ({shown})")
    headers = {"User-Agent": api.user_agent, "Accept": accept, "Accept-Encoding": "identity"}
    keyed = within(url.reveal(), domains) and within(api.base_url, domains)
    if keyed:
        headers |= await api.auth.headers(context.io, context.limit())
    return OutgoingRequest("GET", url.reveal(), headers, to_api=keyed, named_by=api.base_url)


async def chunks(context: CallContext, source: Target) -> AsyncGenerator[bytes, None]:
    """The bytes behind a URL, as they come; requested once."""
    if isinstance(source, Secret):
        if source.reveal().startswith("data:"):
            yield _decoded(source.reveal())
            return
        request = await request_for(context, source)
    else:
        request = await source(context)
    async with aclosing(context.chunks(request)) as found:
        async for chunk in found:
            yield chunk


def _decoded(url: str) -> bytes:
    """The bytes in a data URI (RFC 2397)."""
    head, _, content = url.partition(",")
    if not head.endswith(";base64"):
        return unquote_to_bytes(content)
    try:
        return base64.b64decode(content, validate=True)
    except binascii.Error:
        raise errors.UnexpectedResponse("the data URI in the response is damaged") from None


async def read(context: CallContext, source: Target, max_bytes: float = float("inf")) -> bytes:
    """All bytes behind a URL, at most `max_bytes`; requested again where that may help."""
    shown = origin(source.reveal()) if isinstance(source, Secret) else "the service"

    async def attempt() -> bytes:
        parts: list[bytes] = []
        size = 0
        async with aclosing(chunks(context, source)) as found:
            async for chunk in found:
                size += len(chunk)
                if size > max_bytes:
                    raise failed("too large", shown, max_bytes)
                parts.append(chunk)
        return b"".join(parts)

    return await context.with_retries("download", attempt, idempotent=True)


async def read_response(context: CallContext, url: Secret) -> RawResponse:
    """What is behind a URL, as a response; raises as `read` does."""
    return RawResponse(200, {}, await read(context, url, pools.MAX_RESPONSE_BYTES))


def json_of(response: RawResponse) -> Any:
    """The JSON that a link leads to."""
    try:
        return response.json()
    except DecodeError as error:
        raise errors.UnexpectedResponse(f"the link to the result has no JSON: {error}") from None


async def save(context: CallContext, source: Target, path: str | os.PathLike[str]) -> Path:
    """Write what is behind a URL to `path`, where it appears once it is complete."""
    target = Path(path)
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    run_in_thread = context.io.run_in_thread
    file: BinaryIO = await run_in_thread(part.open, "xb")

    async def attempt() -> Path:
        await run_in_thread(file.seek, 0)
        await run_in_thread(file.truncate)
        async with aclosing(chunks(context, source)) as found:
            async for chunk in found:
                await run_in_thread(file.write, chunk)
        return target

    try:
        await context.with_retries("download", attempt, idempotent=True)
        await run_in_thread(file.close)
        return await run_in_thread(part.replace, target)
    finally:  # at once and without a thread, so that cancellation does it too
        file.close()
        part.unlink(missing_ok=True)


async def events(
    context: CallContext, url: Secret, domains: Sequence[str] = ()
) -> AsyncGenerator[sse.ServerSentEvent, None]:
    """Server-sent events behind a URL, until the caller closes or the deadline passes.

    A stream that ends or breaks is resumed after the last event (``Last-Event-ID``, WHATWG HTML,
    9.2). Attempts that yield no event are limited as retries are.
    """
    request = await request_for(context, url, sse.ACCEPT, domains)
    last, failures = "", 0
    while True:
        decoder = sse.Decoder(last)
        headers = {"Cache-Control": "no-store"}
        headers |= {"Last-Event-ID": last} if last.isascii() and last.isprintable() and last else {}
        failure: errors.RedenLabError = failed("lost", origin(url.reveal()), "the stream ended")
        try:
            async with aclosing(context.chunks(request.with_headers(headers))) as found:
                async for chunk in found:
                    for event in decoder.feed(chunk):
                        last, failures = event.id, 0
                        yield event
        except errors.RedenLabError as error:
            failure = error
        failures += 1
        wait = (decoder.retry or RECONNECT) * 2 ** (failures - 1)
        wait = max(wait, failure.retry_after or 0.0)
        spent = failures > context.api.retry.retries or wait >= context.left()
        if spent or not failure.retryable:
            failure.attempts = failures
            raise failure
        context.emit(Retrying("stream", failure.message, wait, failure.template))
        await context.io.sleep(wait)
