"""What the service says of a job that it has just accepted."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class Submission(Record):
    """What the service says of a job that it has just accepted."""

    job_id: str = field(decoding.string)
    """Names the job when its result is asked for. Jobs of an API key keep the id of their upload,
    those of a bearer token get theirs here."""
    status: str | None = field(decoding.string, default=None)
    """Open; usually `processing` or `submitted`."""
    message: str | None = field(decoding.string, default=None)
    """A sentence for people, not for programs."""
    output_location: str | None = field(decoding.string, default=None)
    """Internal `s3://` address, not readable by callers. Sent for API keys alone."""
