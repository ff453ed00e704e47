"""Realtime sessions: `AsyncRealtimeSession` on asyncio, and `RealtimeSession` for threads.

What happens on the connection is written once, in `redenlab.core.live.session`; what messages mean
in `redenlab.dalston.messages`. The session for threads has an event loop in a thread of its own,
which goes on reading, and answers pings, while the program does something else.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from dataclasses import replace
from functools import partial
from os import PathLike
from types import TracebackType
from typing import Any, BinaryIO, Self, TypeVar, Unpack, cast

from redenlab.core.auth.secret import Secret
from redenlab.core.calls.context import CallContext
from redenlab.core.clients.base import Client
from redenlab.core.errors import PermissionDenied
from redenlab.core.live import socket
from redenlab.core.live.audio import AudioFormat, chunks
from redenlab.core.live.background import Background
from redenlab.core.live.service import Codec, Reconnect, Service
from redenlab.core.live.session import Session
from redenlab.core.transport.aio import AsyncIo
from redenlab.core.transport.io import run
from redenlab.dalston.enums import RealtimeMessageType as Kind
from redenlab.dalston.messages import RealtimeCodec, RealtimeMessage, control, parameters
from redenlab.lowlevel.types import Request
from redenlab_api.dalston.realtime import (
    PARAMETERS,
    PATH,
    Clear,
    Configure,
    ConfigureOptions,
    End,
    Flush,
    LagWarning,
    RealtimeError,
    SessionBegin,
    SessionEnd,
    StreamOptions,
    TranscriptFinal,
    TranscriptPartial,
    VADEvent,
)

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])
OnPartial = TypeVar("OnPartial", bound=Callable[[TranscriptPartial], Any])
OnFinal = TypeVar("OnFinal", bound=Callable[[TranscriptFinal], Any])
OnVAD = TypeVar("OnVAD", bound=Callable[[VADEvent], Any])
OnError = TypeVar("OnError", bound=Callable[[RealtimeError], Any])
OnWarning = TypeVar("OnWarning", bound=Callable[[LagWarning], Any])

CLOSE = 10.0
"""Seconds for the last finals."""

REFUSED = "key refused or missing scope: check the key, and that it has the scope realtime"
"""The server answers 403 to both, without a word."""


class RealtimeOptions(StreamOptions, total=False):
    """What a session is asked to do, and how it goes on after an interruption.

    Attributes:
        reconnect: ``None`` ends the session at the first interruption, with an error.
    """

    reconnect: Reconnect | None


class _Sessions:
    """What both sessions share: settings, callbacks, and what there is to know."""

    def __init__(
        self,
        base_url: str | None = None,
        api_key: str | Secret | None = None,
        **options: Unpack[RealtimeOptions],
    ) -> None:
        """Resolve the settings as `redenlab.dalston.Dalston` does; nothing is sent.

        Args:
            base_url: ``https://`` or ``wss://``; http and ws are for this machine alone.
            api_key: ``dk_…``; it is sent in a header, never in a URL. ``None`` takes
                ``DALSTON_API_KEY``, if there is any.
            options: See `RealtimeOptions`.

        Raises:
            ValidationError: An option is unusable.
            ConfigurationError: A setting is missing, malformed or unsafe.
        """
        from redenlab.dalston.client import AsyncDalston  # noqa: PLC0415 - which makes sessions

        key = Secret(api_key) if isinstance(api_key, str) else api_key
        del api_key  # debuggers that show locals must not show it
        if base_url is not None and base_url.startswith("ws"):
            base_url = f"http{base_url.removeprefix('ws')}"
        self._begin(AsyncDalston(base_url, key), options)

    @classmethod
    def of(cls, client: Client, options: RealtimeOptions) -> Self:
        """A session with the settings of a client."""
        found = cls.__new__(cls)
        found._begin(client, options)  # noqa: SLF001 - its own
        return found

    def _begin(self, client: Client, options: RealtimeOptions) -> None:
        given = dict(options)
        reconnect = cast("Reconnect | None", given.pop("reconnect", None))
        self._session = Session(_service(client, given), reconnect)
        self._changed: ConfigureOptions = {}

    @property
    def session_id(self) -> str | None:
        """``sess_…`` of the current connection; ``None`` before there is one."""
        codec = cast("RealtimeCodec | None", self._session.codec)
        return codec.begin.session_id if codec is not None and codec.begin is not None else None

    @property
    def connected(self) -> bool:
        """Whether audio can be sent."""
        return self._session.connected

    @property
    def unsent(self) -> bytes:
        """The last audio that no final covers yet, at most a minute of it."""
        return self._session.unsent

    def on_partial(self, callback: OnPartial) -> OnPartial:
        """Call a function with each `TranscriptPartial`."""
        return self._on(callback, Kind.TRANSCRIPT_PARTIAL)

    def on_final(self, callback: OnFinal) -> OnFinal:
        """Call a function with each `TranscriptFinal`, those during `close` included."""
        return self._on(callback, Kind.TRANSCRIPT_FINAL)

    def on_vad_start(self, callback: OnVAD) -> OnVAD:
        """Call a function with the `VADEvent` of each beginning of speech."""
        return self._on(callback, Kind.VAD_SPEECH_START)

    def on_vad_end(self, callback: OnVAD) -> OnVAD:
        """Call a function with the `VADEvent` of each end of speech."""
        return self._on(callback, Kind.VAD_SPEECH_END)

    def on_error(self, callback: OnError) -> OnError:
        """Call a function with each `RealtimeError`; one that ends the session is raised too."""
        return self._on(callback, Kind.ERROR)

    def on_warning(self, callback: OnWarning) -> OnWarning:
        """Call a function with each `LagWarning`."""
        return self._on(callback, Kind.WARNING)

    def _on(self, callback: F, kind: Kind) -> F:
        self._session.on(kind, self._called(callback))
        return callback

    def _called(self, callback: Callable[..., Any]) -> Callable[..., Any]:
        """How a callback is called on the event loop."""
        return callback


class AsyncRealtimeSession(_Sessions):
    """A realtime session on asyncio.

    Callbacks are functions or coroutine functions; they are called in order, and the next message
    is read when they have returned. Messages can be iterated over instead, or as well: those that
    come before the iteration begins are kept for it unless there are callbacks. Where they are not
    taken, reading stops after about a thousand messages, and so does sending.
    """

    async def connect(self, timeout: float | None = None) -> SessionBegin:
        """Connect, and wait for the first message.

        Args:
            timeout: Seconds; ``None`` takes the client's for one request.

        Raises:
            MissingExtra: The library websockets is not installed.
            AuthenticationError: The key was refused or lacks the scope.
            RateLimitError: There are too many sessions; ``4429``.
            ServerError: No worker is free; ``4503``.
            DalstonError: See `redenlab.core.errors`.
        """
        return cast("SessionBegin", (await self._session.connect(timeout)).data)

    async def send_audio(self, audio: bytes) -> None:
        """Send raw audio of the declared encoding; waits while the network is slow.

        Send it in small pieces, not faster than it is spoken; `send_file` does both.

        Raises:
            DalstonError: The session is broken; ``unsent`` of the error has this audio as well.
        """
        await self._session.send_audio(audio)

    async def send_file(self, file: str | PathLike[str] | BinaryIO, *, speed: float = 1.0) -> None:
        """Send a recording as fast as it was spoken; returns when it is sent.

        Args:
            file: A WAV file of one channel and 16 bits, or raw audio of the declared encoding: a
                path, or a binary file such as a pipe.
            speed: How many times faster.

        Raises:
            ValidationError: The file cannot be read, or has another form.
            DalstonError: As `send_audio`.
        """
        await self._session.pace(chunks(file, self._session.form), speed)

    async def flush(self) -> None:
        """Have what is buffered transcribed now."""
        await self._session.send_control(control(Flush()))

    async def clear(self) -> None:
        """Have the audio dropped that is buffered."""
        await self._session.send_control(control(Clear()))
        self._session.forget_audio()

    async def configure(self, **changes: Unpack[ConfigureOptions]) -> None:
        """Change the session; see `ConfigureOptions`."""
        self._changed |= changes
        self._session.settings = control(Configure(**self._changed))
        await self._session.send_control(control(Configure(**changes)))

    async def close(self, timeout: float = CLOSE) -> SessionEnd | None:
        """End the session, and wait for its last finals.

        Args:
            timeout: Seconds.

        Returns:
            What the server tells at the end; ``None`` where the session never began.

        Raises:
            DalstonError: It broke before its end, or the end does not come; ``unsent`` of the error
                has the audio that no final covers.
        """
        await self._session.close(timeout)
        codec = cast("RealtimeCodec | None", self._session.codec)
        return codec.end if codec is not None else None

    async def finals(self, timeout: float = CLOSE) -> list[TranscriptFinal]:
        """End the session, and return its finals; for sessions without callbacks.

        Those that were iterated over are not among them.
        """
        await self.close(timeout)
        return [each.data async for each in self if each.type == Kind.TRANSCRIPT_FINAL]

    async def __aiter__(self) -> AsyncIterator[RealtimeMessage]:
        """The messages after the first, until the session is over.

        Raises:
            DalstonError: It broke.
        """
        while (message := await self._session.next()) is not None:
            yield message

    async def __aenter__(self) -> Self:
        """Connect."""
        await self.connect()
        return self

    async def __aexit__(
        self, kind: object, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the session; at once, where an error leaves the block."""
        if error is None:
            await self.close()
        else:
            await self._session.abort()


