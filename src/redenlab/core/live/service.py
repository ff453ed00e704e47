"""What a session needs to know of its service: how it connects, and what its messages mean."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from redenlab.core.calls.context import CallContext
from redenlab.core.errors import ConfigurationError, RedenLabError
from redenlab.core.live.audio import AudioFormat
from redenlab.core.live.socket import Closed, Connect, Frame, connect
from redenlab.core.transport.io import Io
from redenlab.lowlevel.types import Request


class Message(Protocol):
    """A message of the service."""

    @property
    def type(self) -> str:
        """What callbacks are registered for."""
        ...

    @property
    def data(self) -> Any:
        """What callbacks are called with."""
        ...


M = TypeVar("M", bound=Message)
M_co = TypeVar("M_co", bound=Message, covariant=True)


class Codec(Protocol[M_co]):
    """The messages of one connection; does no I/O."""

    @property
    def begun(self) -> bool:
        """Whether the service takes audio."""
        ...

    @property
    def done(self) -> bool:
        """Whether the last message has come."""
        ...

    @property
    def confirmed(self) -> float:
        """Seconds of the audio of the session that are transcribed."""
        ...

    def read(self, frame: Frame) -> M_co:
        """The message in a frame.

        Raises:
            RedenLabError: It cannot be read, or it refuses the session.
        """
        ...

    def closed(self, closed: Closed) -> RedenLabError | None:
        """What the end of the connection means; ``None`` where all is well."""
        ...


@dataclass(frozen=True, slots=True)
class Reconnect:
    """How a session goes on after its connection broke.

    Attributes:
        attempts: Connections in a row that may be made; a final ends the row, and so does a
            connection that lasts longer than `budget`.
        budget: Seconds that one interruption may last.
        speed: How many times faster than in real time audio is sent again.
    """

    attempts: int = 5
    budget: float = 60.0
    speed: float = 2.0

    def __post_init__(self) -> None:
        """Check the values.

        Raises:
            ConfigurationError: A number is not positive.
        """
        if min(self.attempts, self.budget, self.speed) <= 0:
            raise ConfigurationError("no value of Reconnect may be 0 or negative")


@dataclass(frozen=True, slots=True)
class Service(Generic[M]):
    """The service of a session.

    Attributes:
        io: The clock.
        begin: Begins a call, from its name and its seconds; ``None`` takes the client's.
        request: The handshake of a connection, with the codec of the one before.
        codec: The codec of a connection whose audio begins so many seconds after the session.
        end: The frame after which nothing is sent.
        stall: Seconds after which a call fails that sends.
        connect: Connects.
    """

    io: Io
    form: AudioFormat
    begin: Callable[[str, float | None], CallContext]
    request: Callable[[Codec[M] | None], Request]
    codec: Callable[[float], Codec[M]]
    end: str
    stall: float
    connect: Connect = connect
