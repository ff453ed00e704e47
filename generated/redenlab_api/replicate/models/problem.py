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
    """URI of the kind of problem."""
    title: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """What kind of problem it is."""
    status: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """The HTTP status once more."""
    detail: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """What is wrong, and often what to do."""
    instance: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """URI of this very problem."""
    retry_after: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """Seconds to wait before the next request."""
    invalid_fields: Records[ProblemInvalidFieldsItem] | None = field(
        records(lambda: models.ProblemInvalidFieldsItem), default=None
    )
    """Objects with `type`, `field` and `description`."""
