"""`GET /v1/pii/entity-types`: List the kinds of personal data that can be found.

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

OPERATION = "list_pii_entity_types"
METHOD = "GET"
PATH = "/v1/pii/entity-types"
IDEMPOTENT = True


def build(*, category: str | None = None, defaults_only: bool | None = None) -> Request:
    """The request, unsent; raises `ValueError` for an empty path parameter, NaN or infinity."""
    return Request(
        operation=OPERATION,
        method=METHOD,
        path="/v1/pii/entity-types",
        query=encoding.query({"category": category, "defaults_only": defaults_only}),
    )


def parse(response: RawResponse) -> models.EntityTypeList:
    """The typed body of a success; raises `ApiError` or `DecodeError`."""
    if 200 <= response.status_code <= 299:  # whichever of them is documented
        return models.EntityTypeList.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


sync = functions.sync(build, parse)
sync_detailed = functions.sync_detailed(build, parse)
asyncio = functions.asyncio(build, parse)
asyncio_detailed = functions.asyncio_detailed(build, parse)
