"""What a document should be changed for."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ProposalRequest(Record):
    """What a document should be changed for."""

    conversation_context: str = field(decoding.string, name="conversationContext")
    """What was said before."""
    user_request: str = field(decoding.string, name="userRequest")
    """What the user wants."""
