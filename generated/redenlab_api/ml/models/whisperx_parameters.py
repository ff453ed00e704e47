"""WhisperxParameters"""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class WhisperxParameters(Record):
    """WhisperxParameters"""

    diarize: bool = field(decoding.boolean, default=False, required=True)
    """Whether to tell speakers apart."""
    batch_size: int = field(decoding.integer, default=16, required=True)
