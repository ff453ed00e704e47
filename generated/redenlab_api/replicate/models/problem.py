"""An error (RFC 9457); any part may be missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.problem_invalid_fields_item import ProblemInvalidFieldsItem


class Problem(Record):
    """An error (RFC 9457); any part may be missing."""

    type_: str | None = field(
        decoding.union(decoding.string, decoding.null), name="type", default=None
    )
    title: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    status: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    detail: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    instance: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    retry_after: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Seconds."""
    invalid_fields: Records[ProblemInvalidFieldsItem] | None = field(
        records(lambda: models.ProblemInvalidFieldsItem), default=None
    )
    """Objects with `type`, `field` and `description`."""
