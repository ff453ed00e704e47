"""The probes in their envelope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.probe_index import ProbeIndex
    from ..models.probe_meta import ProbeMeta


class ProbeAnswer(Record):
    """The probes in their envelope."""

    data: ProbeIndex = field(record(lambda: models.ProbeIndex))
    """Probes, and what the words mean that they are filtered by."""
    success: bool | None = field(decoding.boolean, default=None)
    """Always true."""
    meta: ProbeMeta | None = field(record(lambda: models.ProbeMeta), default=None)
    """Who asked for probes."""
