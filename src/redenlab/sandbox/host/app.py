"""The backends and the storage behind HTTP: bodies in, responses out, and a note of each."""

import asyncio
import logging
import secrets
import shutil
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from redenlab.core.files.recording import MAX_BYTES
from redenlab.core.spec.expressions import Headers
from redenlab.lowlevel.types import RawResponse
from redenlab.sandbox.engine.messages import FORM, Blob, Content, Held, Live, Received, Refused
from redenlab.sandbox.faults import Fault
from redenlab.sandbox.host.common import Link
from redenlab.sandbox.host.faulty import Target
from redenlab.sandbox.host.folder import Folder
from redenlab.sandbox.host.incoming import Incoming
from redenlab.sandbox.host.recorder import BODY_BYTES, Recorder
from redenlab.sandbox.host.served import Served

_log = logging.getLogger(__name__)

MEMORY_BYTES = 1024 * 1024
"""Bodies up to this size stay in memory; longer ones that are no JSON go to a file."""

_RECORDED = ("audio/", "video/", "image/", "application/octet-stream")
"""Types of bodies that always go to a file, so that they are deleted in time."""

INTERVAL = 0.02
"""Seconds between two looks at a job whose response is held back, or comes while it runs."""


class Api:
    """Every backend, each below its own path."""

    def __init__(self, served: Sequence[Served], folder: Folder, other: ASGIApp) -> None:
        """Keep files in `folder`; `other` responds to every other path."""
        self._served = {each.name: each for each in served}
        self._folder = folder
        self._other = other

    def backend(self, path: str) -> Served | None:
        """The backend that a path is below."""
        return self._served.get(path.split("/")[1])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to a request (ASGI)."""
        served = self.backend(scope["path"])
        if served is None:
            await self._other(scope, receive, send)
        else:
            await self.serve(served, scope, receive, send)

    async def serve(self, served: Served, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to a request for a backend."""
        request = Request(scope, receive)
        try:
            response = await self._response(served, request)
        except ClientDisconnect:
            return
        except Exception:  # noqa: BLE001 - a bug, or a disk that is full
            _log.exception("the sandbox could not respond")
            bug = Refused(500, "Internal Server Error")
            response = _sent(served.engine.service.refusal(None, bug))
        response.headers["x-request-id"] = secrets.token_hex(16)
        await response(scope, receive, send)

    async def _response(self, served: Served, request: Request) -> Response:
        try:
            received = await self._received(served, request)
        except (Refused, HTTPException) as error:
            refused = error if isinstance(error, Refused) else Refused(400, error.detail)
            return _sent(served.engine.service.refusal(None, refused))
        request.state.body = (
            received.content[:BODY_BYTES] if isinstance(received.content, bytes) else b""
        )
        exchange = served.respond(received)
        request.state.target = served.made(exchange)
        request.state.job = exchange.job
        found = exchange.response
        if isinstance(found, Live):
            return StreamingResponse(
                _events(found), 200, {"cache-control": "no-store"}, "text/event-stream"
            )
        if isinstance(found, Held):
            ends = time.monotonic() + found.seconds
            while not found.is_due() and time.monotonic() < ends:  # noqa: ASYNC110 - of other threads
                await asyncio.sleep(INTERVAL)
            with served.lock:
                found = found.respond()
        return _sent(found)

    async def _received(self, served: Served, request: Request) -> Received:
        scope = request.scope
        query = scope["query_string"].decode("latin-1")
        path = scope["raw_path"].decode("latin-1")
        is_api = self.backend(scope["path"]) is not None
        place = served.address(path) if is_api else f"{served.storage_url}{path}"
        url = f"{place}{'?' if query else ''}{query}"
        headers = Headers(dict(request.headers))
        received = Received(request.method, url, headers)
        request = Request(scope, _bounded(request.receive, MAX_BYTES))
        if received.media_type == FORM:
            limit = served.backend.max_body
            async with request.form(max_part_size=limit) as form:
                parts = [
                    (name, await self._file(value) if isinstance(value, UploadFile) else value)
                    for name, value in form.multi_items()
                ]
            return received.with_form(parts)
        return replace(received, content=await self._content(served, request, received))

    async def _content(self, served: Served, request: Request, received: Received) -> Content:
        is_json = "json" in received.media_type
        memory = 0 if received.media_type.startswith(_RECORDED) else MEMORY_BYTES
        content = bytearray()
        chunks = request.stream()
        async for chunk in chunks:
            content += chunk
            if len(content) > (served.backend.max_body if is_json else memory):
                break
        else:
            return bytes(content)
        if is_json:
            raise Refused(413, "the request body is too large")
        with Incoming(self._folder.incoming) as incoming:
            incoming.write(bytes(content))
            async for chunk in chunks:
                await run_in_threadpool(incoming.write, chunk)
            incoming.close()
            return self.keep(incoming.path, incoming.digest)

    async def _file(self, part: UploadFile) -> Blob:
        def write() -> Blob:
            with Incoming(self._folder.incoming) as incoming:
                shutil.copyfileobj(part.file, incoming)
                incoming.close()
                name, media_type = part.filename or "", part.content_type or ""
                return self.keep(incoming.path, incoming.digest, name, media_type)

        return await run_in_threadpool(write)

    def keep(self, path: Path, digest: str, name: str = "", media_type: str = "") -> Blob:
        """Take over a complete file."""
        kept = self._folder.files / digest
        size = path.stat().st_size
        path.replace(kept)
        return Blob(kept, size, digest, name, media_type)


