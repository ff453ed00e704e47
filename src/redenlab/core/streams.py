"""What is read piece by piece behind a link: files, and events that are taken up where they broke.

A link is asked with the key only below the base URL, or on a domain that a room vouches for; any
other one is asked without it, as storage is.
"""

import base64
import binascii
import os
import secrets
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote_to_bytes

from redenlab.core import errors, links, sse
from redenlab.core.auth import Secret
from redenlab.core.events import Retrying
from redenlab.core.io import Message
from redenlab.core.links import below, origin, within
from redenlab.core.session import Session, refusal
from redenlab.core.storage import EXPIRED
from redenlab_api.errors import ApiError
from redenlab_api.types import Answer, Request

RECONNECT = 1.0
"""Seconds before a stream is taken up again, when the server does not say; then twice as many."""


async def linked(
    session: Session, url: Secret, accept: str = "*/*", domains: Sequence[str] = ()
) -> Message:
    """A request for what is behind `url`.

    Args:
        session: Whose key it is.
        url: From an answer.
        accept: The content type that is wanted.
        domains: Where the key may go beside the API, if the API itself is there.

    Raises:
        UnexpectedAnswer: `url` is plain http, or leads into the caller's own machine.
    """
    channel = session.channel
    limit = min(session.deadline, session.io.now() + channel.http_timeout)
    message = _own(session, url, accept)
    if message is not None:
        return await channel.signed(message, limit, secured=True)
    if links.refusal(url.reveal(), channel.base_url) is not None:
        raise errors.UnexpectedAnswer(
            f"the service sent a link that cannot be trusted ({origin(url.reveal())})",
            hint="nothing was sent there; check the base URL",
        )
    headers = {"User-Agent": channel.user_agent, "Accept": accept, "Accept-Encoding": "identity"}
    keyed = within(url.reveal(), domains) and within(channel.base_url, domains)
    if keyed:
        headers |= await channel.auth.headers(session.io, limit)
    return Message("GET", url.reveal(), headers, to_api=keyed)


def _own(session: Session, url: Secret, accept: str) -> Message | None:
    """A request to the API itself, unsigned; ``None`` where `url` leads elsewhere."""
    rest = below(url.reveal(), session.channel.base_url)
    if rest is None:
        return None
    request = Request("a link", "GET", rest)
    return session.channel.message(request, session.channel.base_url, accept)


async def pieces(session: Session, url: Secret) -> AsyncGenerator[bytes, None]:
    """The bytes behind a link, as they come; asked for once.

    Raises:
        LinkExpired: They are not there any more.
        APIError: The link cannot be trusted, was refused, or broke.
    """
    if url.reveal().startswith("data:"):
        yield _decoded(url.reveal())
        return
    message = await linked(session, url)
    try:
        async with aclosing(session.io.listen(message, session.deadline)) as found:
            async for piece in found:
                yield piece
    except ApiError as error:
        answer = Answer(error.status_code, error.headers, error.content)
    else:
        return
    raise _unavailable(session, message, answer)


def _decoded(url: str) -> bytes:
    """The bytes in a data URI (RFC 2397)."""
    head, _, content = url.partition(",")
    if not head.endswith(";base64"):
        return unquote_to_bytes(content)
    try:
        return base64.b64decode(content, validate=True)
    except binascii.Error:
        pass
    raise errors.UnexpectedAnswer("the data URI in the answer is damaged")


async def read(session: Session, url: Secret) -> bytes:
    """All bytes behind a link; asked for again where that may help. Raises as `pieces` does."""

    async def attempt() -> bytes | errors.RedenLabError:
        parts: list[bytes] = []
        try:
            async with aclosing(pieces(session, url)) as found:
                async for piece in found:
                    parts.append(piece)  # noqa: PERF401 - what has come is lost with an error
        except errors.RedenLabError as error:
            return error.with_traceback(None)
        return b"".join(parts)

    return await session.again("the download", attempt, idempotent=True)


async def save(session: Session, url: Secret, path: str | os.PathLike[str]) -> Path:
    """Write what is behind a link to `path`, where it appears once it is whole.

    Raises:
        OSError: The file cannot be written.
        APIError: As `pieces` does; whatever was at `path` is still there.
    """
    target = Path(path)
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    offload = session.io.offload
    file = await offload(_created, part)

    async def attempt() -> Path | errors.RedenLabError:
        await offload(file.seek, 0)
        await offload(file.truncate)
        try:
            async with aclosing(pieces(session, url)) as found:
                async for piece in found:
                    await offload(file.write, piece)
        except errors.RedenLabError as error:
            return error.with_traceback(None)
        return target

    try:
        await session.again("the download", attempt, idempotent=True)
        await offload(file.close)
        return await offload(part.replace, target)
    finally:
        _discard(file, part)


def _created(part: Path) -> BinaryIO:
    return part.open("xb")


def _discard(file: BinaryIO, part: Path) -> None:
    """What is left of a file that did not become whole; at once, so that cancelling does it too."""
    file.close()
    part.unlink(missing_ok=True)


async def events(
    session: Session, url: Secret, domains: Sequence[str] = ()
) -> AsyncGenerator[sse.Message, None]:
    """Server-sent events behind a link, until whoever listens closes or the deadline passes.

    A stream that ends or breaks is asked for again from the last event on (``Last-Event-ID``,
    WHATWG HTML, 9.2). Tries that bring nothing are limited as any retries are.

    Raises:
        APIError: The link cannot be trusted, the service refused, or the stream stays broken.
    """
    message = await linked(session, url, sse.ACCEPT, domains)
    last, failures = "", 0
    while True:
        decoder = sse.Decoder(last)
        failure: errors.RedenLabError | None = None
        headers = {**message.headers, "Cache-Control": "no-store"}
        headers |= {"Last-Event-ID": last} if last.isascii() and last.isprintable() and last else {}
        asked = Message("GET", message.url, headers, to_api=message.to_api)
        try:
            async with aclosing(session.io.listen(asked, session.deadline)) as found:
                async for piece in found:
                    for event in decoder.feed(piece):
                        last, failures = event.id, 0
                        yield event
        except ApiError as error:
            answer = Answer(error.status_code, error.headers, error.content)
            failure = _unavailable(session, message, answer)
        except errors.NetworkError as error:
            failure = error.with_traceback(None)
        failures += 1
        failure = failure or errors.NetworkError("the stream ended early", retryable=True)
        wait = (decoder.retry or RECONNECT) * 2 ** (failures - 1)
        wait = max(wait, failure.retry_after or 0.0)
        spent = failures > session.channel.retry.retries or wait >= session.left()
        if spent or not failure.retryable:
            failure.attempts = failures
            raise failure
        session.emit(Retrying("the stream", failure.message, wait))
        await session.io.sleep(wait)


def _unavailable(session: Session, message: Message, answer: Answer) -> errors.RedenLabError:
    if message.to_api or answer.status_code not in EXPIRED:
        return refusal(answer, session.channel.auth)
    return errors.LinkExpired(
        f"storage answered {answer.status_code}",
        hint="services keep files for a while only; look for a new link, or run the job again",
        status=answer.status_code,
    )
