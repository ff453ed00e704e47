"""`GET /{model_name}/health`: Ask whether a model is ready.

Does not wake it. Not offered for `transcribe`.

Documented statuses: 200, 401, 403, 404, 429, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import encoding, functions
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request

from ... import models

if TYPE_CHECKING:
    pass

OPERATION = "get_health"
METHOD = "GET"
PATH = "/{model_name}/health"
IDEMPOTENT = True


def build(model_name: str) -> Request:
    """The request, unsent; raises `ValueError` for an empty path parameter, NaN or infinity."""
    return Request(
        operation=OPERATION,
        method=METHOD,
        path=f"/{encoding.segment(model_name)}/health",
    )


def parse(response: RawResponse) -> models.ModelHealth:
    """The typed body of a success; raises `ApiError` or `DecodeError`."""
    if 200 <= response.status_code <= 299:  # whichever of them is documented
        return models.ModelHealth.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


sync = functions.sync(build, parse)
sync_detailed = functions.sync_detailed(build, parse)
asyncio = functions.asyncio(build, parse)
asyncio_detailed = functions.asyncio_detailed(build, parse)
