"""Either `job_id` and `file_key`, or `asset_id`."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class UploadTicket(Record):
    """Either `job_id` and `file_key`, or `asset_id`."""

    upload_url: str = field(decoding.string)
    """Presigned link; a secret while it is valid."""
    expires_in: int = field(decoding.integer)
    """Seconds for which the link is valid."""
    job_id: str | None = field(decoding.string, default=None)
    """Names the job from the upload to the result."""
    file_key: str | None = field(decoding.string, default=None)
    """Opaque name of the upload."""
    asset_id: str | None = field(decoding.string, default=None)
    """Names the upload, for any number of jobs."""
