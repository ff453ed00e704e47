"""What to change of a conversation; what is left out stays."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ConversationChange(Record):
    """What to change of a conversation; what is left out stays."""

    title: str | None = field(decoding.string, default=None)
    """What people call it."""
    model: str | None = field(decoding.string, default=None)
    """`provider/model`."""
    system_prompt: str | None = field(decoding.string, name="systemPrompt", default=None)
    """What the model is told before anything else."""
    temperature: float | None = field(decoding.number, default=None)
    """How freely the model answers, from 0 to 2."""
    max_tokens: int | None = field(decoding.integer, name="maxTokens", default=None)
    """Tokens of an answer at most."""
