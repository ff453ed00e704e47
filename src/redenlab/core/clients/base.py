"""What every client of every backend has in common: from settings to a call."""

import os
import platform
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypedDict, TypeVar, cast

import httpx

from redenlab.core.auth.discovery import BaseUrlProvider
from redenlab.core.auth.resolve import Credentials
from redenlab.core.auth.schemes import TokenProvider
from redenlab.core.auth.secret import Secret
from redenlab.core.auth.settings import Settings
from redenlab.core.calls.api_client import ApiClient, Middleware
from redenlab.core.calls.context import CallContext
from redenlab.core.calls.instrumentation import Call, CallObserver
from redenlab.core.calls.logs import Logging, filter_libraries, log_to_stderr
from redenlab.core.calls.metrics import Meter, Metrics
from redenlab.core.calls.retry import Bucket, Retry
from redenlab.core.calls.tracing import Tracer, Tracing
from redenlab.core.errors import ConfigurationError, boundary
from redenlab.core.events import Listener
from redenlab.core.jobs.handles import AsyncJob, Handle, Job
from redenlab.core.jobs.job_type import JobType
from redenlab.core.jobs.poll import Poll
from redenlab.core.spec.profile import Key, Profile
from redenlab.core.spec.signatures import Signature
from redenlab.core.transport.io import Io, Workflow, run
from redenlab.core.transport.route import Route
from redenlab.version import __version__

if TYPE_CHECKING:
    from redenlab.core.transport.aio import AsyncIo
    from redenlab.core.transport.sync import BlockingIo

T = TypeVar("T")


