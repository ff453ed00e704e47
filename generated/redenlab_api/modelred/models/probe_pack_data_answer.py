"""The contents of a pack in their envelope."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.probe_pack_data_answer_data import ProbePackDataAnswerData


class ProbePackDataAnswer(Record):
    """The contents of a pack in their envelope."""

    data: ProbePackDataAnswerData = field(record(lambda: models.ProbePackDataAnswerData))
    """The contents, in a form that is not documented."""
    success: bool | None = field(decoding.boolean, default=None)
    """Always true."""
