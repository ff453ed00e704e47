"""What deliveries of webhooks are signed with."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class WebhookSecret(Record):
    """What deliveries of webhooks are signed with."""

    key: str = field(decoding.string)
    """`whsec_` and base64, whose bytes are the key of the HMAC; a secret."""
