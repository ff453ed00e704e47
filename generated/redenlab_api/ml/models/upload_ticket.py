"""A link to upload to, and names for what is uploaded: `job_id` and `file_key` for an API key, `asset_id` for a bearer token."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class UploadTicket(Record):
    """A link to upload to, and names for what is uploaded: `job_id` and `file_key` for an API
    key, `asset_id` for a bearer token."""

    upload_url: str = field(decoding.string)
    """Presigned link to PUT the recording to; a secret while it is valid."""
    expires_in: int = field(decoding.integer)
    """Seconds for which the link is valid."""
    job_id: str | None = field(decoding.string, default=None)
    """UUID of the job, from the upload to the result. Absent beside `asset_id`."""
    file_key: str | None = field(decoding.string, default=None)
    """Opaque name of the upload, such as `uploads/<uuid>/<filename>`. Absent beside `asset_id`."""
    asset_id: str | None = field(decoding.string, default=None)
    """UUID of the upload, for any number of jobs. Absent beside `job_id`."""
