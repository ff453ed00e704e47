"""The page of the sandbox, the state that it shows, and the stream that says when to fetch it."""

import asyncio
import json
import re
import time
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from redenlab.sandbox.host.local import local
from redenlab.sandbox.host.recorder import JobView, Recorder, Seen

INTERVAL: Final = 0.2  # seconds between two events, at least
JOBS, REQUESTS = 100, 1000  # that a state has

_HTML = Path(__file__).with_name("page.html").read_text("utf-8")
_PARTS = re.findall(r"(?s)<(?:style|script)>(.*?)</", _HTML)
_POLICY = (
    "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; connect-src 'self'; "
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'"
).format(*(b64encode(sha256(part.encode()).digest()).decode() for part in _PARTS))
_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": _POLICY,
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
}


@dataclass(slots=True, eq=False)
class Page:
    """The page, its state and its events.

    `backends` are names, titles and base URLs; a fault that is `listed` has a `number`, a `fault`
    with a text, and how often it was `met`.
    """

    recorder: Recorder
    jobs: Callable[[], Sequence[JobView]]
    backends: Sequence[tuple[str, str, str]]
    listed: Callable[[], Sequence[Any]]
    _streams: dict[asyncio.Event, asyncio.AbstractEventLoop] = field(
        init=False, default_factory=dict[asyncio.Event, asyncio.AbstractEventLoop]
    )

    def app(self, *others: BaseRoute) -> ASGIApp:
        """``/``, what is below ``/_sandbox``, and `others`; not for pages of other sites."""
        page = Route("/", HTMLResponse(_HTML, headers=_HEADERS))
        own = [Route("/_sandbox/state", self._state), Route("/_sandbox/events", self._events)]
        return local(Starlette(routes=[page, *own, *others]))

    def close(self) -> None:
        """End the event streams, so that the server can stop; may be called by any thread."""
        for ended, loop in tuple(self._streams.items()):
            loop.call_soon_threadsafe(ended.set)

    async def _state(self, request: Request) -> Response:
        after = int(request.query_params.get("after", 0))
        jobs = sorted(self.jobs(), key=lambda job: job.created)
        state = {
            "now": time.time(),
            "backends": self.backends,
            "counters": self.recorder.counters,
            "faults": [(one.number, str(one.fault), one.met) for one in self.listed()],
            "jobs": [asdict(job) for job in jobs[-JOBS:]],
            "all_jobs": len(jobs),
            "requests": [_fields(s) for s in self.recorder.seen[-REQUESTS:] if s.number > after],
        }
        return Response(json.dumps(state), headers=_HEADERS, media_type="application/json")

    async def _events(self, _: Request) -> Response:
        return StreamingResponse(self._changes(), headers=_HEADERS, media_type="text/event-stream")

    async def _changes(self) -> AsyncIterator[str]:
        ended, last = asyncio.Event(), None
        self._streams[ended] = asyncio.get_running_loop()
        try:
            while not ended.is_set():
                now = (self.recorder.counters, self.jobs(), self.listed())
                if now != last:
                    yield "data: changed\n\n"
                last = now
                with suppress(TimeoutError):
                    await asyncio.wait_for(ended.wait(), INTERVAL)
        finally:
            del self._streams[ended]


def _fields(seen: Seen) -> dict[str, Any]:
    names = ("number", "at", "seconds", "name", "job", "method", "status", "fault", "size")
    return {**{name: getattr(seen, name) for name in names}, "curl": seen.curl()}
