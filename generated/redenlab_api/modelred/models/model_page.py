"""A page of models in its envelope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.model import Model


class ModelPage(Record):
    """A page of models in its envelope."""

    data: Records[Model] = field(records(lambda: models.Model))
    """The models of this page, in the order that was asked for."""
    success: bool | None = field(decoding.boolean, default=None)
    """Always true."""
    page: int | None = field(decoding.integer, default=None)
    """Number of this page, from 1."""
    page_size: int | None = field(decoding.integer, name="pageSize", default=None)
    """Models on a full page."""
    total: int | None = field(decoding.integer, default=None)
    """Models on all pages."""
    total_pages: int | None = field(decoding.integer, name="totalPages", default=None)
    """How many pages there are."""
