"""An export; it has one of `content`, `files` and `pages`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, record, records

from .. import models

if TYPE_CHECKING:
    from ..models.export_result_files import ExportResultFiles
    from ..models.export_result_metadata import ExportResultMetadata
    from ..models.export_result_pages_item import ExportResultPagesItem


class ExportResult(Record):
    """An export; it has one of `content`, `files` and `pages`."""

    format: str = field(decoding.string)
    """The id of the format."""
    metadata: ExportResultMetadata | None = field(
        record(lambda: models.ExportResultMetadata), default=None
    )
    """`exportDate`, `totalMessages`, `totalTokens`, `totalCost`, and what was exported."""
    content: str | None = field(decoding.string, default=None)
    """The text; absent for notion and obsidian."""
    files: ExportResultFiles | None = field(record(lambda: models.ExportResultFiles), default=None)
    """Texts by the names of their files; of obsidian alone."""
    pages: Records[ExportResultPagesItem] | None = field(
        records(lambda: models.ExportResultPagesItem), default=None
    )
    """Of notion alone."""
    data: Any | None = field(decoding.anything, default=None)
    """The export in the form of its format; over tRPC alone, where html is a text here."""
