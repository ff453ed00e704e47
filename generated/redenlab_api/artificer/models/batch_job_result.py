"""What became of an item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, record, records

from .. import models

if TYPE_CHECKING:
    from ..models.batch_job_result_metadata_type_0 import BatchJobResultMetadataType0
    from ..models.batch_job_result_phase_outputs_type_0 import BatchJobResultPhaseOutputsType0
    from ..models.item_error import ItemError


class BatchJobResult(Record):
    """What became of an item."""

    item_index: int = field(decoding.integer, name="itemIndex")
    """Its place among the items, from 0."""
    input: str = field(decoding.string)
    """Its text."""
    status: str = field(decoding.string)
    """`PENDING`, `PROCESSING`, `COMPLETED`, `FAILED` or `SKIPPED`."""
    metadata: BatchJobResultMetadataType0 | None = field(
        decoding.union(record(lambda: models.BatchJobResultMetadataType0), decoding.null),
        default=None,
    )
    """What was sent along; null for nothing."""
    output: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """The output of the last phase; null where it has none yet."""
    phase_outputs: BatchJobResultPhaseOutputsType0 | None = field(
        decoding.union(record(lambda: models.BatchJobResultPhaseOutputsType0), decoding.null),
        name="phaseOutputs",
        default=None,
    )
    """The output of each phase by its name; empty or null before the first."""
    errors: Records[ItemError] | None = field(records(lambda: models.ItemError), default=None)
    """What went wrong; empty for nothing."""
    cost_incurred: float | None = field(decoding.number, name="costIncurred", default=None)
    """US dollars."""
    tokens_used: int | None = field(decoding.integer, name="tokensUsed", default=None)
    """Of all phases."""
    processing_time_ms: float | None = field(
        decoding.union(decoding.number, decoding.null), name="processingTimeMs", default=None
    )
    """Milliseconds; null before its end."""
