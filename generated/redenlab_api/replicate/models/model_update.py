"""ModelUpdate"""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ModelUpdate(Record):
    """ModelUpdate"""

    description: str | None = field(decoding.string, default=None)
    readme: str | None = field(decoding.string, default=None)
    """Markdown."""
    github_url: str | None = field(decoding.string, default=None)
    paper_url: str | None = field(decoding.string, default=None)
    weights_url: str | None = field(decoding.string, default=None)
    license_url: str | None = field(decoding.string, default=None)
