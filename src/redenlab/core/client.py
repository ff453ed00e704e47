"""What every client of every backend has in common: settings in, a channel out."""

import os
import platform
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypedDict, TypeVar, cast

import httpx

from redenlab.core import config
from redenlab.core.auth import Secret, TokenProvider
from redenlab.core.credentials import Credentials
from redenlab.core.descriptions import JobDescription
from redenlab.core.discovery import Base
from redenlab.core.errors import ConfigurationError
from redenlab.core.events import Listener
from redenlab.core.io import Io, run
from redenlab.core.logs import Logging, guard_libraries
from redenlab.core.network import Route
from redenlab.core.observation import Call, Counts, Observer
from redenlab.core.operations import Workflow
from redenlab.core.poll import Poll
from redenlab.core.retry import Bucket, Retry
from redenlab.core.session import Channel, Middleware, Session
from redenlab.core.tracing import Meter, Metering, Tracer, Tracing
from redenlab.version import __version__

if TYPE_CHECKING:
    from redenlab.core.asynchronous import AsyncIo
    from redenlab.core.blocking import BlockingIo

T = TypeVar("T")


class Options(TypedDict, total=False):
    """Settings that few need to touch.

    Attributes:
        retry: How often a request is sent again; `Retry.off()` for never.
        poll: How often a job is looked at; `Poll.proportional()` for short jobs.
        http_timeout: Seconds for one request; uploads are limited by the call's timeout alone.
        proxy: ``http://`` or ``https://`` address; ``None`` asks the environment.
        ca_bundle: PEM file with the certificate authorities to trust.
        transport: Replaces the network (an httpx transport of the client's colour).
        config_path: Replaces the configuration file in the home directory.
        token: A bearer token, or a function that gives the one of the moment and is asked before
            every request; a coroutine function for the async client. Instead of a key.
        client_id: With `client_secret`, a program's sign-in, where the service has one.
        client_secret: See `client_id`.
        token_url: Where tokens come from; ``None`` asks the service's discovery document.
        discovery_url: Replaces the address of that document.
        middleware: Stand around every request to the API, the first one outermost; see
            `redenlab.core.session.Middleware`.
        tracer: An OpenTelemetry tracer: a span per call, an event in it per attempt.
        meter: An OpenTelemetry meter: counts events and bytes.
    """

    retry: Retry | None
    poll: Poll | None
    http_timeout: float | None
    proxy: str | None
    ca_bundle: str | os.PathLike[str] | None
    transport: httpx.BaseTransport | httpx.AsyncBaseTransport | None
    config_path: str | os.PathLike[str] | None
    token: str | TokenProvider | None
    client_id: str | None
    client_secret: str | None
    token_url: str | None
    discovery_url: str | None
    middleware: Sequence[Middleware]
    tracer: Tracer | None
    meter: Meter | None


SETTINGS = ("http_timeout", "client_id", "client_secret", "token_url", "discovery_url")
"""Options that may come from the environment or the file as well."""


class CallOptions(TypedDict, total=False):
    """What every call understands.

    Attributes:
        timeout: Seconds for the whole call; ``None`` takes the client's.
        on_event: Told what happens while the call runs.
    """

    timeout: float | None
    on_event: Listener | None


class RecordingOptions(CallOptions, total=False):
    """What every call that takes a recording understands.

    Attributes:
        filename: Name to send; ``None`` takes the source's.
        content_type: ``None`` goes by the name's extension.
    """

    filename: str | None
    content_type: str | None