class Options(TypedDict, total=False):
    """Further settings of a client.

    Attributes:
        retry: How often a request is sent again; `Retry.off()` for never.
        poll: How often a job is polled; `Poll.proportional()` for short jobs.
        http_timeout: Seconds for one request; uploads are limited by the call's timeout alone.
        proxy: ``http://`` or ``https://`` URL; ``None`` reads the environment.
        ca_bundle: PEM file with the certificate authorities to trust.
        transport: Replaces the network (an httpx transport, sync or async like the client).
        config_path: Replaces the configuration file in the home directory.
        token: A bearer token, or a callable that returns it and is asked before each request; a
            coroutine function for the async client. Instead of a key.
        client_id: With `client_secret`, the sign-in of a program, where the service has one.
        client_secret: See `client_id`.
        token_url: Where tokens come from; ``None`` asks the service's discovery document.
        discovery_url: Replaces the URL of that document.
        middleware: Wraps every request to the API, the first one outermost; see
            `redenlab.core.calls.api_client.Middleware`.
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
    """Options of every call.

    Attributes:
        timeout: Seconds for the whole call; ``None`` takes the client's.
        on_event: Called with each event of the call.
    """

    timeout: float | None
    on_event: Listener | None


class RecordingOptions(CallOptions, total=False):
    """Options of every call that takes a recording.

    Attributes:
        filename: Name to send; ``None`` takes the source's.
        content_type: ``None`` goes by the name's extension.
    """

    filename: str | None
    content_type: str | None


class Client(ABC):
    """Settings and the way to the API. Backends derive from `BlockingClient` and `AsyncClient`."""

    handle: ClassVar[type[Handle[Any, Any]]]
    profile: ClassVar[Profile]
    jobs: ClassVar[Mapping[str, JobType[Any]]]
    key: ClassVar[Key]
    retry: ClassVar[Retry] = Retry()
    webhook_signatures: ClassVar[Mapping[str, Signature]] = {}
    is_async: ClassVar[bool]
    poll: Poll | None

    def __init__(self, arguments: dict[str, Any], options: Options) -> None:
        """Resolve every setting; nothing is sent.

        Raises:
            ConfigurationError: A setting is missing, malformed or unsafe.
            AuthenticationError: There is no usable credential; `MissingKey` where there is none.
            TypeError: There is no such option.
        """
        given: dict[str, Any] = dict(options)
        if unknown_options := given.keys() - Options.__annotations__.keys():
            raise TypeError(f"unknown options: {', '.join(sorted(unknown_options))}")
        with boundary():
            log_to_stderr()
            self._resolve(arguments, given)
        filter_libraries()

    def _resolve(self, arguments: dict[str, Any], given: dict[str, Any]) -> None:
        self.settings: Settings = Settings(
            self.profile,
            {**arguments, **{name: given.get(name) for name in SETTINGS}},
            path=given.get("config_path"),
        )
        self.timeout: float = self.settings.seconds("timeout")
        self.poll = given.get("poll")
        route = Route(given.get("proxy"), given.get("ca_bundle"))
        route.check()
        retry: Retry = given.get("retry") or self.retry
        self._credentials = Credentials(self.settings, self.key)
        self._metrics = Metrics(given.get("meter"))
        self._observers = tuple(self._observers_of(given))
        self._service: str = next((job.spec.service for job in self.jobs.values()), "redenlab")
        self._api = ApiClient(
            auth=self._credentials.auth(given.get("token"), blocking=not self.is_async),
            base=self._base_url(),
            io=self._io(route, given.get("transport")),
            retry=retry,
            bucket=Bucket(retry.budget),
            http_timeout=self.settings.seconds("http_timeout"),
            user_agent=f"redenlab/{__version__} Python/{platform.python_version()}",
            middleware=tuple(given.get("middleware", ())),
            headers=self.profile.headers,
        )

    def __repr__(self) -> str:
        """Name the URL, never the credential."""
        api = getattr(self, "_api", None)  # debuggers show half-made clients as well
        return f"{type(self).__name__}({api.base_url if api else ''!r})"

    @property
    def base_url(self) -> str:
        """Where the API is, without a slash at its end; empty while it is not discovered."""
        return self._api.base_url

    @property
    def metrics(self) -> Mapping[str, int]:
        """How many events of each kind this client has seen, over all its calls.

        Beside the kinds of `redenlab.core.events` there are ``calls``, ``errors`` and
        ``bytes sent``.
        """
        return self._metrics.snapshot()

    def call_context(
        self, call: str, timeout: float | None = None, on_event: Listener | None = None
    ) -> CallContext:
        """One call that has to be over `timeout` seconds from now.

        Args:
            call: Its name in logs and traces.
            timeout: Seconds; ``None`` takes the client's.
            on_event: Called with each event.

        Raises:
            ConfigurationError: `timeout` is not positive.
        """
        seconds = self.timeout if timeout is None else timeout
        if isinstance(seconds, bool) or not 0 < seconds < float("inf"):
            raise ConfigurationError("timeout is not a positive number of seconds")
        instrumentation = Call(self._service, call, on_event, self._observers)
        return CallContext(self._api, self._api.io.now() + seconds, instrumentation)

    def _base_url(self) -> BaseUrlProvider:
        """Where the API is; backends may override this."""
        return self._credentials.base_url()

    def _observers_of(self, given: Mapping[str, Any]) -> Iterator[CallObserver]:
        yield Logging()
        yield self._metrics
        if given.get("tracer") is not None:
            yield Tracing(given["tracer"])

    @abstractmethod
    def _io(self, route: Route, transport: Any) -> Io:
        """The driver, sync or async."""


def wrapped_key(key: str | Secret | None, options: Options) -> Secret | None:
    """`key` as a secret; secrets among `options` are wrapped in place.

    A constructor calls this first, and deletes its own `key`, so that debuggers show neither.
    """
    wrap_secrets(cast("dict[str, Any]", options))
    return Secret(key) if isinstance(key, str) else key


def wrap_secrets(options: dict[str, Any]) -> None:
    """Wrap the secrets among `options` in place."""
    for name in ("api_key", "token", "client_secret"):
        if isinstance(options.get(name), str):
            options[name] = Secret(options[name])


def _checked(kind: type[T], transport: Any, other: str) -> T | None:
    if transport is None or isinstance(transport, kind):
        return transport
    raise ConfigurationError(
        f"transport is not a {kind.__name__}", hint=f"is it meant for {other} client?"
    )


class BlockingClient(Client):
    """Runs workflows at once. Use it from any thread, inside a running event loop too."""

    handle: ClassVar[type[Handle[Any, Any]]] = Job
    _driver: "BlockingIo"
    is_async: ClassVar[bool] = False

    def _io(self, route: Route, transport: Any) -> Io:
        from redenlab.core.transport.sync import BlockingIo  # noqa: PLC0415 - one driver is enough

        self._driver = BlockingIo(route, _checked(httpx.BaseTransport, transport, "the async"))
        return self._driver

    def finish(self, context: CallContext, workflow: Workflow[T]) -> T:
        """Run `workflow`, the work of one call, to its end."""
        with context.instrumentation:
            return run(workflow)

    def close(self) -> None:
        """Close every connection. Jobs go on; the next call connects anew."""
        self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncClient(Client):
    """Awaits workflows, on asyncio or trio."""

    handle: ClassVar[type[Handle[Any, Any]]] = AsyncJob
    _driver: "AsyncIo"
    is_async: ClassVar[bool] = True

    def _io(self, route: Route, transport: Any) -> Io:
        from redenlab.core.transport.aio import AsyncIo  # noqa: PLC0415 - one driver is enough

        self._driver = AsyncIo(route, _checked(httpx.AsyncBaseTransport, transport, "the sync"))
        return self._driver

    async def finish(self, context: CallContext, workflow: Workflow[T]) -> T:
        """Run `workflow`, the work of one call, to its end."""
        with context.instrumentation:
            return await workflow

    async def close(self) -> None:
        """Close every connection. Jobs go on; the next call connects anew."""
        await self._driver.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
