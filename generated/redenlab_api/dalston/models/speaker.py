"""Somebody who speaks."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class Speaker(Record):
    """Somebody who speaks."""

    id: str = field(decoding.string)
    """What segments call the speaker, such as `SPEAKER_00`."""
    label: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """What people are shown instead."""
    channel: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """The channel of the speaker, from 0, with `per_channel`."""
    total_duration: float | None = field(
        decoding.union(decoding.number, decoding.null), default=None
    )
    """Seconds for which the speaker is heard; the server of today does not tell."""