class Client(ABC):
    """Settings and the channel. Backends derive from `BlockingClient` and `AsyncClient`."""

    profile: ClassVar[config.Profile]
    jobs: ClassVar[Mapping[str, JobDescription[Any]]]
    auth_header: ClassVar[str]
    auth_prefix: ClassVar[str] = ""
    retry: ClassVar[Retry] = Retry()
    _blocking: ClassVar[bool]
    poll: Poll | None

    def __init__(self, arguments: dict[str, Any], options: Options) -> None:
        """Resolve every setting; nothing is sent.

        Raises:
            ConfigurationError: A setting is missing, malformed or unsafe.
            AuthenticationError: There is no usable credential; `MissingKey` where there is none.
            TypeError: There is no such option.
        """
        given: dict[str, Any] = dict(options)
        if strangers := given.keys() - Options.__annotations__.keys():
            raise TypeError(f"unknown options: {', '.join(sorted(strangers))}")
        self.settings: config.Settings = config.Settings(
            self.profile,
            {**arguments, **{name: given.get(name) for name in SETTINGS}},
            path=given.get("config_path"),
        )
        self.timeout: float = self.settings.seconds("timeout")
        self.poll = given.get("poll")
        route = Route(given.get("proxy"), given.get("ca_bundle"))
        route.check()
        retry: Retry = given.get("retry") or self.retry
        self._credentials = Credentials(self.settings, self.auth_header, self.auth_prefix)
        self._counts = Counts()
        self._observers = tuple(self._watching(given))
        self._service: str = next((job.service for job in self.jobs.values()), "redenlab")
        self._channel = Channel(
            auth=self._credentials.auth(given.get("token"), blocking=self._blocking),
            base=self._base(),
            io=self._io(route, given.get("transport")),
            retry=retry,
            bucket=Bucket(retry.budget),
            http_timeout=self.settings.seconds("http_timeout"),
            user_agent=f"redenlab/{__version__} Python/{platform.python_version()}",
            middleware=tuple(given.get("middleware", ())),
        )
        guard_libraries()

    def __repr__(self) -> str:
        """Name the address, never the key."""
        channel = getattr(self, "_channel", None)  # tracebacks show clients that are half made
        return f"{type(self).__name__}({channel.base_url if channel else ''!r})"

    @property
    def base_url(self) -> str:
        """Where the API is, without a slash at its end; empty while nobody has asked."""
        return self._channel.base_url

    @property
    def counts(self) -> Mapping[str, int]:
        """How often each kind of event came since this client was made, over all its calls.

        Beside the kinds of `redenlab.core.events` there are ``calls``, ``errors`` and
        ``bytes sent``.
        """
        return self._counts.so_far()

    def session(
        self, call: str, timeout: float | None = None, on_event: Listener | None = None
    ) -> Session:
        """One call that has to be over `timeout` seconds from now.

        Args:
            call: What logs and traces call it.
            timeout: Seconds; ``None`` takes the client's.
            on_event: Told what happens while the call runs.

        Raises:
            ConfigurationError: `timeout` is not positive.
        """
        seconds = self.timeout if timeout is None else timeout
        if isinstance(seconds, bool) or not 0 < seconds < float("inf"):
            raise ConfigurationError("timeout is not a positive number of seconds")
        watch = Call(on_event, self._service, call, self._observers)
        return Session(self._channel, self._channel.io.now() + seconds, watch)

    def _base(self) -> Base:
        """Where the API is; a room may know better."""
        return self._credentials.base()

    def _watching(self, given: Mapping[str, Any]) -> Iterator[Observer]:
        yield Logging()
        yield self._counts
        if given.get("tracer") is not None:
            yield Tracing(given["tracer"])
        if given.get("meter") is not None:
            yield Metering(given["meter"])

    async def prepared(
        self,
        session: Session,  # noqa: ARG002 - rooms use it
        values: Mapping[str, Any],
    ) -> dict[str, Any]:
        """What a body is made of, ready to be sent; a room may replace what JSON cannot hold."""
        return dict(values)

    @abstractmethod
    def _io(self, route: Route, transport: Any) -> Io:
        """The driver of this colour."""


def concealed(key: str | Secret | None, options: Options) -> Secret | None:
    """`key`, wrapped; secrets among `options` are wrapped where they are.

    A constructor calls this first, and forgets its own `key`, so that no traceback with locals
    shows either.
    """
    conceal(cast("dict[str, Any]", options))
    return Secret(key) if isinstance(key, str) else key


def conceal(options: dict[str, Any]) -> None:
    """Wrap the secrets among `options` where they are."""
    for name in ("api_key", "token", "client_secret"):
        if isinstance(options.get(name), str):
            options[name] = Secret(options[name])


def _expect(kind: type[T], transport: Any, other: str) -> T | None:
    if transport is None or isinstance(transport, kind):
        return transport
    raise ConfigurationError(f"transport is not a {kind.__name__}; is it meant for {other}?")


class BlockingClient(Client):
    """Finishes workflows at once. Use it from any thread, inside a running event loop too."""

    _driver: "BlockingIo"
    _blocking = True

    def _io(self, route: Route, transport: Any) -> Io:
        from redenlab.core.blocking import BlockingIo  # noqa: PLC0415 - one driver is enough

        self._driver = BlockingIo(
            route, _expect(httpx.BaseTransport, transport, "the async client")
        )
        return self._driver

    def finish(self, session: Session, workflow: Workflow[T]) -> T:
        """Run `workflow`, the work of `session`, to its end."""
        with session.watch.watched():
            return run(workflow)

    def close(self) -> None:
        """Close every connection. Jobs go on; the next call connects anew."""
        self._driver.close()

    def __enter__(self) -> Self:
        """Close on leaving."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()


class AsyncClient(Client):
    """Awaits workflows, on asyncio or trio."""

    _driver: "AsyncIo"
    _blocking = False

    def _io(self, route: Route, transport: Any) -> Io:
        from redenlab.core.asynchronous import AsyncIo  # noqa: PLC0415 - one driver is enough

        self._driver = AsyncIo(
            route, _expect(httpx.AsyncBaseTransport, transport, "the blocking client")
        )
        return self._driver

    async def finish(self, session: Session, workflow: Workflow[T]) -> T:
        """Run `workflow`, the work of `session`, to its end."""
        with session.watch.watched():
            return await workflow

    async def close(self) -> None:
        """Close every connection. Jobs go on; the next call connects anew."""
        await self._driver.aclose()

    async def __aenter__(self) -> Self:
        """Close on leaving."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close."""
        await self.close()
