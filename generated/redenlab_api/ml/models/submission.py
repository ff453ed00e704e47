"""Submission"""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class Submission(Record):
    """Submission"""

    job_id: str = field(decoding.string)
    status: str | None = field(decoding.string, default=None)
    """Open; usually `processing` or `submitted`."""
    message: str | None = field(decoding.string, default=None)
    output_location: str | None = field(decoding.string, default=None)
    """Internal address; not readable by callers."""
