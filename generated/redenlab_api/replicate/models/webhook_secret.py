"""WebhookSecret"""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class WebhookSecret(Record):
    """WebhookSecret"""

    key: str = field(decoding.string)
    """Begins with `whsec_`; a secret."""
