"""What is said over a WebSocket: frames in, frames out, no I/O."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Close:
    """The end of a connection.

    Attributes:
        code: Of the close frame; ``None`` ends it without one.
    """

    code: int | None = None


Said = str | Close


class Talk(Protocol):
    """One connection, as the service sees it."""

    def begin(self) -> Iterable[Said]:
        """What it says first."""
        ...

    def hear(self, frame: str | bytes) -> Iterable[Said]:
        """What it says to a frame."""
        ...

    def lost(self) -> None:
        """The connection is over, for whatever reason."""
        ...
