"""An error. The service says `error`, gateways say `message`, others `detail`."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class Problem(Record):
    """An error. The service says `error`, gateways say `message`, others `detail`."""

    error: str | None = field(decoding.string, default=None)
    """What is wrong, in the words of the service."""
    message: str | None = field(decoding.string, default=None)
    """What is wrong, in the words of a gateway."""
    detail: str | None = field(decoding.string, default=None)
    """What is wrong, in the words of anything else."""
    code: str | None = field(decoding.string, default=None)
    """A word for programs; which there are is not documented."""
