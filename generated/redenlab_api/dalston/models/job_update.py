"""What to change of a job."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class JobUpdate(Record):
    """What to change of a job."""

    display_name: str = field(decoding.string)
    """The new name."""
