"""What the models are doing."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.chain_progress_metadata import ChainProgressMetadata


class ChainProgress(Record):
    """What the models are doing."""

    type: str = field(decoding.string)
    """`analyzing`, `routing`, `executing`, `validating`, `retrying`, `complete` or `error`."""
    stage: str | None = field(decoding.string, default=None)
    """The same in words."""
    message: str | None = field(decoding.string, default=None)
    """A sentence for people."""
    progress: float | None = field(decoding.number, default=None)
    """From 0 to 1."""
    metadata: ChainProgressMetadata | None = field(
        record(lambda: models.ChainProgressMetadata), default=None
    )
    """What was found out so far: `analysis`, `routingPlan`, `model`, and `content`, the first 100
    characters."""
    timestamp: datetime.datetime | None = field(decoding.instant, default=None)
    """When."""
