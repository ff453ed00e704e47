"""An assessment in its envelope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.assessment import Assessment


class AssessmentAnswer(Record):
    """An assessment in its envelope."""

    data: Assessment = field(record(lambda: models.Assessment))
    """A run of probes against a model."""
    success: bool | None = field(decoding.boolean, default=None)
    """Always true."""
