"""Whether the search works."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class SearchHealth(Record):
    """Whether the search works."""

    chroma: bool = field(decoding.boolean)
    """Whether the store of vectors can be reached."""
    embeddings: bool = field(decoding.boolean)
    """Whether texts can be made vectors."""
    overall: bool = field(decoding.boolean)
    """Whether both work."""
