"""What the trainer is given, by the model's own names."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class TrainingRequestInput(Record):
    """What the trainer is given, by the model's own names."""
