"""``x-client`` of a spec: the name of its clients, and where their settings come from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Annotated, Any, Final, Literal, cast, get_args

from redenlab.core.spec import forms
from redenlab.core.spec.blocks import EMPTY, Block
from redenlab.core.spec.document import Node, Spec
from redenlab.core.spec.forms import Form, Range
from redenlab.core.spec.job_spec import JobSpec
from redenlab.core.spec.profile import Profile, SignIn
from redenlab.core.spec.steps import ClassName, Seconds

Setting = Literal[
    "api_key",
    "base_url",
    "model_name",
    "timeout",
    "http_timeout",
    "max_retries",
    "poll_initial",
    "poll_factor",
    "poll_max",
    "strict",
    "send_filenames",
    "transport",
]
SETTINGS: tuple[Setting, ...] = get_args(Setting)
"""Settings that every client can read from the environment."""

HomePath = Annotated[
    str,
    Form(r"\.\w[\w-]*(/\w[\w.-]*)*", "a path below a hidden folder, such as .acme/config.yaml"),
]
"""A path below the home directory; it leads into no folder but its own."""
EVERY_BACKEND: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"transport": ("REDENLAB_TRANSPORT",)}
)
"""Environment variables that hold for clients of every backend, after those of their own."""
BasePath = Annotated[str, Form(r"(/[^/?#]+)*", "a path without a slash at its end: /v1")]

HTTP_TIMEOUT = 30.0
"""Seconds for one request, unless a setting says otherwise."""


class XSignIn(Block):
    """How a service with OAuth 2.0 signs programs and people in.

    Attributes:
        client_id: Environment variable of a program's id.
        client_secret: Environment variable of its secret.
        discovery: URL of the document that says where the service is.
        hosts: Suffixes of the host names that the document may name.
        callback: Redirect URL of a person's sign-in; on this machine.
        tokens: Path below the home directory of a person's sign-in.
        cache: Path below the home directory of a copy of the document.
    """

    client_id: str
    client_secret: str
    discovery: str
    hosts: tuple[str, ...]
    callback: str
    tokens: HomePath
    cache: HomePath


class XRetry(Block):
    """How failed requests are sent again, where a client does not say otherwise.

    Attributes:
        initial: Seconds before the first retry.
        factor: How much longer each wait is than the one before.
        max: Seconds of the longest wait; ``None`` for no limit.
        jitter: Largest random share added to a wait.
        wait_out_429: Whether a 429 is waited out until the deadline.
    """

    initial: Seconds = 2
    factor: Annotated[float, Range(minimum=1)] = 2
    max: Seconds | None = None
    jitter: Annotated[float, Range(minimum=0, maximum=1)] = 0.2
    wait_out_429: bool = False


class XClient(Block):
    """An ``x-client`` block.

    Attributes:
        name: Class name of the clients.
        environment: Prefix of the environment variables of the settings.
        file: Path of the configuration file below the home directory.
        variables: Further environment variables of a setting; the first that is set counts.
        headers: Headers of every request to the API, such as the version that it is asked for.
        operations: The operations that are read beside those of the jobs, by ``operationId``; the
            others are left out, so that nothing in them matters. Without it all are read.
        awaited: Whether each method of a resource has another one, with ``_async`` at the end of
            its name, that is awaited in sync clients as well.
        checked: Whether arguments of methods of resources are held against their schemas before
            anything is sent. Objects among them may have keys in Python's form, and what is in
            base64 may be bytes.
        positional: Whether methods of resources take all arguments by their place as well.
        kept: Names of Python's builtins that properties have without an underscore at the end.
        sign_in: Where programs and people sign in; ``None`` where there are only keys.
        base_path: The path of a base URL that is given without one.
        retry: How failed requests are sent again.
    """

    name: ClassName | None = None
    environment: str | None = None
    file: HomePath | None = None
    variables: Mapping[Setting, tuple[str, ...]] = {}
    headers: Mapping[str, str] = EMPTY
    operations: tuple[str, ...] = ()
    awaited: bool = False
    checked: bool = False
    positional: bool = False
    kept: tuple[str, ...] = ()
    sign_in: XSignIn | None = None
    base_path: BasePath = ""
    retry: XRetry | None = None


def x_client(spec: Spec) -> XClient:
    """The block of a spec; empty where it has none."""
    return forms.read(XClient, spec.document.get("x-client", {}), spec.error, "x-client")


def profile(spec: Spec, first: JobSpec, *, given: bool = False) -> Profile:
    """The profile of a spec.

    A spec without ``x-client`` uses its file name.

    Args:
        spec: The spec.
        first: The job whose timeout and first model are the defaults.
        given: Whether a caller gave it to `redenlab.connect`. It may come from anybody then, so
            that it reads the variables and files alone that are called as its own file is.
    """
    block = _own(x_client(spec), spec.backend) if given else x_client(spec)
    prefix = block.environment or _prefix(spec.backend)
    variables: dict[str, tuple[str, ...]] = {
        name: (
            *(_variable(prefix, name), *block.variables.get(name, ())),
            *EVERY_BACKEND.get(name, ()),
        )
        for name in SETTINGS
    }
    defaults: dict[str, Any] = {
        **_base_url(spec),
        "timeout": float(first.x_job.poll.timeout),
        "http_timeout": HTTP_TIMEOUT,
    }
    if first.models:
        defaults["model_name"] = next(iter(first.models))
    sign_in = block.sign_in
    if sign_in is not None:
        variables |= {
            "client_id": (sign_in.client_id,),
            "client_secret": (sign_in.client_secret,),
            "token_url": (_variable(prefix, "token_url"),),
            "discovery_url": (_variable(prefix, "discovery_url"),),
            "token_store": (_variable(prefix, "token_store"),),
        }
    return Profile(
        variables=variables,
        file=block.file or f".{spec.backend}/config.yaml",
        defaults=defaults,
        headers=dict(block.headers),
        sign_in=_sign_in(spec, sign_in) if sign_in else None,
        base_path=block.base_path,
        retry=_retry(block.retry) if block.retry else {},
        given=given,
    )


def _own(block: XClient, backend: str) -> XClient:
    """`block` without the variables and files of others."""
    prefix, folder = _prefix(backend), f".{backend}"
    names: Iterable[Setting] = block.variables
    changes: dict[str, Any] = {
        "environment": next(iter(_begun([block.environment or ""], prefix)), prefix),
        "file": _inside(block.file, folder),
        "variables": {name: _begun(block.variables[name], prefix) for name in names},
    }
    sign_in = block.sign_in
    if sign_in is not None:
        changes["sign_in"] = sign_in.replace(
            client_id=(*_begun([sign_in.client_id], prefix), f"{prefix}_CLIENT_ID")[0],
            client_secret=(*_begun([sign_in.client_secret], prefix), f"{prefix}_CLIENT_SECRET")[0],
            tokens=_inside(sign_in.tokens, folder) or f"{folder}/credentials.yaml",
            cache=_inside(sign_in.cache, folder) or f"{folder}/discovery.yaml",
        )
    return block.replace(**changes)


def _begun(names: Iterable[str], prefix: str) -> tuple[str, ...]:
    return tuple(name for name in names if f"{name}_".startswith(f"{prefix}_"))


def _inside(path: str | None, folder: str) -> str | None:
    return path if path is not None and f"{path}/".startswith(f"{folder}/") else None


def _prefix(backend: str) -> str:
    return re.sub(r"\W", "_", backend, flags=re.ASCII).upper()


def _variable(prefix: str, setting: str) -> str:
    return f"{prefix}_{'MODEL' if setting == 'model_name' else setting.upper()}"


def _base_url(spec: Spec) -> Mapping[str, str]:
    """The default base URL: that of the first server, if it has no variables."""
    servers = cast("list[Node]", spec.document.get("servers", []))
    url = str(servers[0]["url"]) if servers else ""
    return {"base_url": url.rstrip("/")} if "://" in url and "{" not in url else {}


def _retry(block: XRetry) -> dict[str, Any]:
    """The values that are given, as arguments of `Retry`."""
    return {"max_delay" if name == "max" else name: value for name, value in block.given()}


def _sign_in(spec: Spec, block: XSignIn) -> SignIn:
    flows = spec.oauth
    return SignIn(
        discovery=block.discovery,
        hosts=block.hosts,
        scopes=_scopes(flows, "clientCredentials"),
        login_scopes=_scopes(flows, "authorizationCode"),
        callback=block.callback,
        tokens=block.tokens,
        cache=block.cache,
    )


def _scopes(flows: Node, name: str) -> tuple[str, ...]:
    return tuple(flows.get(name, {}).get("scopes", ()))
