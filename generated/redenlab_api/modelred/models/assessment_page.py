"""A page of assessments in its envelope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, record, records

from .. import models

if TYPE_CHECKING:
    from ..models.assessment import Assessment
    from ..models.pagination import Pagination


class AssessmentPage(Record):
    """A page of assessments in its envelope."""

    data: Records[Assessment] = field(records(lambda: models.Assessment))
    """The assessments of this page, in the order that was asked for."""
    success: bool | None = field(decoding.boolean, default=None)
    """Always true."""
    total_pages: int | None = field(decoding.integer, name="totalPages", default=None)
    """How many pages there are; sometimes in `pagination` instead."""
    pagination: Pagination | None = field(record(lambda: models.Pagination), default=None)
    """Where a page stands among others."""
