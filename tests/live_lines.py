"""Sockets of realtime sessions without a network: a script answers each frame, in virtual time."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from redenlab import Retry
from redenlab.core.live.socket import Closed, Frame
from redenlab.dalston import AsyncDalston, AsyncRealtimeSession

KEY = "dk_0123456789abcdef"
BASE = "http://127.0.0.1:9"
BEGIN = '{"type":"session.begin","session_id":"sess_0000000000000001","config":{"language":"en"}}'
END = '{"type":"session.end","session_id":"sess_0000000000000001","total_audio_seconds":1.5}'

Said = str | bytes | Closed
Script = Callable[[Frame], Iterable[Said]]


def final(start: float, end: float, text: str = "hello") -> str:
    """A final message."""
    return f'{{"type":"transcript.final","text":"{text}","start":{start},"end":{end}}}'


def polite(frame: Frame) -> Iterable[Said]:
    """Ends a session orderly, and says nothing else."""
    return [END] if isinstance(frame, str) and '"end"' in frame else []


@dataclass
class Line:
    """One connection.

    Attributes:
        script: What the service says to a frame.
        received: Every frame that the service got.
        waits: Awaited before a frame is taken: a slow network.
    """

    script: Script = polite
    first: Iterable[Said] = (BEGIN,)
    waits: Callable[[], Awaitable[object]] = lambda: asyncio.sleep(0)
    received: list[Frame] = field(default_factory=list[Frame])
    is_closed: bool = False

    def __post_init__(self) -> None:
        self._said: deque[Said] = deque(self.first)
        self._more = asyncio.Event()
        self._gone: Closed | None = None

    @property
    def audio(self) -> bytes:
        """All audio that the service got."""
        return b"".join(frame for frame in self.received if isinstance(frame, bytes))

    def say(self, *said: Said) -> None:
        """Let the service say something of its own accord."""
        self._said.extend(said)
        self._more.set()

    async def send(self, frame: Frame) -> None:
        await self.waits()
        if self._gone is not None:
            raise self._gone
        self.received.append(frame)
        self.say(*self.script(frame))

    async def recv(self) -> Frame:
        while not self._said:
            self._more.clear()
            await self._more.wait()
        said = self._said.popleft()
        if isinstance(said, Closed):
            self._gone = said
            raise said
        return said

    async def close(self) -> None:
        self.is_closed = True
        self._gone = self._gone or Closed(1000)


class Clock:
    """An `Io` of which sessions use the clock alone; it moves when somebody sleeps."""

    def __init__(self) -> None:
        self.time = 0.0

    def now(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.time += seconds
        await asyncio.sleep(0)

    async def run_in_thread(self, function: Callable[[], Any]) -> Any:
        return function()


class Lines:
    """The connections of a session, one after the other.

    Attributes:
        queries: The query of each handshake.
    """

    def __init__(self, *lines: Line | Exception) -> None:
        self._lines = deque(lines)
        self.queries: list[dict[str, str]] = []
        self.clock = Clock()

    async def connect(self, _context: Any, request: Any) -> Line:
        self.queries.append(dict(request.query))
        found = self._lines.popleft()
        if isinstance(found, Exception):
            raise found
        return found

    def session(self, **options: Any) -> AsyncRealtimeSession:
        """A session over these connections."""
        client = AsyncDalston(BASE, KEY, retry=Retry(initial=0, jitter=0))
        made = client.realtime(**options)
        service = made._session._service
        made._session._service = replace(service, connect=self.connect, io=self.clock)
        return made
