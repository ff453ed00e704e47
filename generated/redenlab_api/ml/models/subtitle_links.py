"""Presigned links to subtitles."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class SubtitleLinks(Record):
    """Presigned links to subtitles."""

    srt: str | None = field(decoding.string, default=None)
    vtt: str | None = field(decoding.string, default=None)
