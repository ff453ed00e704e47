"""`GET /v1/realtime/sessions`: List realtime sessions.

Documented statuses: 200, 422, 4XX, 5XX.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from redenlab.lowlevel import encoding, functions
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request

from ... import models

if TYPE_CHECKING:
    pass

OPERATION = "realtime_sessions.list"
METHOD = "GET"
PATH = "/v1/realtime/sessions"
IDEMPOTENT = True


def build(
    *,
    limit: int | None = None,
    cursor: str | None = None,
    status: str | None = None,
    since: datetime.datetime | None = None,
    until: datetime.datetime | None = None,
    sort: str | None = None,
) -> Request:
    """The request, unsent; raises `ValueError` for an empty path parameter, NaN or infinity."""
    return Request(
        operation=OPERATION,
        method=METHOD,
        path="/v1/realtime/sessions",
        query=encoding.query(
            {
                "limit": limit,
                "cursor": cursor,
                "status": status,
                "since": since,
                "until": until,
                "sort": sort,
            }
        ),
    )


def parse(response: RawResponse) -> models.SessionList:
    """The typed body of a success; raises `ApiError` or `DecodeError`."""
    if 200 <= response.status_code <= 299:  # whichever of them is documented
        return models.SessionList.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


sync = functions.sync(build, parse)
sync_detailed = functions.sync_detailed(build, parse)
asyncio = functions.asyncio(build, parse)
asyncio_detailed = functions.asyncio_detailed(build, parse)
