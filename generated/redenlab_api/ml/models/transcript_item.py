"""A word or a punctuation mark; the latter has no times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.transcript_alternative import TranscriptAlternative


class TranscriptItem(Record):
    """A word or a punctuation mark; the latter has no times."""

    type_: str = field(decoding.string, name="type")
    """`pronunciation` or `punctuation`."""
    start_time: str | None = field(decoding.string, default=None)
    """Seconds from the beginning of the recording, as a text such as `1.54`."""
    end_time: str | None = field(decoding.string, default=None)
    """Seconds from the beginning of the recording, as a text such as `1.54`."""
    alternatives: Records[TranscriptAlternative] | None = field(
        records(lambda: models.TranscriptAlternative), default=None
    )
    """What it may be; the first element is the one to use."""
    speaker_label: str | None = field(decoding.string, default=None)
    """Who says it, by a label that the speaker has in all items."""
