"""What the trainer was given; the order of its keys is not kept."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class TrainingInputType0(Record):
    """What the trainer was given; the order of its keys is not kept."""
