"""What is wrong with one part of a request."""

from __future__ import annotations

from typing import Any

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class Issue(Record):
    """What is wrong with one part of a request."""

    message: str = field(decoding.string)
    """A sentence for people."""
    path: list[Any] | None = field(decoding.array(decoding.anything), default=None)
    """Names and indexes on the way to the part; empty for the whole."""
    code: str | None = field(decoding.string, default=None)
    """A word for programs, such as `too_big`."""
