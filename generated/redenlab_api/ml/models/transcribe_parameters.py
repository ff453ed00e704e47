"""TranscribeParameters"""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class TranscribeParameters(Record):
    """TranscribeParameters"""

    language_code: str = field(decoding.string)
    """Such as `en-US`."""
    max_speaker_count: int = field(decoding.integer, default=10, required=True)
    """The service cannot do without."""
