"""An assessment to start."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class AssessmentRequest(Record):
    """An assessment to start."""

    model: str = field(decoding.string)
    """The slug or the id of the model."""
    test_types: list[str] = field(decoding.array(decoding.string), name="testTypes")
    """Keys of probes, such as `jailbreak`; `probes.list` has them."""
    priority: str | None = field(decoding.string, default=None)
    """How soon an assessment begins, against others of the organization."""
