"""Assessments in their envelope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.assessment import Assessment


class AssessmentList(Record):
    """Assessments in their envelope."""

    data: Records[Assessment] = field(records(lambda: models.Assessment))
    """Assessments, the newest first."""
    success: bool | None = field(decoding.boolean, default=None)
    """Always true."""
