"""`GET /v1/realtime/sessions/{session_id}/export/{format_}`: Fetch the transcript of a realtime session as a text.

Documented statuses: 200, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import encoding, functions
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request

if TYPE_CHECKING:
    pass

OPERATION = "realtime_sessions.export"
METHOD = "GET"
PATH = "/v1/realtime/sessions/{session_id}/export/{format_}"
IDEMPOTENT = True


def build(
    session_id: str,
    format_: str,
    *,
    include_speakers: bool | None = None,
    max_line_length: int | None = None,
    max_lines: int | None = None,
) -> Request:
    """The request, unsent; raises `ValueError` for an empty path parameter, NaN or infinity."""
    return Request(
        operation=OPERATION,
        method=METHOD,
        path=f"/v1/realtime/sessions/{encoding.segment(session_id)}/export/{encoding.segment(format_)}",
        query=encoding.query(
            {
                "include_speakers": include_speakers,
                "max_line_length": max_line_length,
                "max_lines": max_lines,
            }
        ),
    )


def parse(response: RawResponse) -> str:
    """The typed body of a success; raises `ApiError` or `DecodeError`."""
    if 200 <= response.status_code <= 299:  # whichever of them is documented
        return response.text
    raise ApiError(response.status_code, response.headers, response.content)


sync = functions.sync(build, parse)
sync_detailed = functions.sync_detailed(build, parse)
asyncio = functions.asyncio(build, parse)
asyncio_detailed = functions.asyncio_detailed(build, parse)
