"""An `Io` in virtual time, for tests: hours of waiting take no time, and every run is the same."""

import random
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from redenlab.core.errors import NetworkError
from redenlab.core.transport.io import OutgoingRequest, Stream
from redenlab.core.transport.outcomes import failed
from redenlab.core.transport.pools import until
from redenlab.core.transport.route import Route
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Slow:
    """A response that takes `seconds` to come."""

    seconds: float
    response: RawResponse


Script = Callable[[OutgoingRequest], RawResponse | Slow | NetworkError]
"""Plays the server; an error that it returns is raised to the workflow."""


class VirtualIo:
    """A clock that only `sleep` and slow responses move, and a scripted server.

    Attributes:
        clock: Seconds since the beginning.
        slept: Every pause, in order.
        requests: Everything that was sent, uploads as one request with the whole body.
    """

    def __init__(self, script: Script, seed: int = 0) -> None:
        """Begin at 0 seconds; random numbers are drawn from `seed`."""
        self.clock: float = 0.0
        self.slept: list[float] = []
        self.requests: list[OutgoingRequest] = []
        self.route: Route = Route()
        self._script = script
        self._random = random.Random(seed)

    def now(self) -> float:
        """The virtual time."""
        return self.clock

    def random(self) -> float:
        """The next number of the seed's sequence."""
        return self._random.random()

    async def sleep(self, seconds: float) -> None:
        """Move the clock."""
        self.slept.append(seconds)
        self.clock += max(seconds, 0)

    async def run_in_thread(
        self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Call it here."""
        return function(*args, **kwargs)

    async def read(self, deadline: float, function: Callable[[], T]) -> T:
        """Call it here."""
        return function()

    def lock(self) -> AbstractAsyncContextManager[None]:
        """No-op lock."""
        return nullcontext()

    def turn(self, deadline: float) -> AbstractAsyncContextManager[None]:
        """There is one wait."""
        return nullcontext()

    def shield(self, seconds: float) -> AbstractContextManager[None]:
        """Nothing is cancelled here."""
        return nullcontext()

    async def send(
        self, request: OutgoingRequest, deadline: float, seconds: float | None = None
    ) -> RawResponse:
        """Ask the script, with the whole body."""
        deadline = until(deadline, self.clock, seconds)
        if isinstance(request.content, Stream):
            parts: list[bytes] = []
            for chunk in request.content.chunks:
                parts.append(chunk)
                request.content.on_sent(len(chunk))
            whole = (request.method, request.url, request.headers, b"".join(parts))
            request = OutgoingRequest(*whole, to_api=request.to_api)
        self.requests.append(request)
        played = self._script(request)
        if isinstance(played, Slow):
            self.clock += min(played.seconds, max(deadline - self.clock, 0))
            if self.clock >= deadline:
                raise failed("timeout", "the virtual server")
            return played.response
        if isinstance(played, NetworkError):
            raise played
        return played

    async def stream(
        self, request: OutgoingRequest, deadline: float
    ) -> AsyncGenerator[bytes, None]:
        """Ask the script, and yield its response byte by byte."""
        response = await self.send(request, deadline)
        if not 200 <= response.status_code < 300:
            raise ApiError(response.status_code, response.headers, response.content)
        for byte in response.content:
            yield bytes([byte])
