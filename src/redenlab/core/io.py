"""All that a workflow may touch, and how a workflow is finished without an event loop.

A workflow is an ordinary ``async def`` that awaits nothing but its `Io`. The blocking client
gives it an `Io` whose methods never suspend, so that `run` finishes it in one step, in any thread
and inside a running loop too; the async client simply awaits it; tests give it virtual time.
"""

import re
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ParamSpec, Protocol, TypeVar, cast

from redenlab.core.operations import Workflow
from redenlab_api.types import Answer

if TYPE_CHECKING:
    from redenlab.core.network import Route  # which imports this module

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Message:
    """A request, signed and addressed. Headers may hold a key, so they are not shown.

    Attributes:
        to_api: Whether it goes to the API; storage is another world, and sees no key.
    """

    method: str
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(default=b"", repr=False)
    to_api: bool = True

    def having(self, headers: Mapping[str, str]) -> "Message":
        """This request with `headers` added, for a middleware."""
        more = {**self.headers, **headers}
        return Message(self.method, self.url, more, self.content, self.to_api)


LONGEST_WAIT = 60.0
"""Seconds that a bare ``wait`` stands for."""


def patience(headers: Mapping[str, str]) -> float:
    """Seconds for which the server was asked to hold its answer back (RFC 7240, section 4.3)."""
    if "Prefer" not in headers:
        return 0.0
    found = re.search(r"\bwait\b(?:\s*=\s*(\d{1,4}))?", headers["Prefer"])
    return 0.0 if found is None else float(found[1] or LONGEST_WAIT)


@dataclass(frozen=True, slots=True)
class Upload:
    """A body that is too large to hold, for a presigned URL or for the API itself.

    Attributes:
        to_api: Whether it goes to the API, signed; storage never sees a key.
        chunks: Its pieces; together as long as the ``Content-Length`` among the headers.
        sent: Told the number of bytes of each piece once the network has taken it.
    """

    method: str
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    chunks: Iterator[bytes] = field(repr=False)
    sent: Callable[[int], None] = field(repr=False)
    to_api: bool = False


class Io(Protocol):
    """The outside world: the API host, the storage host, the clock and chance.

    Times are monotonic seconds; `deadline` is a point in that time, after which a call ends with
    `redenlab.core.errors.RequestTimeout` within a quarter of a second.
    """

    @property
    def route(self) -> "Route":
        """How to get to a host; recordings behind https addresses are fetched that way too."""
        ...

    def now(self) -> float:
        """The time in seconds."""
        ...

    def random(self) -> float:
        """A number from 0 to 1."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Let time pass."""
        ...

    async def offload(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Call a function that reads files, without holding up an event loop."""
        ...

    def alone(self) -> AbstractAsyncContextManager[object]:
        """A block that only one call of the client runs at a time, such as renewing a token."""
        ...

    async def send(self, message: Message, deadline: float) -> Answer:
        """Ask the API, once.

        Raises:
            NetworkError: No whole answer came.
        """
        ...

    def listen(self, message: Message, deadline: float) -> AsyncGenerator[bytes, None]:
        """Ask the API or the storage for a stream, and give its pieces as they come.

        Raises:
            redenlab_api.errors.ApiError: The status is no success.
            NetworkError: The stream broke.
        """
        ...

    async def put(self, upload: Upload, deadline: float) -> Answer:
        """Send a large body, once, with no header but the given ones.

        Raises:
            NetworkError: No whole answer came.
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
    raise RuntimeError("a blocking workflow awaited something other than its Io")
