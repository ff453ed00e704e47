"""`GET /v1/realtime/sessions/{session_id}/transcript`: Fetch the stored transcript of a realtime session.

Documented statuses: 200, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import encoding, functions
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request

from ... import models

if TYPE_CHECKING:
    pass

OPERATION = "realtime_sessions.transcript"
METHOD = "GET"
PATH = "/v1/realtime/sessions/{session_id}/transcript"
IDEMPOTENT = True


def build(session_id: str) -> Request:
    """The request, unsent; raises `ValueError` for an empty path parameter, NaN or infinity."""
    return Request(
        operation=OPERATION,
        method=METHOD,
        path=f"/v1/realtime/sessions/{encoding.segment(session_id)}/transcript",
    )


def parse(response: RawResponse) -> models.StoredTranscript:
    """The typed body of a success; raises `ApiError` or `DecodeError`."""
    if 200 <= response.status_code <= 299:  # whichever of them is documented
        return models.StoredTranscript.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


sync = functions.sync(build, parse)
sync_detailed = functions.sync_detailed(build, parse)
asyncio = functions.asyncio(build, parse)
asyncio_detailed = functions.asyncio_detailed(build, parse)
