"""What the upload was named by, and beside it the parameters of the model."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class PredictRequest(Record):
    """What the upload was named by, and beside it the parameters of the model."""

    job_id: str | None = field(decoding.string, default=None)
    file_key: str | None = field(decoding.string, default=None)
    asset_id: str | None = field(decoding.string, default=None)
