"""An error. The service says `error`, gateways say `message`, others `detail`."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class Problem(Record):
    """An error. The service says `error`, gateways say `message`, others `detail`."""

    error: str | None = field(decoding.string, default=None)
    message: str | None = field(decoding.string, default=None)
    detail: str | None = field(decoding.string, default=None)
    code: str | None = field(decoding.string, default=None)
