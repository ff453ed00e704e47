"""`GET /v1/models`: List the models that the server knows.

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

OPERATION = "list_models"
METHOD = "GET"
PATH = "/v1/models"
IDEMPOTENT = True


def build(
    *, engine_id: str | None = None, stage: str | None = None, status: str | None = None
) -> Request:
    """The request, unsent; raises `ValueError` for an empty path parameter, NaN or infinity."""
    return Request(
        operation=OPERATION,
        method=METHOD,
        path="/v1/models",
        query=encoding.query({"engine_id": engine_id, "stage": stage, "status": status}),
    )


def parse(response: RawResponse) -> models.ModelList:
    """The typed body of a success; raises `ApiError` or `DecodeError`."""
    if 200 <= response.status_code <= 299:  # whichever of them is documented
        return models.ModelList.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


sync = functions.sync(build, parse)
sync_detailed = functions.sync_detailed(build, parse)
asyncio = functions.asyncio(build, parse)
asyncio_detailed = functions.asyncio_detailed(build, parse)
