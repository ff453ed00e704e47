"""What happens to a text."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class TextPhase(Record):
    """What happens to a text."""

    name: str = field(decoding.string)
    """Names it in the results."""
    model: str | None = field(decoding.string, default=None)
    """`provider/model`. Left out, the server chooses."""
    system_prompt: str | None = field(decoding.string, name="systemPrompt", default=None)
    """What the model is told. Left out, nothing."""
    temperature: float | None = field(decoding.number, default=None)
    """How freely the model answers, from 0 to 2. Left out, the server's."""
