"""What to search for."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class SearchRequest(Record):
    """What to search for."""

    project_id: str = field(decoding.string, name="projectId")
    """Whose documents are searched."""
    query: str = field(decoding.string)
    """Up to 1,000 characters."""
    limit: int | None = field(decoding.integer, default=None)
    """How many at most. Left out, 10."""
    min_score: float | None = field(decoding.number, name="minScore", default=None)
    """The score below which nothing is found. Left out, all are."""
    document_ids: list[str] | None = field(
        decoding.array(decoding.string), name="documentIds", default=None
    )
    """Only these documents. Left out, all."""
