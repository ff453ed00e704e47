"""`DELETE /deployments/{deployment_owner}/{deployment_name}`: Remove a deployment that is offline and has been idle for 15 minutes.

Documented statuses: 204, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import encoding, functions
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request

if TYPE_CHECKING:
    pass

OPERATION = "deployments.delete"
METHOD = "DELETE"
PATH = "/deployments/{deployment_owner}/{deployment_name}"
IDEMPOTENT = True


def build(deployment_owner: str, deployment_name: str) -> Request:
    """The request, unsent; raises `ValueError` for an empty path parameter, NaN or infinity."""
    return Request(
        operation=OPERATION,
        method=METHOD,
        path=f"/deployments/{encoding.segment(deployment_owner)}/{encoding.segment(deployment_name)}",
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
