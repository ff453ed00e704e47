"""`POST /deployments`: Make a deployment.

Documented statuses: 200, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import codec
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request, Response

if TYPE_CHECKING:
    from ...client import Client
    from ...models.deployment import Deployment
    from ...models.deployment_request import DeploymentRequest

OPERATION = "deployments.create"
METHOD = "POST"
PATH = "/deployments"
IDEMPOTENT = False


def build(
    *,
    body: DeploymentRequest,
) -> Request:
    """The request, unsent.

    Raises:
        ValueError: A path parameter is empty, or a number is not finite.
    """
    return Request(
        operation=OPERATION,
        method=METHOD,
        path="/deployments",
        headers={"Content-Type": "application/json"},
        content=codec.json_body(body),
        secured=True,
    )


_build = build  # an argument may have that name


def parse(response: RawResponse) -> Deployment:
    """The typed body of a success.

    Raises:
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    if response.status_code == 200:
        from ...models.deployment import Deployment  # noqa: PLC0415

        return Deployment.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


def sync_detailed(
    *,
    client: Client,
    body: DeploymentRequest,
) -> Response[Deployment]:
    """Make a deployment, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        body=body,
    )
    return client.send(request, parse)


def sync(
    *,
    client: Client,
    body: DeploymentRequest,
) -> Deployment:
    """Make a deployment.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        body=body,
    )
    return (client.send(request, parse)).parsed


async def asyncio_detailed(
    *,
    client: Client,
    body: DeploymentRequest,
) -> Response[Deployment]:
    """Make a deployment, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        body=body,
    )
    return await client.send_async(request, parse)


async def asyncio(
    *,
    client: Client,
    body: DeploymentRequest,
) -> Deployment:
    """Make a deployment.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        body=body,
    )
    return (await client.send_async(request, parse)).parsed