class RealtimeSession(_Sessions):
    """A realtime session for threads; has the methods of `AsyncRealtimeSession`.

    Callbacks are functions. They are called in order in another thread, and may call the methods of
    the session, except `close` and `finals`.
    """

    _background: Background | None = None

    def _begin(self, client: Client, options: RealtimeOptions) -> None:
        self._inner = AsyncRealtimeSession.of(client, options)
        self._session = self._inner._session  # noqa: SLF001 - the same, driven from elsewhere

    def _called(self, callback: Callable[..., Any]) -> Callable[..., Any]:
        return partial(asyncio.to_thread, callback)

    def connect(self, timeout: float | None = 10.0) -> SessionBegin:
        """See `AsyncRealtimeSession.connect`."""
        if self._background is None:
            self._background = Background()
        try:
            return self._run(partial(self._inner.connect, timeout))
        except BaseException:
            self._stop()
            raise

    def send_audio(self, audio: bytes) -> None:
        """See `AsyncRealtimeSession.send_audio`."""
        self._run(partial(self._inner.send_audio, audio))

    def send_file(self, file: str | PathLike[str] | BinaryIO, *, speed: float = 1.0) -> None:
        """See `AsyncRealtimeSession.send_file`."""
        self._run(partial(self._inner.send_file, file, speed=speed))

    def flush(self) -> None:
        """See `AsyncRealtimeSession.flush`."""
        self._run(self._inner.flush)

    def clear(self) -> None:
        """See `AsyncRealtimeSession.clear`."""
        self._run(self._inner.clear)

    def configure(self, **changes: Unpack[ConfigureOptions]) -> None:
        """See `AsyncRealtimeSession.configure`."""
        self._run(partial(self._inner.configure, **changes))

    def close(self, timeout: float = CLOSE) -> SessionEnd | None:
        """See `AsyncRealtimeSession.close`."""
        try:
            return self._run(partial(self._inner.close, timeout))
        finally:
            self._stop()

    def finals(self, timeout: float = CLOSE) -> list[TranscriptFinal]:
        """See `AsyncRealtimeSession.finals`."""
        self.close(timeout)
        return [each.data for each in self if each.type == Kind.TRANSCRIPT_FINAL]

    def __iter__(self) -> Iterator[RealtimeMessage]:
        """See `AsyncRealtimeSession`; iterate in one thread, and send in another."""
        while (message := self._run(self._session.next)) is not None:
            yield message

    def __enter__(self) -> Self:
        """Connect."""
        self.connect()
        return self

    def __exit__(
        self, kind: object, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the session; at once, where an error leaves the block."""
        if error is None:
            self.close()
            return
        try:
            self._run(self._session.abort)
        finally:
            self._stop()

    def _run(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Finish `work` on the event loop of the session; without one, nothing has to wait."""
        background = self._background
        return run(work()) if background is None else background.run(work)

    def _stop(self) -> None:
        """End the event loop."""
        background, self._background = self._background, None
        if background is not None:
            background.stop()


def _service(client: Client, options: dict[str, Any]) -> Service[RealtimeMessage]:
    """The server that a client is for, as the session sees it."""
    if unknown := options.keys() - PARAMETERS.keys():
        raise TypeError(f"unknown options: {', '.join(sorted(unknown))}")
    query = parameters(options)
    audio = {name: PARAMETERS[name]["default"] for name in ("encoding", "sample_rate")}
    audio |= {name: value for name, value in options.items() if name in audio}
    own = client.call_context("realtime")
    io = own.io if client.is_async else AsyncIo(own.io.route)

    def begin(name: str, timeout: float | None) -> CallContext:
        seconds = client.settings.seconds("http_timeout") if timeout is None else timeout
        context = client.call_context(name, seconds)
        api = replace(context.api, io=io)
        return replace(context, api=api, deadline=io.now() + seconds)

    def request(before: Codec[RealtimeMessage] | None) -> Request:
        begin = before.begin if isinstance(before, RealtimeCodec) else None
        resumed = {} if begin is None else {"resume_session_id": begin.session_id}
        pairs = {**query, **resumed}
        return Request("realtime", "GET", PATH, tuple(pairs.items()))

    return Service(
        io=io,
        form=AudioFormat(**audio),
        begin=begin,
        request=request,
        codec=partial(RealtimeCodec, redact=own.redact),
        end=control(End()),
        stall=client.settings.seconds("http_timeout"),
        connect=_connect,
    )


async def _connect(context: CallContext, request: Request) -> socket.Socket:
    try:
        return await socket.connect(context, request)
    except PermissionDenied as error:
        error.hint = REFUSED
        raise
