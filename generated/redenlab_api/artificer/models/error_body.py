"""What a refused request is answered with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.error_detail import ErrorDetail


class ErrorBody(Record):
    """What a refused request is answered with."""

    error: ErrorDetail = field(record(lambda: models.ErrorDetail))
    """Why a request was refused, or failed."""
