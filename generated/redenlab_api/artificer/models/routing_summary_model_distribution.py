"""How many decisions for each model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record


class RoutingSummaryModelDistribution(Record, rest=decoding.integer):
    """How many decisions for each model."""

    if TYPE_CHECKING:

        @property
        def additional_properties(self) -> dict[str, int]:
            """What is under other keys than those of the fields."""
            ...
