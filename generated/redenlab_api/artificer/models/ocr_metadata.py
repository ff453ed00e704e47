"""How an image was read."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class OCRMetadata(Record):
    """How an image was read."""

    processing_time: float | None = field(decoding.number, name="processingTime", default=None)
    """Milliseconds."""
    provider: str | None = field(decoding.string, default=None)
    """What read it, such as `openai-vision`."""
    model: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """The model; null where none was used."""
    tokens_used: int | None = field(
        decoding.union(decoding.integer, decoding.null), name="tokensUsed", default=None
    )
    """Null where the server does not tell."""
    cost: float | None = field(decoding.union(decoding.number, decoding.null), default=None)
    """US dollars; null where the server does not tell."""
    page_count: int | None = field(decoding.integer, name="pageCount", default=None)
    """Pages of the document; absent for an image."""
