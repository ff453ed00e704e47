"""By their names: `maxTokens`, `costPer1kTokens`, `supportsStreaming`, `contextWindow`."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class MonitoredCapabilitiesCapabilities(Record):
    """By their names: `maxTokens`, `costPer1kTokens`, `supportsStreaming`, `contextWindow`."""
