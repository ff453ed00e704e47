"""A pack in its envelope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.probe_pack import ProbePack


class ProbePackAnswer(Record):
    """A pack in its envelope."""

    data: ProbePack = field(record(lambda: models.ProbePack))
    """A pack of probes. The service documents none of it; this is what was seen."""
    success: bool | None = field(decoding.boolean, default=None)
    """Always true."""
