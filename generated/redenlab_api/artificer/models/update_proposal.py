"""A change of a document that a model proposes."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class UpdateProposal(Record):
    """A change of a document that a model proposes."""

    document_id: str = field(decoding.string, name="documentId")
    """Which document would be changed."""
    proposed_content: str = field(decoding.string, name="proposedContent")
    """The text as it would be."""
    document_name: str | None = field(decoding.string, name="documentName", default=None)
    """What that document is called."""
    original_content: str | None = field(decoding.string, name="originalContent", default=None)
    """The text as it is."""
    reason: str | None = field(decoding.string, default=None)
    """Why."""
    change_summary: str | None = field(decoding.string, name="changeSummary", default=None)
    """What would change."""
