"""An error. Routes nest it in `error`, whose `message` may be an object with `code` and `message` of its own; the security layer sends `detail` and `code` beside each other; lite mode sends a text as `error`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.error_detail import ErrorDetail


class ErrorBody(Record):
    """An error. Routes nest it in `error`, whose `message` may be an object with `code` and
    `message` of its own; the security layer sends `detail` and `code` beside each other;
    lite mode sends a text as `error`."""

    error: ErrorDetail | None = field(record(lambda: models.ErrorDetail), default=None)
    """What is wrong."""
