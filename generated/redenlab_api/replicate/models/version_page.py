"""VersionPage"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.version import Version


class VersionPage(Record):
    """VersionPage"""

    next_: str | None = field(
        decoding.union(decoding.string, decoding.null), name="next", default=None
    )
    previous: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    results: Records[Version] | None = field(records(lambda: models.Version), default=None)
