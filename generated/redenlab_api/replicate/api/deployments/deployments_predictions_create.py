"""`POST /deployments/{deployment_owner}/{deployment_name}/predictions`: Run a deployment.

Documented statuses: 201, 202, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import encoding, functions
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request

from ... import models

if TYPE_CHECKING:
    pass

OPERATION = "deployments.predictions.create"
METHOD = "POST"
PATH = "/deployments/{deployment_owner}/{deployment_name}/predictions"
IDEMPOTENT = False


def build(
    deployment_owner: str,
    deployment_name: str,
    *,
    body: models.PredictionRequest,
    prefer: str | None = None,
    cancel_after: str | None = None,
) -> Request:
    """The request, unsent; raises `ValueError` for an empty path parameter, NaN or infinity."""
    return Request(
        operation=OPERATION,
        method=METHOD,
        path=f"/deployments/{encoding.segment(deployment_owner)}/{encoding.segment(deployment_name)}/predictions",
        headers=encoding.headers(
            {"Content-Type": "application/json", "Prefer": prefer, "Cancel-After": cancel_after}
        ),
        content=encoding.json_body(body),
    )


def parse(response: RawResponse) -> models.Prediction:
    """The typed body of a success; raises `ApiError` or `DecodeError`."""
    if 200 <= response.status_code <= 299:  # whichever of them is documented
        return models.Prediction.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


sync = functions.sync(build, parse)
sync_detailed = functions.sync_detailed(build, parse)
asyncio = functions.asyncio(build, parse)
asyncio_detailed = functions.asyncio_detailed(build, parse)
