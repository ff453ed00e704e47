"""A model that fits what was searched for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.found_metadata import FoundMetadata
    from ..models.model import Model


class FoundModel(Record):
    """A model that fits what was searched for."""

    model: Model | None = field(record(lambda: models.Model), default=None)
    """A model. An official one is run as it is, any other by one of its versions."""
    metadata: FoundMetadata | None = field(
        decoding.union(record(lambda: models.FoundMetadata), decoding.null), default=None
    )
    """How well it fits."""
