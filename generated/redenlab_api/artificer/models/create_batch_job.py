"""What a new batch job runs: items, phases, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, record, records

from .. import models

if TYPE_CHECKING:
    from ..models.batch_item import BatchItem
    from ..models.batch_options import BatchOptions
    from ..models.phase_config import PhaseConfig


class CreateBatchJob(Record):
    """What a new batch job runs: items, phases, and how."""

    name: str = field(decoding.string)
    """What people call it, up to 200 characters."""
    items_: Records[BatchItem] = field(records(lambda: models.BatchItem), name="items")
    """From 1 to 10,000 texts."""
    phases: Records[PhaseConfig] = field(records(lambda: models.PhaseConfig))
    """From 1 to 10 phases; the output of each is the input of the next."""
    project_id: str | None = field(decoding.string, name="projectId", default=None)
    """The project that it belongs to. Left out, none."""
    options: BatchOptions | None = field(record(lambda: models.BatchOptions), default=None)
    """How a batch job is run."""
