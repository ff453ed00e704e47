"""Presigned links to subtitles; secrets while they are valid."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class SubtitleLinks(Record):
    """Presigned links to subtitles; secrets while they are valid."""

    srt: str | None = field(decoding.string, default=None)
    """Link to the subtitles in the format SubRip."""
    vtt: str | None = field(decoding.string, default=None)
    """Link to the subtitles in the format WebVTT."""
