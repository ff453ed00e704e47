"""What the upload was named by, and beside it the parameters of the model."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class PredictRequest(Record):
    """What the upload was named by, and beside it the parameters of the model."""

    job_id: str | None = field(decoding.string, default=None)
    """As the upload was answered; goes with `file_key`, in place of `asset_id`."""
    file_key: str | None = field(decoding.string, default=None)
    """As the upload was answered; goes with `job_id`."""
    asset_id: str | None = field(decoding.string, default=None)
    """As the upload was answered; in place of `job_id` and `file_key`."""
