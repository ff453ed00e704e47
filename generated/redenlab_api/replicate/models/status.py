"""The words known for Status when this was generated."""

from typing import Any, Literal, cast

from redenlab.lowlevel import codec

Status = Literal["aborted", "canceled", "failed", "processing", "starting", "succeeded"]


def status(value: Any) -> Status:
    """Read a word; one that is newer than this file passes as it is."""
    return cast("Status", codec.string(value))
