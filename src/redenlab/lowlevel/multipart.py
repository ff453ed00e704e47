"""Multipart forms of known length (RFC 7578), read in chunks."""

import os
from collections.abc import Iterator, Sequence

from redenlab.lowlevel.types import File


class JsonText(str):
    """A field of a form that is JSON text, and says so."""

    __slots__ = ()


class Form:
    """A form, ready to be sent.

    Attributes:
        size: Exact length in bytes.
        headers: ``Content-Type`` and ``Content-Length``.
    """

    def __init__(self, parts: Sequence[tuple[str, str | File]]) -> None:
        """Choose a boundary; nothing is read yet."""
        boundary = os.urandom(16).hex()
        self._parts = [(_head(boundary, name, value), value) for name, value in parts]
        self._end = f"--{boundary}--\r\n".encode()
        self.size: int = len(self._end) + sum(
            len(head) + _size(value) + 2 for head, value in self._parts
        )
        self.headers: dict[str, str] = {
            "Content-Type": f"multipart/form-data; boundary={boundary}",
            "Content-Length": str(self.size),
        }

    def chunks(self) -> Iterator[bytes]:
        """The body, from its beginning."""
        for head, value in self._parts:
            yield head
            if isinstance(value, File):
                yield from value.chunks()
            else:
                yield value.encode()
            yield b"\r\n"
        yield self._end


def _head(boundary: str, name: str, value: str | File) -> bytes:
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{_quoted(name)}"'
    if isinstance(value, File):
        head += f'; filename="{_quoted(value.name)}"\r\nContent-Type: {value.content_type}'
    elif isinstance(value, JsonText):
        head += "\r\nContent-Type: application/json"
    return f"{head}\r\n\r\n".encode()


def _size(value: str | File) -> int:
    return value.size if isinstance(value, File) else len(value.encode())


def _quoted(text: str) -> str:
    """As browsers do (WHATWG, multipart/form-data encoding algorithm)."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
