"""What is wrong."""

from __future__ import annotations

from typing import Any

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ErrorDetail(Record):
    """What is wrong."""

    code: str | None = field(decoding.string, default=None)
    """Follows the status, such as `not_found`."""
    message: Any | None = field(decoding.anything, default=None)
    """The text, or an object that has `code` and `message`."""
