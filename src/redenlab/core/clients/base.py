"""What every client of every backend has in common: from settings to a call."""

import copy
import dataclasses
import platform
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, Unpack, cast

from redenlab.core.auth.discovery import BaseUrlProvider
from redenlab.core.auth.resolve import Credentials
from redenlab.core.auth.schemes import Auth
from redenlab.core.auth.settings import CREDENTIALS, MAX_SECONDS, Settings
from redenlab.core.calls.api_client import ApiClient
from redenlab.core.calls.context import CallContext
from redenlab.core.calls.extras import Extras, problem_with_headers
from redenlab.core.calls.instrumentation import Call, CallObserver
from redenlab.core.calls.logs import Logging, filter_libraries, log_to_stderr
from redenlab.core.calls.metrics import Metrics
from redenlab.core.calls.retry import Bucket, Retry
from redenlab.core.calls.tracing import Tracing
from redenlab.core.calls.ways import Detour
from redenlab.core.clients.options import (
    CHANGEABLE,
    CallOptions,
    ChangedOptions,
    Options,
    RecordingOptions,
    RequestOptions,
    UploadOptions,
    check_forms,
    of_call,
    of_kind,
    refuse_unknown,
    settings_among,
    wrap_secrets,
    wrapped_key,
)
from redenlab.core.errors import ConfigurationError, boundary
from redenlab.core.events import Listener
from redenlab.core.jobs.handle import Handle
from redenlab.core.jobs.handles import AsyncJob, Job
from redenlab.core.jobs.job_type import JobType
from redenlab.core.jobs.poll import Poll, PollSettings
from redenlab.core.spec.demands import Demands
from redenlab.core.spec.profile import Key, Profile
from redenlab.core.spec.signatures import Signature
from redenlab.core.spec.steps import Interval
from redenlab.core.spec.ways import Way
from redenlab.core.transport import drivers
from redenlab.core.transport.egress import ANY, Egress
from redenlab.core.transport.io import Io, Workflow, joined_headers, run
from redenlab.core.transport.route import Route
from redenlab.version import __version__

if TYPE_CHECKING:
    from redenlab.core.transport.aio import AsyncIo
    from redenlab.core.transport.sync import BlockingIo

__all__ = [
    "AsyncClient",
    "BlockingClient",
    "CallOptions",
    "ChangedOptions",
    "Client",
    "Options",
    "RecordingOptions",
    "RequestOptions",
    "UploadOptions",
    "of_call",
    "wrap_secrets",
    "wrapped_key",
]

T = TypeVar("T")


