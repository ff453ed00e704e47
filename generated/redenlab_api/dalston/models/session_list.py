"""Some of the realtime sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.session import Session


class SessionList(Record):
    """Some of the realtime sessions."""

    sessions: Records[Session] = field(records(lambda: models.Session))
    """In the order that was asked for."""
    cursor: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Asks for the next page; null on the last one."""
    has_more: bool | None = field(decoding.boolean, default=None)
    """Whether there is another page."""
