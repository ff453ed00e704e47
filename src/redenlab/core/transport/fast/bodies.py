"""Bodies of requests, as pyreqwest asks for them.

It has one thread for all requests of the process, so nothing here may block that thread: what is in
memory is handed out there, and what has to be read is handed out by an event loop.
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Generator, Iterator
from contextvars import copy_context
from functools import partial
from typing import Any

from redenlab.core.transport.io import Stream
from redenlab.core.transport.readers import Reading, readers


class Held:
    """A body in memory.

    Attributes:
        begun: Whether it was asked for. Until then no complete request was sent.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        self.begun: bool = False

    def __iter__(self) -> Iterator[bytes]:
        self.begun = True
        yield self._content

    def close(self) -> None:
        """There is nothing to close."""


class Streamed:
    """A body that is read while it is sent: a thread reads the next chunk while one is sent.

    pyreqwest asks for each chunk in a task of its own, which it does not cancel, and which has no
    context of ours. So `close` ends the wait for a chunk, and the source is read in the context in
    which this was made.

    Attributes:
        begun: See `Held`.
    """

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._context = copy_context()
        self._ahead: Reading | None = None
        self._sent = 0
        self._closed = False
        self.begun: bool = False

    def __aiter__(self) -> "Streamed":
        return self

    def __anext__(self) -> Awaitable[bytes]:
        return _Next(self.following)

    async def following(self) -> bytes:
        """The next chunk."""
        self.begun = True
        self._acknowledge()
        chunk = b"" if self._closed else await _finished(self._ahead or self._start())
        self._ahead = None
        if not chunk or self._closed:
            raise StopAsyncIteration
        self._ahead = self._start()
        self._sent = len(chunk)
        return chunk

    def finish(self) -> None:
        """It was accepted, so that all of it was sent."""
        self._acknowledge()

    def close(self) -> None:
        """Read no more; a read that is under way is left behind."""
        self._closed = True
        if self._ahead is not None:
            readers().leave(self._ahead)

    def _acknowledge(self) -> None:
        if self._sent:
            self._context.run(self._stream.on_sent, self._sent)
            self._sent = 0

    def _start(self) -> Reading:
        read = partial(next, self._stream.chunks, b"")
        self._ahead = self._context.run(readers().start, read)
        return self._ahead


class _Next:
    """An awaitable that is no coroutine yet: a loop that has ended never awaits it."""

    def __init__(self, begin: Callable[[], Coroutine[Any, Any, bytes]]) -> None:
        self._begin = begin

    def __await__(self) -> Generator[Any, Any, bytes]:
        return self._begin().__await__()


async def _finished(reading: Reading) -> Any:
    """What was read; the thread that reads wakes the event loop."""
    if not reading.done():
        loop = asyncio.get_running_loop()
        over = loop.create_future()
        reading.add_done_callback(partial(_wake, loop, over))
        await over
    return reading.result()


def _wake(loop: asyncio.AbstractEventLoop, over: "asyncio.Future[None]", _: Any) -> None:
    try:
        loop.call_soon_threadsafe(_set, over)
    except RuntimeError:  # the loop was closed meanwhile
        return


def _set(over: "asyncio.Future[None]") -> None:
    if not over.done():
        over.set_result(None)


Body = Held | Streamed


def body_of(content: bytes | Stream) -> Body | None:
    """The body for `content`; ``None`` where there is none."""
    if isinstance(content, Stream):
        return Streamed(content)
    return Held(content) if content else None
