"""The words known for WebhookEvent when this was generated."""

from typing import Literal

from redenlab.lowlevel import decoding

WebhookEvent = Literal["completed", "logs", "output", "start"]

webhook_event: decoding.Decoder[WebhookEvent] = decoding.words(WebhookEvent)
"""Reads a word; one that is newer than this file passes as it is."""
