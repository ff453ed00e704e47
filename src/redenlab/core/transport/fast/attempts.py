"""From a resolved name to one exchange: the addresses of an origin, one after another."""

import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TypeVar

from redenlab.core.errors import NetworkError, RequestTimeout
from redenlab.core.transport.fast.clients import Origin
from redenlab.core.transport.io import Io
from redenlab.core.transport.outcomes import failed

C = TypeVar("C")
T = TypeVar("T")


async def attempted(
    io: Io,
    origin: Origin[C],
    host: str,
    until: float,
    once: Callable[[C], Awaitable[T]],
) -> T:
    """Make an exchange with the first address that can be reached.

    Args:
        io: Waits for the resolver.
        origin: That the exchange is with.
        host: For errors.
        until: Monotonic seconds at which all has to be over.
        once: Makes the exchange, with one client.
    """
    clients = origin.known() or origin.renew(await _resolved(io, origin, host, until))
    problem = failed("unreachable", host, "it has no address")
    for client in clients:
        try:
            return await once(client)
        except NetworkError as error:
            if error.sent or not error.retryable:
                raise
            problem = error
        origin.moved(client)
        if time.monotonic() >= until:
            break
    raise problem


async def _resolved(io: Io, origin: Origin[C], host: str, until: float) -> Sequence[str]:
    try:
        return await io.read(until, partial(origin.resolver.addresses, origin.host))
    except RequestTimeout:
        problem = failed("connect timeout", host)
    except (OSError, UnicodeError) as error:  # no such name, or none that can be encoded
        problem = failed("unreachable", host, error)
    raise problem
