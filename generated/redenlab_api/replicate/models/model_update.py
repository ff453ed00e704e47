"""What to change of a model; what is left out stays as it is."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ModelUpdate(Record):
    """What to change of a model; what is left out stays as it is."""

    description: str | None = field(decoding.string, default=None)
    """What it does."""
    readme: str | None = field(decoding.string, default=None)
    """Markdown."""
    github_url: str | None = field(decoding.string, default=None)
    """Address of its source code."""
    paper_url: str | None = field(decoding.string, default=None)
    """Address of an article about it."""
    weights_url: str | None = field(decoding.string, default=None)
    """Address of its weights."""
    license_url: str | None = field(decoding.string, default=None)
    """Address of its licence."""
