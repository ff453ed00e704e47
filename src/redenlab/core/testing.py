"""An `Io` in virtual time: hours of waiting pass in no time, and every run is the same."""

import random
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from redenlab.core.errors import NetworkError, RequestTimeout
from redenlab.core.io import Message, Upload
from redenlab.core.network import Route
from redenlab_api.errors import ApiError
from redenlab_api.types import Answer

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Slow:
    """An answer that takes `seconds` to come."""

    seconds: float
    answer: Answer


Script = Callable[[Message], Answer | Slow | NetworkError]
"""Plays the server; an error that it returns is raised to the workflow."""


class VirtualIo:
    """A clock that only `sleep` and slow answers move, and a scripted server.

    Attributes:
        clock: Seconds since the beginning.
        slept: Every pause, in order.
        messages: Everything that was sent, uploads as one message with the whole body.
    """

    def __init__(self, script: Script, seed: int = 0) -> None:
        """Begin at 0 seconds; chance is drawn from `seed`."""
        self.clock: float = 0.0
        self.slept: list[float] = []
        self.messages: list[Message] = []
        self.route: Route = Route()
        self._script = script
        self._chance = random.Random(seed)  # noqa: S311 - made to be repeatable

    def now(self) -> float:
        """The virtual time."""
        return self.clock

    def random(self) -> float:
        """The next number of the seed's sequence."""
        return self._chance.random()

    async def sleep(self, seconds: float) -> None:
        """Move the clock."""
        self.slept.append(seconds)
        self.clock += max(seconds, 0)

    async def offload(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Call it."""
        return function(*args, **kwargs)

    def alone(self) -> AbstractAsyncContextManager[None]:
        """Nobody else is there."""
        return nullcontext()

    async def send(self, message: Message, deadline: float) -> Answer:
        """Ask the script."""
        self.messages.append(message)
        played = self._script(message)
        if isinstance(played, Slow):
            self.clock += min(played.seconds, max(deadline - self.clock, 0))
            if self.clock >= deadline:
                raise RequestTimeout("timed out", retryable=True)
            return played.answer
        if isinstance(played, NetworkError):
            raise played
        return played

    async def listen(self, message: Message, deadline: float) -> AsyncGenerator[bytes, None]:
        """Ask the script, and give its answer byte by byte."""
        answer = await self.send(message, deadline)
        if not 200 <= answer.status_code < 300:
            raise ApiError(answer.status_code, answer.headers, answer.content)
        for byte in answer.content:
            yield bytes([byte])

    async def put(self, upload: Upload, deadline: float) -> Answer:
        """Ask the script, with the whole body."""
        parts: list[bytes] = []
        for chunk in upload.chunks:
            parts.append(chunk)
            upload.sent(len(chunk))
        message = Message(upload.method, upload.url, upload.headers, b"".join(parts))
        return await self.send(message, deadline)
