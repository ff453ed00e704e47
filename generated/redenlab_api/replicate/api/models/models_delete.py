"""`DELETE /models/{model_owner}/{model_name}`: Remove a private model of yours that has no version.

Documented statuses: 204, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import encoding, functions
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request

if TYPE_CHECKING:
    pass

OPERATION = "models.delete"
METHOD = "DELETE"
PATH = "/models/{model_owner}/{model_name}"
IDEMPOTENT = True


def build(model_owner: str, model_name: str) -> Request:
    """The request, unsent; raises `ValueError` for an empty path parameter, NaN or infinity."""
    return Request(
        operation=OPERATION,
        method=METHOD,
        path=f"/models/{encoding.segment(model_owner)}/{encoding.segment(model_name)}",
    )


def parse(response: RawResponse) -> None:
    """The typed body of a success; raises `ApiError` or `DecodeError`."""
    if 200 <= response.status_code <= 299:  # whichever of them is documented
        return None
    raise ApiError(response.status_code, response.headers, response.content)


sync = functions.sync(build, parse)
sync_detailed = functions.sync_detailed(build, parse)
asyncio = functions.asyncio(build, parse)
asyncio_detailed = functions.asyncio_detailed(build, parse)
