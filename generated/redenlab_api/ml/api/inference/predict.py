"""`POST /{model_name}/predict`: Submit an uploaded recording to a model.

Documented statuses: 200, 401, 403, 404, 409, 413, 422, 429, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import encoding, functions
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request

from ... import models

if TYPE_CHECKING:
    pass

OPERATION = "predict"
METHOD = "POST"
PATH = "/{model_name}/predict"
IDEMPOTENT = False


def build(model_name: str, *, body: models.PredictRequest) -> Request:
    """The request, unsent; raises `ValueError` for an empty path parameter, NaN or infinity."""
    return Request(
        operation=OPERATION,
        method=METHOD,
        path=f"/{encoding.segment(model_name)}/predict",
        headers={"Content-Type": "application/json"},
        content=encoding.json_body(body),
    )


def parse(response: RawResponse) -> models.Submission:
    """The typed body of a success; raises `ApiError` or `DecodeError`."""
    if 200 <= response.status_code <= 299:  # whichever of them is documented
        return models.Submission.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


sync = functions.sync(build, parse)
sync_detailed = functions.sync_detailed(build, parse)
asyncio = functions.asyncio(build, parse)
asyncio_detailed = functions.asyncio_detailed(build, parse)
