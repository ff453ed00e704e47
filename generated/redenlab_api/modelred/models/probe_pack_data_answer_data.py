"""The contents, in a form that is not documented."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class ProbePackDataAnswerData(Record):
    """The contents, in a form that is not documented."""
