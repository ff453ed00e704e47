"""Why a request was not carried out."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class Problem(Record):
    """Why a request was not carried out."""

    success: bool | None = field(decoding.boolean, default=None)
    """Always false."""
    error: str | None = field(decoding.string, default=None)
    """The text for people; sometimes it is `message` or `detail` instead."""
    message: str | None = field(decoding.string, default=None)
    """The text for people where there is no `error`."""
    detail: str | None = field(decoding.string, default=None)
    """The text for people where there is neither."""
    code: str | None = field(decoding.string, default=None)
    """A word for programs; only today's service sends it."""
    tier: str | None = field(decoding.string, default=None)
    """The plan that would allow it, where a plan does not."""
