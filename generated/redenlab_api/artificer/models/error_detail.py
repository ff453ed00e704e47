"""Why a request was refused, or failed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.issue import Issue


class ErrorDetail(Record):
    """Why a request was refused, or failed."""

    code: str = field(decoding.string)
    """A word for programs, such as `BAD_REQUEST`."""
    message: str = field(decoding.string)
    """A sentence for people."""
    issues: Records[Issue] | None = field(records(lambda: models.Issue), default=None)
    """What is wrong with which part; absent where no part is wrong."""
    request_id: str | None = field(decoding.string, name="requestId", default=None)
    """The id of the request in the logs of the server."""
