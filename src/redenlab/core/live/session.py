"""A realtime session: one task that reads, any number that send, and what happens when it breaks.

The reader passes each message to callbacks and to a bounded queue. Where no messages are taken out
of the queue, the reader stops, so the socket is not read any more, and the service is slowed down.
Sending waits for the network. So neither direction uses more memory the longer a session lasts.

Audio is kept until the service is known to have transcribed it, for a minute at most
(`redenlab.core.live.tail`). After a break it is sent again, over a new connection, or it is handed
back with the error: ``unsent``.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from inspect import isawaitable
from typing import Any, Generic

from redenlab.core.calls.context import CallContext
from redenlab.core.errors import InputError, RedenLabError, stripped
from redenlab.core.events import Retrying
from redenlab.core.live.audio import AudioFormat
from redenlab.core.live.service import Codec, M, Reconnect, Service
from redenlab.core.live.socket import Closed, Frame, Socket
from redenlab.core.live.tail import Tail
from redenlab.core.transport.outcomes import failed

MAX_MESSAGES = 1024
"""Messages that wait to be taken; then the socket is not read any more."""

MAX_LAST_MESSAGES = 4 * MAX_MESSAGES
"""The same while the session is closed, so that finals can be read afterwards."""

STALLED = "check the network; or no messages are taken: iterate over the session, or add callbacks"
"""The hint of the error where sending takes too long."""


class Session(Generic[M]):
    """A realtime session, on asyncio.

    Attributes:
        codec: Of the current connection; ``None`` before the first.
        settings: A frame that a new connection begins with; ``None`` for none.
    """

    def __init__(self, service: Service[M], reconnect: Reconnect | None = None) -> None:
        """Connect nothing yet."""
        self.codec: Codec[M] | None = None
        self.settings: str | None = None
        self._service = service
        self._reconnect = reconnect
        self._callbacks: dict[str, list[Callable[[Any], Any]]] = {}
        self._tail = Tail(service.form)
        self._socket: Socket | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._queue: deque[M] = deque()
        self._limit = MAX_MESSAGES
        self._is_iterated = self._is_closing = self._is_ending = False
        self._is_over = self._is_closed = False
        self._reconnected = 0
        self._since = 0.0
        self._stall = service.stall + (reconnect.budget if reconnect is not None else 0.0)
        self._error: Exception | None = None
        self._changed = asyncio.Condition()
        self._order = asyncio.Lock()
        self._ready = asyncio.Event()

    @property
    def form(self) -> AudioFormat:
        """The form of the audio."""
        return self._service.form

    @property
    def connected(self) -> bool:
        """Whether audio can be sent."""
        return self._socket is not None and not self._is_over

    @property
    def unsent(self) -> bytes:
        """Audio that the service is not known to have transcribed."""
        return self._tail.content

    def on(self, kind: str, callback: Callable[[Any], Any]) -> None:
        """Call a function, or await it, for each message of a type."""
        self._callbacks.setdefault(kind, []).append(callback)

    @property
    def _has_ended(self) -> bool:
        """Whether the end was sent, and all is well."""
        return self._is_ending and self._error is None

    # -- beginning and end

    async def connect(self, timeout: float | None = None) -> M:
        """Connect, and return the first message.

        Raises:
            RedenLabError: The service cannot be reached, or refuses the session.
        """
        if self._socket is not None:
            raise InputError("the session has begun", hint="make a new session for each connection")
        context = self._service.begin("realtime.connect", timeout)
        with context.instrumentation:
            first = await self._open(context)
        self._ready.set()
        self._start(self._read())
        return first

    async def close(self, timeout: float) -> None:
        """End the session, and wait until its last message has come; the first time it is called.

        Raises:
            RedenLabError: It broke, or the last message does not come.
        """
        if self._socket is None or self._is_closed:
            return
        context = self._service.begin("realtime.close", timeout)
        with context.instrumentation:
            limit = asyncio.timeout(timeout)
            try:
                async with limit:
                    await self._finish()
            except TimeoutError as error:
                self._fail(failed("timeout", "the service") if limit.expired() else error)
            finally:
                await self.abort()
            if self._error is not None:
                raise self._with_unsent(self._error)

    async def abort(self) -> None:
        """End the connection at once; does nothing the second time."""
        if self._is_closed:
            return
        self._is_closed = True
        await self._conclude()
        others = self._tasks - {asyncio.current_task()}  # a callback is called by the reader
        for task in others:
            task.cancel()
        if others:
            await asyncio.wait(others)
        if self._socket is not None:
            await self._socket.close()

    async def _finish(self) -> None:
        async with self._changed:
            self._limit = MAX_LAST_MESSAGES
            self._changed.notify_all()
        if not self._is_closing:
            self._is_closing = True
            async with self._sending():
                if not self._is_over:
                    self._is_ending = True
                    await self._put(self._service.end)
        async with self._changed:
            await self._changed.wait_for(lambda: self._is_over)

    # -- sending

    async def send_audio(self, audio: bytes) -> None:
        """Send audio; waits while the network is slow or interrupted.

        Raises:
            RedenLabError: The session is broken; the error has this audio as well, as ``unsent``.
        """
        self._check(audio)
        async with self._sending():
            self._check(audio)
            self._tail.append(audio)
            if not await self._put(audio):
                self._check()

    async def send_control(self, frame: str) -> None:
        """Send a text frame in the order of the calls, again after an interruption.

        After the end there is nothing to control, so nothing is sent.

        Raises:
            RedenLabError: The session is broken.
        """
        if self._has_ended:
            return
        self._check()
        async with self._sending():
            if self._has_ended:
                return
            self._check()
            while not await self._put(frame):
                self._check()

    def forget_audio(self) -> None:
        """Take all audio so far for dealt with."""
        self._tail.clear()

    async def pace(self, chunks: Iterable[bytes], speed: float = 1.0) -> None:
        """Send audio as fast as it was spoken, `speed` times faster if that is not 1."""
        self._check()
        io, following = self._service.io, partial(next, iter(chunks), b"")
        due = io.now()
        while chunk := await io.run_in_thread(following):
            await self.send_audio(chunk)
            due = await self._paused(due, len(chunk), speed)

    async def _paused(self, due: float, size: int, speed: float) -> float:
        """Wait as long as so many bytes last; lost time is not made up for."""
        io = self._service.io
        due += size / self._service.form.rate / speed
        if due > io.now():
            await io.sleep(due - io.now())
            return due
        return io.now()

    @asynccontextmanager
    async def _sending(self) -> AsyncGenerator[None]:
        """One caller at a time, while the session is connected or over."""
        limit = asyncio.timeout(self._stall)
        try:
            async with limit, self._order:
                await self._ready.wait()
                yield
        except TimeoutError:
            if not limit.expired():
                raise
            error = failed("timeout", "the service")
            error.hint = STALLED
            self._fail(error)
            await self.abort()
            raise self._with_unsent(error) from None

    async def _put(self, frame: Frame) -> bool:
        """Send a frame; false if the connection broke: now there is a new one, or none any more.

        To a new one audio has been sent again, and the end as well.
        """
        socket = self._socket
        assert socket is not None  # noqa: S101 - `_check` has looked
        try:
            await socket.send(frame)
        except Closed:
            if socket is self._socket and not self._is_over:
                self._ready.clear()  # until the reader has noticed as well
            await self._ready.wait()
            return False
        return True

    def _check(self, audio: bytes = b"") -> None:
        """Refuse to send where nothing can be sent; the error has the audio that was to be."""
        if self.connected and not self._is_ending:
            return
        text = "the session is over" if self._socket is not None else "the session has not begun"
        error = self._error or InputError(text, hint="connect it first, or make a new one")
        raise self._with_unsent(error, audio)

    def _with_unsent(self, error: Exception, audio: bytes = b"") -> Exception:
        if isinstance(error, RedenLabError):
            error.unsent = self._tail.content + audio
            return stripped(error)
        return error

    # -- reading

    async def next(self) -> M | None:
        """The next message; ``None`` after the last.

        Raises:
            RedenLabError: The session is broken, and its messages have all been taken.
        """
        self._is_iterated = True
        async with self._changed:
            await self._changed.wait_for(lambda: self._queue or self._is_over)
            if self._queue:
                self._changed.notify_all()
                return self._queue.popleft()
        if self._error is not None:
            raise self._with_unsent(self._error)
        return None

    async def _read(self) -> None:
        try:
            while (error := await self._read_all()) is not None:
                await self._resume(error)
        except Exception as error:  # noqa: BLE001 - of a callback; the next call raises it
            self._fail(error)
        finally:
            await self._conclude()
            if self._socket is not None:
                await self._socket.close()

    async def _read_all(self) -> RedenLabError | None:
        """Read until the connection ends; returns why it broke."""
        assert self._socket is not None  # noqa: S101 - it has been connected
        assert self.codec is not None  # noqa: S101 - likewise
        try:
            while not self.codec.done:
                message = self.codec.read(await self._socket.recv())
                if self.codec.confirmed > self._tail.seconds:
                    self._tail.confirm(self.codec.confirmed)
                    self._reconnected = 0
                await self._deliver(message)
        except Closed as closed:
            return self.codec.closed(closed)
        return None

    async def _deliver(self, message: M) -> None:
        for callback in self._callbacks.get(message.type, ()):
            result = callback(message.data)
            if isawaitable(result):
                await result
        if self._callbacks and not self._is_iterated:
            return
        async with self._changed:
            await self._changed.wait_for(lambda: len(self._queue) < self._limit)
            self._queue.append(message)
            self._changed.notify_all()

    async def _conclude(self) -> None:
        """Let everybody know that nothing more comes."""
        self._is_over = True
        self._ready.set()
        async with self._changed:
            self._changed.notify_all()

    def _fail(self, error: Exception) -> None:
        self._error = self._error or error

    # -- connections

    async def _open(self, context: CallContext) -> M:
        """Connect by the retry rules of `context`."""
        name = self._service.request(self.codec).operation
        attempt = partial(self._opened, context)
        return await context.with_retries(name, attempt, idempotent=True)

    async def _opened(self, context: CallContext) -> M:
        service = self._service
        codec = service.codec(self._tail.seconds)
        socket = await service.connect(context, service.request(self.codec))
        limit = asyncio.timeout(context.limit() - context.io.now())
        try:
            async with limit:
                first = codec.read(await socket.recv())
                while not codec.begun:
                    first = codec.read(await socket.recv())
        except BaseException as error:
            await socket.close()
            if limit.expired():
                raise failed("timeout", "the service") from None
            if isinstance(error, Closed):
                raise codec.closed(error) or failed("lost", "the service") from None
            raise
        self._socket, self.codec, self._since = socket, codec, service.io.now()
        return first

    async def _resume(self, error: RedenLabError) -> None:
        """Go on with a new connection, unless there may be none."""
        reconnect = self._reconnect
        if reconnect is None or not error.retryable:
            raise error
        lasted = self._service.io.now() - self._since
        self._reconnected = 1 if lasted > reconnect.budget else self._reconnected + 1
        if self._reconnected > reconnect.attempts:
            raise error
        self._ready.clear()
        context = self._service.begin("realtime.resume", reconnect.budget)
        context.emit(Retrying("realtime", error.message, 0.0, error.template))
        left = reconnect.attempts - self._reconnected
        retry = replace(context.api.retry, retries=left)
        with context.instrumentation:
            await self._open(replace(context, api=replace(context.api, retry=retry)))
        self._start(self._send_again(reconnect.speed))

    async def _send_again(self, speed: float) -> None:
        """Send the audio again that may be lost, while its messages are read."""
        socket, form = self._socket, self._service.form
        assert socket is not None  # noqa: S101 - it has just been connected
        audio, due = self._tail.content, self._service.io.now()
        try:
            if self.settings is not None:
                await socket.send(self.settings)
            for at in range(0, len(audio), form.chunk):
                chunk = audio[at : at + form.chunk]
                await socket.send(chunk)
                due = await self._paused(due, len(chunk), speed)
            if self._is_ending:
                await socket.send(self._service.end)
        except Closed:
            return  # the reader has noticed
        if socket is self._socket:
            self._ready.set()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