class Objects:
    """What the storage holds: what was uploaded to links, and what is behind them."""

    def __init__(self, api: Api, links: Mapping[str, Link]) -> None:
        """Serve `links`."""
        self._api = api
        self._links = links
        self._arrived: set[str] = set()

    def link(self, key: str) -> Link | None:
        """What the backend sent that path for."""
        return self._links.get(key.partition("/")[0])

    def expects(self, key: str) -> bool:
        """Whether an object may be sent there."""
        link = self.link(key)
        return link is not None and link.method == "PUT"

    def exists(self, key: str) -> bool:
        """Whether an object has been sent there."""
        return key in self._arrived

    def arrived(
        self, key: str, path: Path, digest: str, etag: str, headers: Mapping[str, str]
    ) -> None:
        """Take over an object."""
        del etag
        link = self._links[key.partition("/")[0]]
        blob = self._api.keep(path, digest, key.rpartition("/")[2], headers.get("content-type", ""))
        own = {name: text for name, text in headers.items() if name == "content-type"}
        link.served.respond(Received(link.method, link.url, Headers(own), blob))
        self._arrived.add(key)

    def content(self, key: str) -> tuple[bytes | Path, str] | None:
        """What is behind a link."""
        link = self.link(key)
        if link is None:
            return None
        found = link.served.respond(Received("GET", link.url, Headers({}))).response
        if not isinstance(found, RawResponse) or found.status_code != 200:
            return None
        return found.content, found.headers.get("content-type", "application/octet-stream")


def recorded(app: ASGIApp, recorder: Recorder, api: Api, storage_port: int) -> ASGIApp:
    """`app`, which notes every request to a backend or the storage."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        served = api.backend(scope["path"])
        is_storage = scope["server"][1] == storage_port
        if served is None and not is_storage:
            await app(scope, receive, send)
            return
        request = _Request(scope, served.name if served else "storage", recorder)

        async def noted(message: Message) -> None:
            request.add(message)
            await send(message)

        try:
            await app(scope, receive, noted)
        finally:
            request.note()

    return serve


class _Request:
    """A request while it is responded to."""

    def __init__(self, scope: Scope, backend: str, recorder: Recorder) -> None:
        self._scope, self._backend, self._recorder = scope, backend, recorder
        self._begun, self._at = time.monotonic(), time.time()
        self._status: int | None = None
        self._size = 0
        self._is_noted = False

    def add(self, message: Message) -> None:
        """Note the request before its caller has all of the response, and may ask about it."""
        self._status = message.get("status", self._status)
        self._size += len(message.get("body", b""))
        if message["type"] == "http.response.body" and not message.get("more_body", False):
            self.note()

    def note(self) -> None:
        """Note the request, once."""
        if self._is_noted:
            return
        self._is_noted = True
        state, request = self._scope["state"], Request(self._scope)
        target: Target = state.get("target") or Target("")
        job, fault = state.get("job"), state.get("fault")
        backend, _, operation = target.at.partition("/")
        self._recorder.note(
            at=self._at,
            seconds=time.monotonic() - self._begun,
            backend=backend or self._backend,
            operation=operation,
            job=job.id if job is not None else None,
            method=request.method,
            url=str(request.url),
            headers=dict(request.headers),
            body=state.get("body", b""),
            status=None if state["connection"].broken else self._status,
            fault=fault.kind if fault is not None else "",
            size=self._size,
        )


def note_fault(scope: Scope, fault: Fault) -> None:
    """Remember the fault that a request met."""
    scope["state"]["fault"] = fault


def _bounded(receive: Receive, limit: int) -> Receive:
    """`receive` of a body that has `limit` bytes at most.

    Raises:
        Refused: It has more.
    """
    size = 0

    async def received() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > limit:
            raise Refused(413, "the request body is too large")
        return message

    return received


async def _events(live: Live) -> AsyncIterator[bytes]:
    count, more = 0, True
    while more:
        events, more = live.following(count)
        count += len(events)
        for event in events:
            yield event
        if more:
            await asyncio.sleep(INTERVAL)


def _sent(found: RawResponse) -> Response:
    response = Response(found.content, found.status_code)
    for name, value in found.headers.items():
        response.headers[name] = value
    return response
