"""`QUERY /models`: Search public models.

Documented statuses: 200, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import functions
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request

from ... import models

if TYPE_CHECKING:
    pass

OPERATION = "models.search"
METHOD = "QUERY"
PATH = "/models"
IDEMPOTENT = True


def build(*, body: str) -> Request:
    """The request, unsent; raises `ValueError` for an empty path parameter, NaN or infinity."""
    return Request(
        operation=OPERATION,
        method=METHOD,
        path="/models",
        headers={"Content-Type": "text/plain"},
        content=body.encode(),
    )


def parse(response: RawResponse) -> models.ModelPage:
    """The typed body of a success; raises `ApiError` or `DecodeError`."""
    if 200 <= response.status_code <= 299:  # whichever of them is documented
        return models.ModelPage.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


sync = functions.sync(build, parse)
sync_detailed = functions.sync_detailed(build, parse)
asyncio = functions.asyncio(build, parse)
asyncio_detailed = functions.asyncio_detailed(build, parse)
