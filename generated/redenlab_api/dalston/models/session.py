"""A realtime session. Lists leave out what only a look at one session shows."""

from __future__ import annotations

import datetime

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class Session(Record):
    """A realtime session. Lists leave out what only a look at one session shows."""

    id: str = field(decoding.string)
    """UUID, made of the `sess_` of the session and zeros."""
    status: str = field(decoding.string)
    """`active`, `completed`, `error` or `interrupted`."""
    language: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Language that was asked for; `auto` detects it."""
    model: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Model that was asked for; empty where the server chose."""
    engine_id: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """The engine that worked."""
    audio_duration_seconds: float | None = field(
        decoding.union(decoding.number, decoding.null), default=None
    )
    """Seconds of audio that came."""
    segment_count: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Number of segments in the transcript."""
    word_count: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Number of words in the transcript."""
    retention: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Days for which it is kept; 0 keeps nothing, -1 for ever."""
    started_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When it began. A time without a zone is in UTC."""
    ended_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When it ended; null before that."""
    error: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Why it broke off, such as `lag_exceeded`; lists leave it out."""
    encoding: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Form of the audio, such as `pcm_s16le`; lists leave it out."""
    sample_rate: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Samples of a second; lists leave it out."""
    purge_after: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When it will be removed; lists leave it out."""
    purged_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When it was removed; lists leave it out."""
    audio_uri: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Where the audio is stored, for operators; lists leave it out."""
    transcript_uri: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Where the transcript is stored, for operators; lists leave it out."""
    instance: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """The worker that had it; lists leave it out."""
    client_ip: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """From where it came; lists leave it out."""
    previous_session_id: str | None = field(
        decoding.union(decoding.string, decoding.null), default=None
    )
    """The session that it resumes; lists leave it out."""
