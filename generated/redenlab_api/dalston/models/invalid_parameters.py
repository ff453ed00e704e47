"""What is wrong with the parameters of a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.invalid_parameter import InvalidParameter


class InvalidParameters(Record):
    """What is wrong with the parameters of a request."""

    detail: Records[InvalidParameter] = field(records(lambda: models.InvalidParameter))
    """One entry for each mistake."""
