"""An assessment to start; it needs `model` or `modelId`."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class PackAssessmentRequest(Record):
    """An assessment to start; it needs `model` or `modelId`."""

    probe_pack_ids: list[str] = field(decoding.array(decoding.string), name="probePackIds")
    """Ids of packs; `probe_packs` lists them."""
    model: str | None = field(decoding.string, default=None)
    """The slug of the model. Left out where `modelId` is given."""
    model_id: str | None = field(decoding.string, name="modelId", default=None)
    """The id of the model in the database. Left out where `model` is given."""
    priority: str | None = field(decoding.string, default=None)
    """How soon an assessment begins, against others of the organization."""
