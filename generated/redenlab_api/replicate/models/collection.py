"""Models for one purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models as _models

if TYPE_CHECKING:
    from ..models.model import Model


class Collection(Record):
    """Models for one purpose."""

    slug: str = field(decoding.string)
    """The last part of its path, such as `text-to-image`."""
    name: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """What people are shown."""
    description: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """What its models are for."""
    full_description: str | None = field(
        decoding.union(decoding.string, decoding.null), default=None
    )
    """Markdown."""
    models: Records[Model] | None = field(records(lambda: _models.Model), default=None)
    """All that are in it."""
