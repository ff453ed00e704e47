"""Which driver a client uses: the one table of their names."""

from collections.abc import Mapping
from importlib.util import find_spec
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, cast

import httpx

from redenlab.core.errors import ConfigurationError
from redenlab.core.transport.route import Route

if TYPE_CHECKING:
    from redenlab.core.transport.aio import AsyncIo
    from redenlab.core.transport.sync import BlockingIo

T = TypeVar("T")

TransportName = Literal["httpx", "fast"]
"""``fast`` needs the extra ``[fast]``."""

MODULES: Final[Mapping[str, str]] = MappingProxyType({"httpx": "httpx", "fast": "pyreqwest"})
"""The drivers, with what has to be installed for each."""


def checked_name(name: str, source: str) -> TransportName:
    """`name` as that of a driver which is installed.

    Args:
        name: As it was written.
        source: Where, for errors.

    Raises:
        ConfigurationError: There is no such driver, or it is not installed.
    """
    if name not in MODULES:
        raise ConfigurationError(
            f"transport from {source} is '{name}', which is no driver",
            hint=f"known: {', '.join(MODULES)}",
        )
    if find_spec(MODULES[name]) is None:
        raise ConfigurationError(
            f"transport from {source} is '{name}', which is not installed",
            hint=f'pip install "redenlab[{name}]"',
        )
    return cast("TransportName", name)


def blocking(route: Route, transport: Any = None) -> "BlockingIo":
    """The driver of a sync client; `transport` is a checked name or an httpx transport."""
    if transport == "fast":
        from redenlab.core.transport.fast.sync import FastBlockingIo  # noqa: PLC0415 - an extra

        return FastBlockingIo(route)
    from redenlab.core.transport.sync import BlockingIo  # noqa: PLC0415 - one driver is enough

    return BlockingIo(route, _of_httpx(httpx.BaseTransport, transport, "the async"))


def awaited(route: Route, transport: Any = None) -> "AsyncIo":
    """The driver of an async client; see `blocking`."""
    if transport == "fast":
        from redenlab.core.transport.fast.aio import FastAsyncIo  # noqa: PLC0415 - an extra

        return FastAsyncIo(route)
    from redenlab.core.transport.aio import AsyncIo  # noqa: PLC0415 - one driver is enough

    return AsyncIo(route, _of_httpx(httpx.AsyncBaseTransport, transport, "the sync"))


def _of_httpx(kind: type[T], transport: Any, other: str) -> T | None:
    if transport is None or transport == "httpx":
        return None
    if isinstance(transport, kind):
        return transport
    raise ConfigurationError(
        f"transport is not a {kind.__name__}", hint=f"is it meant for {other} client?"
    )
