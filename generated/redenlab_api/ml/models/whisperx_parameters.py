"""How the model works; both are sent with every job."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class WhisperxParameters(Record):
    """How the model works; both are sent with every job."""

    diarize: bool = field(decoding.boolean, default=False, required=True)
    """Whether to tell speakers apart."""
    batch_size: int = field(decoding.integer, default=16, required=True)
    """How much the model works on at once; in which unit is not documented."""
