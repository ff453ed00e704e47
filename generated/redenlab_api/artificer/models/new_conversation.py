"""A conversation to create; everything has a default."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class NewConversation(Record):
    """A conversation to create; everything has a default."""

    title: str | None = field(decoding.string, default=None)
    """What people call it; the first exchange replaces it. Left out, none."""
    model: str | None = field(decoding.string, default=None)
    """`provider/model`. Left out, the chat model of the server."""
    system_prompt: str | None = field(decoding.string, name="systemPrompt", default=None)
    """What the model is told before anything else. Left out, a stock text."""
    temperature: float | None = field(decoding.number, default=None)
    """How freely the model answers, from 0 to 2. Left out, 0.7."""
    max_tokens: int | None = field(decoding.integer, name="maxTokens", default=None)
    """Tokens of an answer at most. Left out, 1000."""
    project_id: str | None = field(decoding.string, name="projectId", default=None)
    """The project that it belongs to. Left out, none."""
