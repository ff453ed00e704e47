"""`POST /deployments/{deployment_owner}/{deployment_name}/predictions`: Run a deployment.

Documented statuses: 201, 202, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import codec
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import UNSET, RawResponse, Request, Response, Unset

if TYPE_CHECKING:
    from ...client import Client
    from ...models.prediction import Prediction
    from ...models.prediction_request import PredictionRequest

OPERATION = "deployments.predictions.create"
METHOD = "POST"
PATH = "/deployments/{deployment_owner}/{deployment_name}/predictions"
IDEMPOTENT = False


def build(
    deployment_owner: str,
    deployment_name: str,
    *,
    body: PredictionRequest,
    prefer: str | Unset = UNSET,
    cancel_after: str | Unset = UNSET,
) -> Request:
    """The request, unsent.

    Raises:
        ValueError: A path parameter is empty, or a number is not finite.
    """
    return Request(
        operation=OPERATION,
        method=METHOD,
        path=f"/deployments/{codec.segment(deployment_owner)}/{codec.segment(deployment_name)}/predictions",
        headers=codec.headers(
            {
                "Content-Type": "application/json",
                "Prefer": prefer,
                "Cancel-After": cancel_after,
            }
        ),
        content=codec.json_body(body),
        secured=True,
    )


_build = build  # an argument may have that name


def parse(response: RawResponse) -> Prediction:
    """The typed body of a success.

    Raises:
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    if response.status_code == 201:
        from ...models.prediction import Prediction  # noqa: PLC0415

        return Prediction.from_dict(response.json())
    if response.status_code == 202:
        from ...models.prediction import Prediction  # noqa: PLC0415

        return Prediction.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


def sync_detailed(
    deployment_owner: str,
    deployment_name: str,
    *,
    client: Client,
    body: PredictionRequest,
    prefer: str | Unset = UNSET,
    cancel_after: str | Unset = UNSET,
) -> Response[Prediction]:
    """Run a deployment, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        deployment_owner=deployment_owner,
        deployment_name=deployment_name,
        body=body,
        prefer=prefer,
        cancel_after=cancel_after,
    )
    return client.send(request, parse)


def sync(
    deployment_owner: str,
    deployment_name: str,
    *,
    client: Client,
    body: PredictionRequest,
    prefer: str | Unset = UNSET,
    cancel_after: str | Unset = UNSET,
) -> Prediction:
    """Run a deployment.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        deployment_owner=deployment_owner,
        deployment_name=deployment_name,
        body=body,
        prefer=prefer,
        cancel_after=cancel_after,
    )
    return (client.send(request, parse)).parsed


async def asyncio_detailed(
    deployment_owner: str,
    deployment_name: str,
    *,
    client: Client,
    body: PredictionRequest,
    prefer: str | Unset = UNSET,
    cancel_after: str | Unset = UNSET,
) -> Response[Prediction]:
    """Run a deployment, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        deployment_owner=deployment_owner,
        deployment_name=deployment_name,
        body=body,
        prefer=prefer,
        cancel_after=cancel_after,
    )
    return await client.send_async(request, parse)


async def asyncio(
    deployment_owner: str,
    deployment_name: str,
    *,
    client: Client,
    body: PredictionRequest,
    prefer: str | Unset = UNSET,
    cancel_after: str | Unset = UNSET,
) -> Prediction:
    """Run a deployment.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        deployment_owner=deployment_owner,
        deployment_name=deployment_name,
        body=body,
        prefer=prefer,
        cancel_after=cancel_after,
    )
    return (await client.send_async(request, parse)).parsed
