"""Anything to be kept beside it."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class FileRequestMetadata(Record):
    """Anything to be kept beside it."""
