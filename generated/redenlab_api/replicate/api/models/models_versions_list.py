"""`GET /models/{model_owner}/{model_name}/versions`: List the versions of a model, newest first.

Official models have none, and are answered 404.

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

OPERATION = "models.versions.list"
METHOD = "GET"
PATH = "/models/{model_owner}/{model_name}/versions"
IDEMPOTENT = True


def build(model_owner: str, model_name: str, *, cursor: str | None = None) -> Request:
    """The request, unsent; raises `ValueError` for an empty path parameter, NaN or infinity."""
    return Request(
        operation=OPERATION,
        method=METHOD,
        path=f"/models/{encoding.segment(model_owner)}/{encoding.segment(model_name)}/versions",
        query=encoding.query({"cursor": cursor}),
    )


def parse(response: RawResponse) -> models.VersionPage:
    """The typed body of a success; raises `ApiError` or `DecodeError`."""
    if 200 <= response.status_code <= 299:  # whichever of them is documented
        return models.VersionPage.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


sync = functions.sync(build, parse)
sync_detailed = functions.sync_detailed(build, parse)
asyncio = functions.asyncio(build, parse)
asyncio_detailed = functions.asyncio_detailed(build, parse)
