"""PredictionInputType0"""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class PredictionInputType0(Record):
    """PredictionInputType0"""
