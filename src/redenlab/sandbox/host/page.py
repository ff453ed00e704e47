"""The page of the sandbox, the state that it shows, and the stream that says when to fetch it."""

import asyncio
import hashlib
import ipaddress
import json
import re
import time
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from redenlab.sandbox.host.recorder import JobView, Recorder, Seen

INTERVAL: Final = 0.2  # seconds between two events, at least
JOBS, REQUESTS = 100, 1000  # that a state has

_HTML = Path(__file__).with_name("page.html").read_text("utf-8")
_HASHES = (
    b64encode(hashlib.sha256(part.encode()).digest()).decode()
    for part in re.findall(r"(?s)<(?:style|script)>(.*?)</", _HTML)
)
_POLICY = (
    "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; connect-src 'self'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
).format(*_HASHES)
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": _POLICY,
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
}


class Faults(Protocol):
    """The faults on order; each has a `number`, a `fault` with a text, and how often it was met."""

    def listed(self) -> Sequence[Any]: ...  # noqa: D102 - as the class says


class Page:
    """The page, its state and its events; `backends` are names, titles and base URLs."""

    def __init__(
        self,
        recorder: Recorder,
        jobs: Callable[[], Sequence[JobView]],
        backends: Sequence[tuple[str, str, str]],
        faults: Faults,
    ) -> None:
        self._recorder, self._jobs, self._faults = recorder, jobs, faults
        self._backends = backends
        self._streams: dict[asyncio.Event, asyncio.AbstractEventLoop] = {}

    def app(self, *others: BaseRoute) -> ASGIApp:
        """``/``, what is below ``/_sandbox``, and `others`; not for pages of other sites."""
        own = {"/": _page, "/_sandbox/state": self._state, "/_sandbox/events": self._events}
        return _guarded(Starlette(routes=[*(Route(*route) for route in own.items()), *others]))

    def close(self) -> None:
        """End the event streams, so that the server can stop; may be called by any thread."""
        for ended, loop in tuple(self._streams.items()):
            loop.call_soon_threadsafe(ended.set)

    async def _state(self, request: Request) -> Response:
        after = int(request.query_params.get("after", 0))
        seen = [_fields(seen) for seen in self._recorder.seen[-REQUESTS:] if seen.number > after]
        jobs = sorted(self._jobs(), key=lambda job: job.created)
        faults = [
            {"number": one.number, "text": str(one.fault), "met": one.met}
            for one in self._faults.listed()
        ]
        state = {"now": time.time(), "backends": self._backends, "requests": seen, "faults": faults}
        state |= {"jobs": [asdict(job) for job in jobs[-JOBS:]], "all_jobs": len(jobs)}
        text = json.dumps({**state, "counters": self._recorder.counters})
        return Response(text, headers=_HEADERS, media_type="application/json")

    async def _events(self, _: Request) -> Response:
        return StreamingResponse(
            self._changes(), headers=_HEADERS, media_type="text/event-stream"
        )

    async def _changes(self) -> AsyncIterator[str]:
        ended, last = asyncio.Event(), None
        self._streams[ended] = asyncio.get_running_loop()
        try:
            while not ended.is_set():
                now = (self._recorder.counters, self._jobs(), self._faults.listed())
                if now != last:
                    yield "data: changed\n\n"
                last = now
                with suppress(TimeoutError):
                    await asyncio.wait_for(ended.wait(), INTERVAL)
        finally:
            del self._streams[ended]


async def _page(_: Request) -> Response:
    return HTMLResponse(_HTML, headers=_HEADERS)


def _fields(seen: Seen) -> dict[str, Any]:
    names = ("number", "at", "seconds", "name", "job", "method", "status", "fault", "size")
    return {**{name: getattr(seen, name) for name in names}, "curl": seen.curl()}


def _guarded(app: ASGIApp) -> ASGIApp:
    """`app`, without requests that a page of another site makes, be it by a name of this machine."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        headers = Request(scope).headers
        host = headers.get("host", "")
        if _is_loopback(host) and headers.get("origin") in {None, f"http://{host}"}:
            await app(scope, receive, send)
        else:
            refusal = "This page is for this machine alone: open it at http://127.0.0.1 or localhost."
            await PlainTextResponse(refusal, 403)(scope, receive, send)

    return guarded


def _is_loopback(host: str) -> bool:
    with suppress(ValueError):
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ipaddress.ip_address(name).is_loopback
    return False
