"""The end of the audio: what was sent, and what the service is not known to have dealt with."""

from collections import deque
from typing import Final

from redenlab.core.live.audio import AudioFormat

WINDOW: Final = 60.0
"""Seconds of audio that are kept; services conclude an utterance after 30 at the latest."""


class Tail:
    """Audio that may have to be sent again.

    Attributes:
        start: Bytes of the session before it: those that were confirmed, or are too long ago.
    """

    def __init__(self, form: AudioFormat, window: float = WINDOW) -> None:
        """Keep `window` seconds at most."""
        self.start: int = 0
        self._form = form
        self._limit = form.at(window)
        self._pieces: deque[bytes] = deque()
        self._size = 0

    @property
    def seconds(self) -> float:
        """When it begins, in seconds from the beginning of the session."""
        return self.start / self._form.rate

    @property
    def content(self) -> bytes:
        """All of it."""
        return b"".join(self._pieces)

    def append(self, audio: bytes) -> None:
        """Add what is sent; what is too long ago leaves."""
        self._pieces.append(audio)
        self._size += len(audio)
        if self._size > self._limit:
            samples = -(-(self._size - self._limit) // self._form.width)
            self._drop(samples * self._form.width)

    def confirm(self, seconds: float) -> None:
        """Forget what is before a moment of the session."""
        self._drop(self._form.at(seconds) - self.start)

    def clear(self) -> None:
        """Forget all of it."""
        self._drop(self._size)

    def _drop(self, count: int) -> None:
        count = min(count, self._size)
        while count > 0:
            first = self._pieces.popleft()
            if len(first) > count:
                self._pieces.appendleft(first[count:])
            taken = min(len(first), count)
            self.start += taken
            self._size -= taken
            count -= taken
