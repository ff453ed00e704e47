"""A piece of a transcript. In lite mode it may have nothing but its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.word import Word


class Segment(Record):
    """A piece of a transcript. In lite mode it may have nothing but its text."""

    text: str = field(decoding.string)
    """What is said in it."""
    id: str | int | None = field(
        decoding.union(decoding.string, decoding.integer, decoding.null), default=None
    )
    """Names it in its transcript, such as `seg_000`."""
    start: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """Seconds from the beginning of the recording."""
    end: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """Seconds from the beginning of the recording."""
    speaker: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Who speaks, such as `SPEAKER_00`; null without speaker detection."""
    redacted_text: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """What is said in it without personal data."""
    language: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Its language, where several are spoken."""
    words: Records[Word] | None = field(
        decoding.union(records(lambda: models.Word), decoding.null), default=None
    )
    """Its words, where they were asked for."""
    confidence: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """How sure the text is, from 0 to 1."""
    speaker_confidence: float | None = field(
        decoding.union(decoding.number, decoding.null), default=None
    )
    """How sure the speaker is, from 0 to 1."""
    avg_logprob: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """Mean logarithm of the probability of its tokens, as some engines tell."""
    compression_ratio: float | None = field(
        decoding.union(decoding.number, decoding.null), default=None
    )
    """How well its text can be compressed, as some engines tell; high where it repeats itself."""
    no_speech_prob: float | None = field(
        decoding.union(decoding.number, decoding.null), default=None
    )
    """Probability that nothing is said, from 0 to 1, as some engines tell."""
    emotion: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """The emotion that is heard, as some engines tell."""
    emotion_confidence: float | None = field(
        decoding.union(decoding.number, decoding.null), default=None
    )
    """How sure the emotion is, from 0 to 1."""
