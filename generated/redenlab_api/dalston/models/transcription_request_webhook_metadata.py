"""Sent along to `webhook_url`, as JSON of 16 KB at most; ignored where that is."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class TranscriptionRequestWebhookMetadata(Record):
    """Sent along to `webhook_url`, as JSON of 16 KB at most; ignored where that is."""
