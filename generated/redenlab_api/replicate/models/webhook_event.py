"""The words known for WebhookEvent when this was generated."""

from typing import Any, Literal, cast

from redenlab.lowlevel import codec

WebhookEvent = Literal["completed", "logs", "output", "start"]


def webhook_event(value: Any) -> WebhookEvent:
    """Read a word; one that is newer than this file passes as it is."""
    return cast("WebhookEvent", codec.string(value))
