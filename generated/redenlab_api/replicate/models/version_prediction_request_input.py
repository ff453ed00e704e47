"""What the model is given, by the model's own names."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class VersionPredictionRequestInput(Record):
    """What the model is given, by the model's own names."""
