"""A text that goes through phases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.text_phase import TextPhase


class TextChainRequest(Record):
    """A text that goes through phases."""

    text: str = field(decoding.string)
    """From 1 to 100,000 characters."""
    phases: Records[TextPhase] = field(records(lambda: models.TextPhase))
    """From 1 to 10; the response of each is the text of the next."""
