"""What every client of every backend has in common: settings in, a channel out."""

import os
import platform
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypedDict, TypeVar

import httpx

from redenlab.core import auth, config
from redenlab.core.descriptions import JobDescription
from redenlab.core.errors import ConfigurationError, MissingKey
from redenlab.core.events import Event, Listener
from redenlab.core.io import Io, run
from redenlab.core.network import Route
from redenlab.core.operations import Workflow
from redenlab.core.poll import Poll
from redenlab.core.retry import Bucket, Retry
from redenlab.core.session import Channel, Session
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
    """

    retry: Retry | None
    poll: Poll | None
    http_timeout: float | None
    proxy: str | None
    ca_bundle: str | os.PathLike[str] | None
    transport: httpx.BaseTransport | httpx.AsyncBaseTransport | None
    config_path: str | os.PathLike[str] | None


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
    poll: Poll | None

    def __init__(self, arguments: dict[str, Any], options: Options) -> None:
        """Resolve every setting; nothing is sent.

        Raises:
            ConfigurationError: A setting is missing, malformed or unsafe.
            AuthenticationError: There is no usable API key; `MissingKey` where there is none.
            TypeError: There is no such option.
        """
        if strangers := options.keys() - Options.__annotations__.keys():
            raise TypeError(f"unknown options: {', '.join(sorted(strangers))}")
        self.settings: config.Settings = config.Settings(
            self.profile,
            {**arguments, "http_timeout": options.get("http_timeout")},
            path=options.get("config_path"),
        )
        self.timeout: float = self.settings.seconds("timeout")
        self.poll = options.get("poll")
        route = Route(options.get("proxy"), options.get("ca_bundle"))
        route.check()
        retry = options.get("retry") or self.retry
        key = self._key()
        self._channel = Channel(
            io=self._io(route, options.get("transport")),
            base_url=self._base_url(),
            auth=auth.ApiKey(key, self.auth_header, self.auth_prefix),
            retry=retry,
            bucket=Bucket(retry.budget),
            http_timeout=self.settings.seconds("http_timeout"),
            user_agent=f"redenlab/{__version__} Python/{platform.python_version()}",
        )

    def __repr__(self) -> str:
        """Name the address, never the key."""
        return f"{type(self).__name__}({self._channel.base_url!r})"

    @property
    def base_url(self) -> str:
        """Where the API is, without a slash at its end."""
        return self._channel.base_url

    def session(self, timeout: float | None = None, on_event: Listener | None = None) -> Session:
        """One call that has to be over `timeout` seconds from now.

        Raises:
            ConfigurationError: `timeout` is not positive.
        """
        seconds = self.timeout if timeout is None else timeout
        if isinstance(seconds, bool) or not 0 < seconds < float("inf"):
            raise ConfigurationError("timeout is not a positive number of seconds")
        return Session(self._channel, self._channel.io.now() + seconds, on_event or _ignore)

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

    def _key(self) -> auth.Secret:
        value = self.settings.text("api_key")
        if value is not None:
            return auth.api_key(value, self.settings.source("api_key"))
        raise MissingKey(
            f"there is no API key; looked at {self.settings.source('api_key')}",
            hint="set one of them",
        )

    def _base_url(self) -> str:
        value = self.settings.text("base_url")
        if value is not None:
            return config.base_url(value, self.settings.source("base_url"))
        raise ConfigurationError(
            f"there is no base URL; looked at {self.settings.source('base_url')}",
            hint="the service has no public default; ask its operators for the address",
        )


def _ignore(event: Event) -> None:
    """Nobody listens."""


def _expect(kind: type[T], transport: Any, other: str) -> T | None:
    if transport is None or isinstance(transport, kind):
        return transport
    raise ConfigurationError(f"transport is not a {kind.__name__}; is it meant for {other}?")


class BlockingClient(Client):
    """Finishes workflows at once. Use it from any thread, inside a running event loop too."""

    _driver: "BlockingIo"

    def _io(self, route: Route, transport: Any) -> Io:
        from redenlab.core.blocking import BlockingIo  # noqa: PLC0415 - one driver is enough

        self._driver = BlockingIo(
            route, _expect(httpx.BaseTransport, transport, "the async client")
        )
        return self._driver

    def finish(self, workflow: Workflow[T]) -> T:
        """Run `workflow` to its end."""
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

    def _io(self, route: Route, transport: Any) -> Io:
        from redenlab.core.asynchronous import AsyncIo  # noqa: PLC0415 - one driver is enough

        self._driver = AsyncIo(
            route, _expect(httpx.AsyncBaseTransport, transport, "the blocking client")
        )
        return self._driver

    async def finish(self, workflow: Workflow[T]) -> T:
        """Run `workflow` to its end."""
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
