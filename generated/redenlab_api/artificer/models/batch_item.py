"""A text that goes through the phases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.batch_item_metadata import BatchItemMetadata


class BatchItem(Record):
    """A text that goes through the phases."""

    input: str = field(decoding.string)
    """From 1 to 100,000 characters."""
    metadata: BatchItemMetadata | None = field(
        record(lambda: models.BatchItemMetadata), default=None
    )
    """What you want to find in its result. Left out, nothing."""
