"""Which documents of a project are indexed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.project_entry import ProjectEntry


class EmbeddingStats(Record):
    """Which documents of a project are indexed."""

    total_chunks: int = field(decoding.integer, name="totalChunks")
    """Parts."""
    total_documents: int = field(decoding.integer, name="totalDocuments")
    """How many the project has."""
    indexed_documents: int | None = field(decoding.integer, name="indexedDocuments", default=None)
    """Documents that can be found."""
    unindexed_documents: int | None = field(
        decoding.integer, name="unindexedDocuments", default=None
    )
    """Documents that cannot be found."""
    indexed_files: Records[ProjectEntry] | None = field(
        records(lambda: models.ProjectEntry), name="indexedFiles", default=None
    )
    """Those that can be found."""
    unindexed_files: Records[ProjectEntry] | None = field(
        records(lambda: models.ProjectEntry), name="unindexedFiles", default=None
    )
    """Those that cannot be found."""
