"""A page of packs in its envelope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.probe_pack import ProbePack


class ProbePackPage(Record):
    """A page of packs in its envelope."""

    data: Records[ProbePack] = field(records(lambda: models.ProbePack))
    """The packs of this page, in the order that was asked for."""
    success: bool | None = field(decoding.boolean, default=None)
    """Always true."""
    total_pages: int | None = field(decoding.integer, name="totalPages", default=None)
    """How many pages there are."""
