"""What clients and calls can be told, beside what a backend's own arguments are."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, Literal, TypedDict, TypeVar, cast

import httpx

from redenlab.core.auth.schemes import TokenProvider
from redenlab.core.auth.secret import Secret
from redenlab.core.calls.api_client import Middleware
from redenlab.core.calls.extras import ExtraOptions
from redenlab.core.calls.metrics import Meter
from redenlab.core.calls.retry import Retry
from redenlab.core.calls.tracing import Tracer
from redenlab.core.errors import ConfigurationError
from redenlab.core.events import Listener
from redenlab.core.jobs.poll import Poll
from redenlab.core.transport.drivers import TransportName
from redenlab.core.transport.egress import Egress

T = TypeVar("T")


class Options(TypedDict, total=False):
    """Further settings of a client.

    Attributes:
        retry: How often a request is sent again; `Retry.off()` for never.
        poll: How often a job is polled; `Poll.proportional()` for short jobs. Replaces the settings
            ``poll_initial``, ``poll_factor`` and ``poll_max`` of the environment and the file.
        http_timeout: Seconds for one request; uploads are limited by the call's timeout alone.
        proxy: ``http://`` or ``https://`` URL; ``None`` reads the environment.
        ca_bundle: PEM file with the certificate authorities to trust.
        egress: Which hosts may be reached beside those that the settings name; see
            `redenlab.Egress`.
        strict: Leave nothing to the environment of the process: no proxy, no certificates and no
            key log come from it, and a recording that is given as a text has to be a URL of a
            server. Without it, or with ``None``, the setting ``strict`` counts.
        transport: ``"fast"`` for the driver of the extra ``[fast]``, ``"httpx"`` for the usual
            one; or an httpx transport, sync or async like the client, which replaces the network.
        config_path: Replaces the configuration file in the home directory.
        token: A bearer token, or a callable that returns it and is asked before each request; a
            coroutine function for the async client. Instead of a key.
        client_id: With `client_secret`, the sign-in of a program, where the service has one.
        client_secret: See `client_id`.
        token_url: Where tokens come from; ``None`` asks the service's discovery document.
        discovery_url: Replaces the URL of that document.
        token_store: Where the sign-in of a person is stored: ``file``, a private file in the home
            directory, or ``keyring``, that of the system (extra ``keyring``).
        middleware: Wraps every request to the API, the first one outermost; see
            `redenlab.core.calls.api_client.Middleware`.
        tracer: An OpenTelemetry tracer: a span per call, an event in it per attempt.
        meter: An OpenTelemetry meter: counts events and bytes.
        send_filenames: Send recordings by the names of their files, and name them so in events and
            errors; without it by pseudonyms, since those names are often those of patients.
    """

    retry: Retry | None
    poll: Poll | None
    http_timeout: float | None
    proxy: str | None
    ca_bundle: str | os.PathLike[str] | None
    egress: Egress | None
    strict: bool | None
    transport: TransportName | httpx.BaseTransport | httpx.AsyncBaseTransport | None
    config_path: str | os.PathLike[str] | None
    token: str | TokenProvider | None
    client_id: str | None
    client_secret: str | None
    token_url: str | None
    discovery_url: str | None
    token_store: Literal["file", "keyring"] | None
    middleware: Sequence[Middleware]
    tracer: Tracer | None
    meter: Meter | None
    send_filenames: bool | None


SETTINGS: Final = (
    "http_timeout",
    "client_id",
    "client_secret",
    "token_url",
    "discovery_url",
    "token_store",
    "strict",
    "send_filenames",
)
"""Options that may come from the environment or the file as well, and ``transport`` by name."""

CHANGEABLE: Final = ("timeout", "http_timeout", "api_key")
"""Settings that `Client.with_options` changes."""


class ChangedOptions(TypedDict, total=False):
    """What `Client.with_options` changes; ``None`` leaves an option as it is.

    Attributes:
        timeout: Seconds for a whole call.
        http_timeout: See `Options`.
        retry: See `Options`; another one has a budget of its own.
        poll: See `Options`.
        api_key: Another key, in place of whatever the credential was.
        token: Another bearer token, in place of whatever the credential was; see `Options`.
        headers: Of every request to the API, beside those there are; of two that have the same
            name the later one counts. That of the credential, ``Host``, ``Content-Length`` and
            the like are refused.
    """

    timeout: float | None
    http_timeout: float | None
    retry: Retry | None
    poll: Poll | None
    api_key: str | None
    token: str | TokenProvider | None
    headers: Mapping[str, str] | None


class RequestOptions(ExtraOptions, total=False):
    """Options of every call.

    Attributes:
        timeout: Seconds for the whole call; ``None`` takes the client's.
        on_event: Called with each event of the call.
    """

    timeout: float | None
    on_event: Listener | None


class CallOptions(RequestOptions, total=False):
    """Options of every call that sends a body.

    Attributes:
        extra_body: Properties for the body of the operation, in place of those of the same name;
            for the body of the submit, where the call runs a job. They are sent as they are, and
            nothing checks them.
    """

    extra_body: Mapping[str, Any] | None


class UploadOptions(RequestOptions, total=False):
    """Options of a call that uploads a recording.

    Attributes:
        filename: Name to send; ``None`` sends a pseudonym with the extension of the source, or its
            own name where the client has `send_filenames`.
        content_type: ``None`` goes by the name's extension.
    """

    filename: str | None
    content_type: str | None


class RecordingOptions(CallOptions, UploadOptions, total=False):
    """Options of every call that submits a recording."""


def of_call(options: Mapping[str, Any]) -> CallOptions:
    """Those of `options` that are for the call itself; the arguments of `Client.call_context`."""
    found = {name: options[name] for name in CallOptions.__annotations__ if name in options}
    return cast("CallOptions", found)


def settings_among(options: Mapping[str, Any]) -> dict[str, Any]:
    """Those of `options` that may come from the environment or the file as well."""
    found = {name: options.get(name) for name in SETTINGS}
    transport = options.get("transport")
    return found | ({"transport": transport} if isinstance(transport, str) else {})


def refuse_unknown(options: Iterable[str], known: type[Any]) -> None:
    """Refuse options that a `TypedDict` does not have.

    Raises:
        TypeError: There are such.
    """
    if unknown_options := set(options) - known.__annotations__.keys():
        raise TypeError(f"unknown options: {', '.join(sorted(unknown_options))}")


def is_path(value: object) -> bool:
    """Whether a value can be the path of a file, whether it is there or not."""
    if not isinstance(value, str | os.PathLike):
        return False
    try:
        return b"\0" not in os.fsencode(cast("str", value))
    except ValueError:  # half of a surrogate pair
        return False


def _are_functions(value: object) -> bool:
    return isinstance(value, Sequence) and all(map(callable, cast("Sequence[object]", value)))


_FORMS: Final[Mapping[str, tuple[Callable[[object], bool], str]]] = {
    "proxy": (lambda value: isinstance(value, str), "a text"),
    "ca_bundle": (is_path, "a path"),
    "config_path": (is_path, "a path"),
    "middleware": (_are_functions, "a list of functions"),
    "tracer": (lambda value: hasattr(value, "start_span"), "a tracer of OpenTelemetry"),
    "meter": (lambda value: hasattr(value, "create_counter"), "a meter of OpenTelemetry"),
}
"""What options have to be whose values nothing else checks before they are used."""


def check_forms(given: Mapping[str, Any]) -> None:
    """Refuse options that are not what they have to be.

    Raises:
        ConfigurationError: One is not.
    """
    for name, (fits, wanted) in _FORMS.items():
        if given.get(name) is not None and not fits(given[name]):
            raise ConfigurationError(f"the option {name} is not {wanted}")


def of_kind(kind: type[T], given: Mapping[str, Any], name: str) -> T | None:
    """The option `name`, ``None`` if it was not given."""
    value = given.get(name)
    if value is None or isinstance(value, kind):
        return value
    raise ConfigurationError(f"{name} is not a {kind.__name__}", hint=f"write {kind.__name__}(...)")


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
