"""Deployment"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.release import Release


class Deployment(Record):
    """Deployment"""

    owner: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    name: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    current_release: Release | None = field(
        decoding.union(record(lambda: models.Release), decoding.null), default=None
    )
