"""TrainingInputType0"""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class TrainingInputType0(Record):
    """TrainingInputType0"""
