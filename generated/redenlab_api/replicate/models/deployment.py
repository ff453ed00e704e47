"""A model on hardware of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.release import Release


class Deployment(Record):
    """A model on hardware of one's own."""

    owner: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """User or organization: the first part of `owner/name`."""
    name: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """The second part of `owner/name`."""
    current_release: Release | None = field(
        decoding.union(record(lambda: models.Release), decoding.null), default=None
    )
    """What it runs now."""
