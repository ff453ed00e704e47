"""What a session needs of a WebSocket, and how one is connected."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from redenlab.core.calls.context import CallContext
from redenlab.core.errors import MissingExtra, RedenLabError
from redenlab.lowlevel.types import Request

Frame = str | bytes
"""A text frame, or a binary one."""

ABNORMAL = 1006
"""The code of a connection that ended without a close frame (RFC 6455, 7.4.1)."""


class Closed(Exception):
    """The connection is over.

    Attributes:
        code: Of the close frame that came; `ABNORMAL` where none did.
        reason: Of that frame.
        problem: Why this side gave up; ``None`` where it did not.
    """

    def __init__(
        self, code: int = ABNORMAL, reason: str = "", problem: RedenLabError | None = None
    ) -> None:
        super().__init__(f"closed with {code}")
        self.code: int = code
        self.reason: str = reason
        self.problem: RedenLabError | None = problem


class Socket(Protocol):
    """A WebSocket that is connected. Its buffers are bounded."""

    async def send(self, frame: Frame) -> None:
        """Send a frame; waits while the network is slow.

        Raises:
            Closed: It is over.
        """
        ...

    async def recv(self) -> Frame:
        """The next frame; those that came before the end come first.

        Raises:
            Closed: It is over.
        """
        ...

    async def close(self) -> None:
        """Close it, and wait a moment for the other side; does nothing if it is over."""
        ...


Connect = Callable[[CallContext, Request], Awaitable[Socket]]
"""Connects to where a request leads, once."""


async def connect(context: CallContext, request: Request) -> Socket:
    """Connect to the API as a call does: same URL policy, credential, proxy and certificates.

    Raises:
        MissingExtra: The library is not installed.
        AuthenticationError: The credential was refused.
        APIError: The handshake failed.
    """
    try:
        from redenlab.core.live import websocket  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        raise MissingExtra(
            "realtime sessions need the library websockets",
            hint="run: pip install 'redenlab[realtime]'",
        ) from None
    return await websocket.connect(context, request)
