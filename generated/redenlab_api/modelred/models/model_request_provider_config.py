"""How the service reaches it: the `…Config` of its provider, which may hold secrets."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class ModelRequestProviderConfig(Record):
    """How the service reaches it: the `…Config` of its provider, which may hold secrets."""
