"""Server-sent events, decoded without I/O (WHATWG HTML, section 9.2.6)."""

from collections.abc import Iterator
from dataclasses import dataclass

ACCEPT = "text/event-stream"

MAX_EVENT_BYTES = 1024 * 1024
"""Largest event; a longer one is dropped."""

MAX_RETRY = 60.0
"""Seconds; the longest reconnection time that is accepted from a server."""


@dataclass(frozen=True, slots=True)
class ServerSentEvent:
    """One event of a stream.

    Attributes:
        event: Its type; ``message`` when the server named none.
        data: Its text; several lines are joined by newlines.
        id: The last id that the server named; empty when it named none.
    """

    event: str
    data: str
    id: str


class Decoder:
    """Turns the chunks of a stream, cut anywhere, into events.

    Attributes:
        retry: Reconnection time in seconds; ``None`` when the server named none.
    """

    def __init__(self, last_id: str = "") -> None:
        """Begin a stream, after the event `last_id` when it is resumed."""
        self.retry: float | None = None
        self._parts: list[bytes] = []
        self._held = 0
        self._after_cr = False
        self._first = True
        self._event = ""
        self._data: list[str] = []
        self._size = 0
        self._id = last_id

    def feed(self, chunk: bytes) -> Iterator[ServerSentEvent]:
        """The events that end with `chunk`."""
        if not chunk:
            return
        if self._after_cr:  # whose other half this may begin with
            chunk = chunk.removeprefix(b"\n")
        self._after_cr = chunk.endswith(b"\r")
        *lines, rest = chunk.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        for line in lines:
            self._hold(line)
            whole, self._parts, self._held = b"".join(self._parts), [], 0
            event = self._line(whole.decode(errors="replace"))
            if event is not None:
                yield event
        self._hold(rest)

    def _hold(self, part: bytes) -> None:
        """Keep a part of a line; what is beyond the largest event, no event can have."""
        kept = part[: max(2 * MAX_EVENT_BYTES - self._held, 0)]
        self._held += len(kept)
        if kept:
            self._parts.append(kept)

    def _line(self, line: str) -> ServerSentEvent | None:
        if self._first:
            self._first = False
            line = line.removeprefix("\ufeff")
        if not line:
            return self._dispatch()
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._size += len(value) + 1  # and its line end
            if self._size <= MAX_EVENT_BYTES:
                self._data.append(value)
        elif name == "event":
            self._event = value
        elif name == "id" and "\0" not in value:
            self._id = value
        elif name == "retry" and value.isascii() and value.isdigit():
            self.retry = min(int(value[:9]) / 1000, MAX_RETRY)
        return None

    def _dispatch(self) -> ServerSentEvent | None:
        data, event, size = self._data, self._event, self._size
        self._data, self._event, self._size = [], "", 0
        if not data or size > MAX_EVENT_BYTES:
            return None
        return ServerSentEvent(event or "message", "\n".join(data), self._id)
