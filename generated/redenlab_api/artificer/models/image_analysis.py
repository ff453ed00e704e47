"""What is on an image."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.analysis_details import AnalysisDetails


class ImageAnalysis(Record):
    """What is on an image."""

    description: str = field(decoding.string)
    """In words."""
    details: AnalysisDetails | None = field(record(lambda: models.AnalysisDetails), default=None)
    """What an analysis took."""
