"""How each of its parts is; absent where the server does not tell."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class HealthServices(Record):
    """How each of its parts is; absent where the server does not tell."""
