"""Where a response ends among the bytes of its connection (RFC 9112, section 6).

Bytes beyond the response would be parsed as the next one, which belongs to another request. The
HTTP library keeps them in a parser of its own, so each connection counts what comes on it, and is
used again only if the count is exactly that of the response. What cannot be counted is no reason to
keep a connection.
"""

import re
from typing import Final

_BLANK_LINE: Final = re.compile(rb"\n\r?\n")
_INTERIM: Final = re.compile(rb"HTTP/1\.[01] 1\d\d")
_CHUNKED: Final = re.compile(rb"\ntransfer-encoding:", re.IGNORECASE)
_LENGTH: Final = re.compile(rb"\ncontent-length:[ \t]*(\d{1,18})[ \t]*\r?\n", re.IGNORECASE)
_SIZE: Final = re.compile(rb"[0-9a-f]{1,16}", re.IGNORECASE)
_BODILESS: Final = re.compile(rb"HTTP/1\.[01] (?:204|304)")


class Framing:
    """Counts the bytes of one response after the other."""

    def __init__(self) -> None:
        self._head = b""
        self._body: _Counted | _Chunks | None = None

    def restart(self) -> None:
        """The next bytes belong to another response."""
        self._head, self._body = b"", None

    def feed(self, data: bytes) -> None:
        """Take what came."""
        if self._body is not None:
            self._body.feed(data)
            return
        self._head += data
        while (blank := _BLANK_LINE.search(self._head)) is not None:
            head, rest = self._head[: blank.end()], self._head[blank.end() :]
            if _INTERIM.match(head) is None:
                self._head, self._body = b"", _body(head)
                self._body.feed(rest)
                return
            self._head = rest

    @property
    def is_over(self) -> bool:
        """Whether exactly one response came."""
        return self._body is not None and self._body.is_over


def _body(head: bytes) -> "_Counted | _Chunks":
    if _BODILESS.match(head):
        return _Counted(0)
    if _CHUNKED.search(head):
        return _Chunks()
    length = _LENGTH.search(head)
    return _Counted(-1 if length is None else int(length[1]))  # -1: until the connection ends


class _Counted:
    """A body of known length."""

    def __init__(self, length: int) -> None:
        self._left = length

    def feed(self, data: bytes) -> None:
        self._left -= len(data)

    @property
    def is_over(self) -> bool:
        return self._left == 0


class _Chunks:
    """A chunked body (RFC 9112, section 7.1); the HTTP library refuses one that is malformed."""

    def __init__(self) -> None:
        self._line = b""
        self._skip = 0
        self._is_last = False
        self._is_whole = False
        self._is_odd = False

    @property
    def is_over(self) -> bool:
        return self._is_whole and not self._is_odd

    def feed(self, data: bytes) -> None:
        at = 0
        while at < len(data):
            if self._is_whole:
                self._is_odd = True
                return
            if self._skip:
                step = min(self._skip, len(data) - at)
                self._skip -= step
                at += step
                continue
            end = data.find(b"\n", at) + 1 or len(data)
            self._line += data[at:end]
            at = end
            if self._line.endswith(b"\n"):
                self._take_line()

    def _take_line(self) -> None:
        line, self._line = self._line.strip(), b""
        if self._is_last:  # trailers, and then an empty line
            self._is_whole = not line
            return
        size = _SIZE.match(line)
        if size is None:
            self._is_whole = self._is_odd = True
            return
        length = int(size[0], 16)
        self._is_last = length == 0
        self._skip = length + 2 if length else 0
