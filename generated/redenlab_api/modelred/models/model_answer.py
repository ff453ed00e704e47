"""A model in its envelope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.model import Model


class ModelAnswer(Record):
    """A model in its envelope."""

    data: Model = field(record(lambda: models.Model))
    """A registered language model."""
    success: bool | None = field(decoding.boolean, default=None)
    """Always true."""
