"""What is wrong with one parameter."""

from __future__ import annotations

from typing import Any

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class InvalidParameter(Record):
    """What is wrong with one parameter."""

    type_: str | None = field(decoding.string, name="type", default=None)
    """The kind of mistake, such as `int_parsing`."""
    loc: list[Any] | None = field(decoding.array(decoding.anything), default=None)
    """Where it is, such as `body`, then `num_speakers`."""
    msg: str | None = field(decoding.string, default=None)
    """The mistake, in words."""
