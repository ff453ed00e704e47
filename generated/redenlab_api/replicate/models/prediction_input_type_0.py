"""What the model was given; the order of its keys is not kept."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class PredictionInputType0(Record):
    """What the model was given; the order of its keys is not kept."""
