"""What the model has to know of the recording beforehand."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class TranscribeParameters(Record):
    """What the model has to know of the recording beforehand."""

    language_code: str = field(decoding.string)
    """Language of the recording, as a code such as `en-US`. Which codes there are is not
    documented."""
    max_speaker_count: int = field(decoding.integer, default=10, required=True)
    """The most speakers to tell apart. Always sent, since the service answers 500 without it."""
