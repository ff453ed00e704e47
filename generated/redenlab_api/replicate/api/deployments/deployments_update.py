"""`PATCH /deployments/{deployment_owner}/{deployment_name}`: Change a deployment, which makes a new release.

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
    from ...models.deployment_update import DeploymentUpdate

OPERATION = "deployments.update"
METHOD = "PATCH"
PATH = "/deployments/{deployment_owner}/{deployment_name}"
IDEMPOTENT = False


def build(
    deployment_owner: str,
    deployment_name: str,
    *,
    body: DeploymentUpdate,
) -> Request:
    """The request, unsent.

    Raises:
        ValueError: A path parameter is empty, or a number is not finite.
    """
    return Request(
        operation=OPERATION,
        method=METHOD,
        path=f"/deployments/{codec.segment(deployment_owner)}/{codec.segment(deployment_name)}",
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
    deployment_owner: str,
    deployment_name: str,
    *,
    client: Client,
    body: DeploymentUpdate,
) -> Response[Deployment]:
    """Change a deployment, which makes a new release, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        deployment_owner=deployment_owner,
        deployment_name=deployment_name,
        body=body,
    )
    return client.send(request, parse)


def sync(
    deployment_owner: str,
    deployment_name: str,
    *,
    client: Client,
    body: DeploymentUpdate,
) -> Deployment:
    """Change a deployment, which makes a new release.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        deployment_owner=deployment_owner,
        deployment_name=deployment_name,
        body=body,
    )
    return (client.send(request, parse)).parsed


async def asyncio_detailed(
    deployment_owner: str,
    deployment_name: str,
    *,
    client: Client,
    body: DeploymentUpdate,
) -> Response[Deployment]:
    """Change a deployment, which makes a new release, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        deployment_owner=deployment_owner,
        deployment_name=deployment_name,
        body=body,
    )
    return await client.send_async(request, parse)


async def asyncio(
    deployment_owner: str,
    deployment_name: str,
    *,
    client: Client,
    body: DeploymentUpdate,
) -> Deployment:
    """Change a deployment, which makes a new release.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        deployment_owner=deployment_owner,
        deployment_name=deployment_name,
        body=body,
    )
    return (await client.send_async(request, parse)).parsed