class Client(ABC):
    """Settings and the way to the API. Backends derive from `BlockingClient` and `AsyncClient`."""

    handle: ClassVar[type[Handle[Any, Any]]]
    profile: ClassVar[Profile]
    jobs: ClassVar[Mapping[str, JobType[Any]]]
    key: ClassVar[Key]
    webhook_signatures: ClassVar[Mapping[str, Signature]] = {}
    demands: ClassVar[Demands | None] = None
    ways: ClassVar[Mapping[str, Way]] = {}
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
        refuse_unknown(given, Options)
        with boundary():
            log_to_stderr()
            check_forms(given)
            self._resolve(arguments, given)
        filter_libraries()

    def _resolve(self, arguments: dict[str, Any], given: dict[str, Any]) -> None:
        self.settings: Settings = Settings(
            self.profile,
            {**arguments, **settings_among(given)},
            path=given.get("config_path"),
        )
        self.timeout: float = self.settings.seconds("timeout")
        self.poll = of_kind(Poll, given, "poll")
        self._poll_settings = PollSettings() if self.poll else PollSettings.of(self.settings)
        egress = of_kind(Egress, given, "egress") or ANY
        strict = self.settings.flag("strict")
        route = Route(given.get("proxy"), given.get("ca_bundle"), egress, strict=strict)
        route.check()
        retry = of_kind(Retry, given, "retry") or self._retry()
        self._credentials = Credentials(self.settings, self.key)
        self._metrics = Metrics(given.get("meter"))
        self._observers = tuple(self._observers_of(given))
        self._service: str = next((job.spec.service for job in self.jobs.values()), "redenlab")
        base = self._base_url()
        self._api = ApiClient(
            auth=self._authentication(given),
            base=base,
            io=self._io(route, self._transport(given)),
            retry=retry,
            bucket=Bucket.of(base.url, retry.budget),
            http_timeout=self.settings.seconds("http_timeout"),
            user_agent=f"redenlab/{__version__} Python/{platform.python_version()}",
            middleware=tuple(given.get("middleware", ())),
            headers=self.profile.headers,
            detours=tuple(self._detours()),
            send_filenames=self.settings.flag("send_filenames"),
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

    def with_options(self, **options: Unpack[ChangedOptions]) -> Self:
        """Another client, which differs from this one in `options` alone; nothing is sent.

        Both use the same connections, and, as far as `options` leaves them as they are, the same
        credential and the same budget of retries. This client stays as it is; each counts its own
        `metrics`. Closing either of them closes the connections of both: a call that is under way
        may fail, and the next one connects anew. So close one of them, once, or none.

        Args:
            options: See `ChangedOptions`.

        Raises:
            ConfigurationError: A value is malformed or unsafe, or there are several credentials.
            AuthenticationError: The credential is unusable.
            TypeError: There is no such option.
        """
        wrap_secrets(cast("dict[str, Any]", options))  # debuggers show locals
        refuse_unknown(options, ChangedOptions)
        other = copy.copy(self)
        given = {name: value for name, value in options.items() if value is not None}
        with boundary():
            other._change(given)  # noqa: SLF001 - of the same class
        return other

    def _change(self, given: Mapping[str, Any]) -> None:
        """Differ in the options that are `given`; what is replaced belongs to another client."""
        api, renewed = self._api, "api_key" in given or "token" in given
        arguments = {name: given[name] for name in CHANGEABLE if name in given}
        self.settings = self.settings.changed(arguments, without=CREDENTIALS if renewed else ())
        if "timeout" in given:
            self.timeout = self.settings.seconds("timeout")
        self.poll = of_kind(Poll, given, "poll") or self.poll
        retry = of_kind(Retry, given, "retry") or api.retry
        self._credentials = Credentials(self.settings, self.key) if renewed else self._credentials
        auth = self._authentication(given) if renewed else api.auth
        more: Mapping[str, str] = given.get("headers", {})
        problem = problem_with_headers(more, auth) or problem_with_headers(api.headers, auth)
        if problem is not None:
            raise ConfigurationError(f"headers: {problem}")
        self._api = dataclasses.replace(
            api,
            auth=auth,
            retry=retry,
            bucket=api.bucket if retry == api.retry else Bucket.of(api.base.url, retry.budget),
            http_timeout=self.settings.seconds("http_timeout"),
            headers=joined_headers(api.headers, more),
        )
        counted, self._metrics = self._metrics, self._metrics.from_zero()
        observers = (self._metrics if each is counted else each for each in self._observers)
        self._observers = tuple(observers)

    def call_context(  # noqa: PLR0913 - what every call takes
        self,
        call: str,
        timeout: float | None = None,
        on_event: Listener | None = None,
        *,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, str] | None = None,
        extra_body: Mapping[str, Any] | None = None,
    ) -> CallContext:
        """One call that has to be over `timeout` seconds from now.

        Args:
            call: Its name in logs and traces.
            timeout: Seconds; ``None`` takes the client's.
            on_event: Called with each event.
            extra_headers: Of every request to the API.
            extra_query: Of every request to the API.
            extra_body: Properties of the body of the submit, or of the operation.

        Raises:
            ConfigurationError: `timeout` is not positive.
            InputError: What is extra cannot be sent, or is not the caller's to choose.
        """
        seconds = self.timeout if timeout is None else timeout
        if isinstance(seconds, bool) or not 0 < seconds <= MAX_SECONDS:
            raise ConfigurationError("timeout is not a positive number of seconds")
        extras = Extras.of(self._api.auth, extra_headers, extra_query, extra_body)
        auth = self._api.auth
        instrumentation = Call(self._service, call, on_event, self._observers, redact=auth.redact)
        return CallContext(self._api, self._api.io.now() + seconds, instrumentation, extras)

    @property
    def retry_rules(self) -> Retry:
        """How often its requests are sent again."""
        return self._api.retry

    def poll_of(self, interval: Interval) -> Poll:
        """How often a job is polled whose spec says `interval`."""
        return self.poll or self._poll_settings.over(interval)

    def _retry(self) -> Retry:
        """The retry rules of the backend, with the setting ``max_retries``."""
        usual = Retry(**self.profile.retry)
        if self.settings.get("max_retries") is None:
            return usual
        return dataclasses.replace(usual, retries=self.settings.count("max_retries"))

    def _transport(self, given: Mapping[str, Any]) -> Any:
        """The transport that was chosen: an object of httpx, the name of a driver, or ``None``."""
        chosen = given.get("transport")
        if chosen is not None and not isinstance(chosen, str):
            return chosen
        name = self.settings.text("transport")
        return name and drivers.checked_name(name, self.settings.source("transport"))

    def _authentication(self, given: Mapping[str, Any]) -> Auth:
        return self._credentials.auth(given.get("token"), blocking=not self.is_async)

    def _base_url(self) -> BaseUrlProvider:
        """Where the API is; backends may override this."""
        return self._credentials.base_url()

    def _detours(self) -> Iterable[Detour]:
        """Other ways to make calls than by HTTP as the spec has it; backends may override this."""
        return ()

    def _observers_of(self, given: Mapping[str, Any]) -> Iterator[CallObserver]:
        yield Logging()
        yield self._metrics
        if given.get("tracer") is not None:
            yield Tracing(given["tracer"])

    @abstractmethod
    def _io(self, route: Route, transport: Any) -> Io:
        """The driver, sync or async; see `redenlab.core.transport.drivers`."""


class BlockingClient(Client):
    """Runs workflows at once. Use it from any thread, inside a running event loop too."""

    handle: ClassVar[type[Handle[Any, Any]]] = Job
    _driver: "BlockingIo"
    is_async: ClassVar[bool] = False

    def _io(self, route: Route, transport: Any) -> Io:
        self._driver = drivers.blocking(route, transport)
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
        self._driver = drivers.awaited(route, transport)
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
