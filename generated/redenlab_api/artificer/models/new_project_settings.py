"""Anything of yours. Left out, empty."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class NewProjectSettings(Record):
    """Anything of yours. Left out, empty."""
