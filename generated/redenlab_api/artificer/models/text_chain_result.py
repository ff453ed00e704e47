"""What phases made of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel.records import Record, Records, field, record, records

from .. import models

if TYPE_CHECKING:
    from ..models.text_chain_result_metadata import TextChainResultMetadata
    from ..models.text_phase_result import TextPhaseResult


class TextChainResult(Record):
    """What phases made of a text."""

    chain_results: Records[TextPhaseResult] = field(
        records(lambda: models.TextPhaseResult), name="chainResults"
    )
    """One for each phase."""
    metadata: TextChainResultMetadata | None = field(
        record(lambda: models.TextChainResultMetadata), default=None
    )
    """`totalCost` in US dollars, `totalTime` in seconds, `phaseCount`."""
