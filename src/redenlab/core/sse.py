"""Server-sent events, decoded without I/O (WHATWG HTML, section 9.2.6)."""

from collections.abc import Iterator
from dataclasses import dataclass

ACCEPT = "text/event-stream"

MOST_BYTES = 1024 * 1024
"""Largest event that is put together; a longer one is dropped, as nobody waits for it."""


LONGEST_RETRY = 60.0
"""Seconds; a server that wants more is looked after sooner."""


@dataclass(frozen=True, slots=True)
class Message:
    """One event.

    Attributes:
        event: Its type; ``message`` when the server named none.
        data: Its text.
        id: The last id that the server named; empty when it named none.
    """

    event: str
    data: str
    id: str


class Decoder:
    """Turns pieces of a stream, cut anywhere, into messages.

    Attributes:
        retry: Seconds that the server wants to pass before a broken stream is taken up again;
            ``None`` when it did not say.
    """

    def __init__(self, last_id: str = "") -> None:
        """Begin a stream, after the message of `last_id` where it is taken up again."""
        self.retry: float | None = None
        self._rest = b""
        self._first = True
        self._event = ""
        self._data: list[str] = []
        self._size = 0
        self._id = last_id

    def feed(self, piece: bytes) -> Iterator[Message]:
        """The messages that end with `piece`."""
        text = self._rest + piece
        if text.endswith(b"\r"):  # the other half of a line end may follow
            text, held = text[:-1], b"\r"
        else:
            held = b""
        *lines, rest = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
        self._rest = rest[-MOST_BYTES:] + held
        for line in lines:
            message = self._line(line.decode(errors="replace"))
            if message is not None:
                yield message

    def _line(self, line: str) -> Message | None:
        if self._first:
            self._first = False
            line = line.removeprefix("\ufeff")
        if not line:
            return self._dispatch()
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "data":
            self._size += len(value)
            if self._size <= MOST_BYTES:
                self._data.append(value)
        elif name == "event":
            self._event = value
        elif name == "id" and "\0" not in value:
            self._id = value
        elif name == "retry" and value.isascii() and value.isdigit():
            self.retry = min(int(value[:9]) / 1000, LONGEST_RETRY)
        return None

    def _dispatch(self) -> Message | None:
        data, event, size = self._data, self._event, self._size
        self._data, self._event, self._size = [], "", 0
        if not data or size > MOST_BYTES:
            return None
        return Message(event or "message", "\n".join(data), self._id)
