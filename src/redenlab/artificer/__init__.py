"""Artificer: conversations, batches of texts, text from images and PDFs, orchestration.

from redenlab.artificer import Artificer

with Artificer() as client:
    conversation = client.conversations.create(title="Test")
    for chunk in client.chat.stream(conversation.id, "Tell me a story"):
        print(chunk.content, end="")
"""

from redenlab.artificer.client import Artificer, AsyncArtificer, Protocol
from redenlab.artificer.exceptions import (
    ArtificerError,
    AuthenticationError,
    ConnectionError,  # noqa: A004 - as documented
    NotFoundError,
    PermissionError,  # noqa: A004 - as documented
    RateLimitError,
    ServerError,
    TimeoutError,  # noqa: A004 - as documented
    ValidationError,
)
from redenlab.artificer.resources import OnProgress

__all__ = [
    "Artificer",
    "ArtificerError",
    "AsyncArtificer",
    "AuthenticationError",
    "ConnectionError",
    "NotFoundError",
    "OnProgress",
    "PermissionError",
    "Protocol",
    "RateLimitError",
    "ServerError",
    "TimeoutError",
    "ValidationError",
]
