"""What a deployment runs, from one change to the next."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.account import Account
    from ..models.configuration import Configuration


class Release(Record):
    """What a deployment runs, from one change to the next."""

    number: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Goes up with every change."""
    model: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """`owner/name`."""
    version: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Which version of it: 64 hexadecimal digits."""
    created_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When the change was made, in UTC."""
    created_by: Account | None = field(
        decoding.union(record(lambda: models.Account), decoding.null), default=None
    )
    """Who made the change."""
    configuration: Configuration | None = field(
        decoding.union(record(lambda: models.Configuration), decoding.null), default=None
    )
    """On what it runs."""
