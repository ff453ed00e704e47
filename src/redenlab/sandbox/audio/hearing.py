"""Speech in audio that comes in pieces: where it begins and ends, and its fake words."""

import io
import wave
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from redenlab.ml.audio import NotAudio, Samples
from redenlab.sandbox.audio import speech, words

LOUD = 0.05
"""Seconds of sound that are speech; shorter ones are clicks."""

LONGEST = 30.0
"""Seconds after which an utterance is cut."""

FRAME = 0.01
"""Seconds whose level is measured at once."""


class Utterance(NamedTuple):
    """Speech between two pauses.

    Attributes:
        words: Each with its beginning and end in seconds.
    """

    start: float
    end: float
    words: list[tuple[str, float, float]]

    @property
    def text(self) -> str:
        """All words."""
        return " ".join(word for word, _, _ in self.words)


class Began(NamedTuple):
    """Speech begins."""

    at: float


class Hearing:
    """Hears speech by its level.

    Attributes:
        threshold: Level of speech, dBFS.
        silence: Seconds of silence that end an utterance.
        padding: Seconds before an utterance that are heard with it.
        began: When the current utterance began; ``None`` between two.
        now: Seconds that were heard.
    """

    def __init__(self, rate: int) -> None:
        """Hear samples at `rate` Hz."""
        self.threshold: float = -45.0
        self.silence: float = 0.3
        self.padding: float = 0.3
        self.began: float | None = None
        self.now: float = 0.0
        self._rate = rate
        self._step = round(rate * FRAME)
        self._rest: Samples = np.zeros(0, np.float32)
        self._kept: list[Samples] = []
        self._loud = self._quiet = 0

    def hear(self, samples: Samples) -> Iterator[Began | Utterance]:
        """What begins and ends with more samples."""
        joined = np.concatenate([self._rest, samples])
        count = len(joined) // self._step
        self._rest = joined[count * self._step :]
        frames = joined[: count * self._step].reshape(count, self._step)
        levels = 10 * np.log10(np.mean(np.square(frames, dtype=np.float64), axis=1) + 1e-12)
        for frame, level in zip(frames, levels, strict=True):
            yield from self._frame(frame, is_loud=bool(level > self.threshold))

    def end(self) -> Iterator[Utterance]:
        """The current utterance, which ends here."""
        if self.began is not None and self._kept:
            yield self._ended()

    def forget(self) -> None:
        """Drop the current utterance."""
        self.began, self._kept, self._loud = None, [], 0

    def _frame(self, frame: Samples, *, is_loud: bool) -> Iterator[Began | Utterance]:
        self.now = round(self.now + FRAME, 3)
        self._kept.append(frame)
        self._loud = self._loud + 1 if is_loud else 0
        self._quiet = 0 if is_loud else self._quiet + 1
        if self.began is None:
            del self._kept[: -round((self.padding + LOUD) / FRAME)]
            if self._loud >= LOUD / FRAME:
                self.began = round(self.now - LOUD, 3)
                yield Began(self.began)
        elif self._quiet >= self.silence / FRAME:
            yield self._ended()
        elif self.now - self.began >= LONGEST:
            yield self._ended()
            self.began = self.now
            yield Began(self.now)

    def _ended(self) -> Utterance:
        assert self.began is not None  # noqa: S101 - the callers have looked
        quiet = self._quiet * FRAME if self._quiet >= self.silence / FRAME else 0.0
        start, end = self.began, round(self.now - quiet, 3)
        offset = self.now - len(self._kept) * FRAME
        found = [(word, round(a + offset, 3), round(b + offset, 3)) for word, a, b in self._words()]
        self.forget()
        return Utterance(start, end, found or [(words.LEXICON[0], start, end)])

    def _words(self) -> list[tuple[str, float, float]]:
        file = io.BytesIO()
        with wave.open(file, "wb") as written:
            written.setnchannels(1)
            written.setsampwidth(2)
            written.setframerate(self._rate)
            levels = np.clip(np.concatenate(self._kept), -1, 1) * 32767
            written.writeframes(levels.astype("<i2").tobytes())
        file.seek(0)
        try:
            return words.words(speech.analyse(file))
        except NotAudio:
            return []
