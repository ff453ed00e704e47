"""Everything a workflow may touch, and how a workflow runs without an event loop.

A workflow is an ordinary ``async def`` that awaits nothing but its `Io`. The sync client gives it
an `Io` whose methods never suspend, so that `run` finishes it in one step, in any thread and
inside a running event loop too; the async client awaits it; tests give it virtual time.
"""

import re
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator, Mapping
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from redenlab.core.transport.headers import check_header
from redenlab.core.transport.route import Route
from redenlab.lowlevel.types import RawResponse

P = ParamSpec("P")
T = TypeVar("T")

Workflow = Coroutine[Any, Any, T]
"""A sequence of operations: an ``async def`` that awaits nothing but its `Io`."""


@dataclass(frozen=True, slots=True)
class Stream:
    """A request body that is too large to hold in memory.

    Attributes:
        chunks: Together as long as the ``Content-Length`` among the headers.
        on_sent: Called with the number of bytes of each chunk once the network has taken it.
    """

    chunks: Iterator[bytes]
    on_sent: Callable[[int], None]


@dataclass(frozen=True, slots=True)
class OutgoingRequest:
    """An addressed request. All but its method may hold secrets, so its repr leaves that out.

    Attributes:
        to_api: Whether it goes to the API; storage requests carry no credentials.
        named_by: URL of the one that named `url`, which must not lead into a more private network;
            ``None`` where the user did.
    """

    method: str
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    content: bytes | Stream = field(default=b"", repr=False)
    to_api: bool = True
    named_by: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        """Let every header pass the gate.

        Raises:
            InputError: One cannot be sent.
        """
        for name, value in self.headers.items():
            check_header(name, value)

    def with_headers(self, headers: Mapping[str, str]) -> "OutgoingRequest":
        """This request with `headers` added, in place of those of the same name."""
        more = joined_headers(self.headers, headers)
        return replace(self, headers=more)


def joined_headers(headers: Mapping[str, str], more: Mapping[str, str]) -> dict[str, str]:
    """`headers` with `more`; of two that differ in case alone the later one counts."""
    names = {name.lower() for name in more}
    return {**{k: v for k, v in headers.items() if k.lower() not in names}, **more}


MAX_HOLD = 60.0
"""Seconds that a bare ``wait`` preference stands for."""


def prefer_wait_seconds(headers: Mapping[str, str]) -> float:
    """Seconds for which the server may hold its response back (RFC 7240, section 4.3)."""
    preferred = next((value for name, value in headers.items() if name.lower() == "prefer"), "")
    found = re.search(r"\bwait\b(?:\s*=\s*(\d{1,4}))?", preferred)
    return 0.0 if found is None else float(found[1] or MAX_HOLD)


TURNS = 8
"""Polls of one client that are under way at once: as many as it has connections."""


class Io(Protocol):
    """The outside world: the network, the clock and random numbers.

    Times are monotonic seconds. `deadline` is a point in that time, after which a call ends with
    `redenlab.core.errors.RequestTimeout` within a quarter of a second.
    """

    @property
    def route(self) -> Route:
        """Proxy and certificates, for recordings that are read from https URLs."""
        ...

    def now(self) -> float:
        """Monotonic seconds."""
        ...

    def random(self) -> float:
        """A number from 0 to 1."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Let time pass."""
        ...

    async def run_in_thread(
        self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Call a function that blocks, without blocking an event loop."""
        ...

    async def read(self, deadline: float, function: Callable[[], T]) -> T:
        """Call a function that reads what the caller gave, which may stall.

        Raises:
            RequestTimeout: It has not ended by `deadline`; it is left behind.
        """
        ...

    def lock(self) -> AbstractAsyncContextManager[object]:
        """A block that one call of the client runs at a time, such as renewing a token."""
        ...

    def turn(self, deadline: float) -> AbstractAsyncContextManager[object]:
        """A block that `TURNS` calls of the client run at a time, those that came first at first.

        Raises:
            RequestTimeout: It has not begun by `deadline`.
        """
        ...

    def shield(self, seconds: float) -> AbstractContextManager[object]:
        """A block that goes on for `seconds` although its task is cancelled."""
        ...

    async def send(
        self, request: OutgoingRequest, deadline: float, seconds: float | None = None
    ) -> RawResponse:
        """Send a request once, with no header but its own.

        Args:
            request: What is sent.
            deadline: See `Io`.
            seconds: For the exchange, once it has a connection; ``None`` leaves it the rest of the
                time. The wait for a connection of our own is no matter of the server.

        Raises:
            NetworkError: No complete response came.
        """
        ...

    def stream(self, request: OutgoingRequest, deadline: float) -> AsyncGenerator[bytes, None]:
        """Send a request once, and yield the body of its response as it comes.

        Raises:
            redenlab.lowlevel.errors.ApiError: The status is no success.
            NetworkError: The stream broke.
        """
        ...


def run(workflow: Workflow[T]) -> T:
    """Finish a workflow whose `Io` never suspends; no event loop is involved."""
    try:
        workflow.send(None)
    except StopIteration as stop:
        return cast("T", stop.value)
    finally:
        workflow.close()
    raise RuntimeError("a sync workflow awaited something other than its Io")
