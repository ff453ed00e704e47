"""The words known for JobStatus when this was generated."""

from typing import Any, Literal, cast

from redenlab.lowlevel import codec

JobStatus = Literal["completed", "failed", "processing", "submitted", "upload_pending"]


def job_status(value: Any) -> JobStatus:
    """Read a word; one that is newer than this file passes as it is."""
    return cast("JobStatus", codec.string(value))
