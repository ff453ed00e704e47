"""Safety settings as Google names them. Left out, those of Google."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class GoogleConfigSafetySettings(Record):
    """Safety settings as Google names them. Left out, those of Google."""
