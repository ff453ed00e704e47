"""`DELETE /deployments/{deployment_owner}/{deployment_name}`: Remove a deployment that is offline and has been idle for 15 minutes.

Documented statuses: 204, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import codec
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request, Response

if TYPE_CHECKING:
    from ...client import Client

OPERATION = "deployments.delete"
METHOD = "DELETE"
PATH = "/deployments/{deployment_owner}/{deployment_name}"
IDEMPOTENT = True


def build(
    deployment_owner: str,
    deployment_name: str,
) -> Request:
    """The request, unsent.

    Raises:
        ValueError: A path parameter is empty, or a number is not finite.
    """
    return Request(
        operation=OPERATION,
        method=METHOD,
        path=f"/deployments/{codec.segment(deployment_owner)}/{codec.segment(deployment_name)}",
        secured=True,
    )


_build = build  # an argument may have that name


def parse(response: RawResponse) -> None:
    """The typed body of a success.

    Raises:
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    if response.status_code == 204:
        return None
    raise ApiError(response.status_code, response.headers, response.content)


def sync_detailed(
    deployment_owner: str,
    deployment_name: str,
    *,
    client: Client,
) -> Response[None]:
    """Remove a deployment that is offline and has been idle for 15 minutes, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        deployment_owner=deployment_owner,
        deployment_name=deployment_name,
    )
    return client.send(request, parse)


def sync(
    deployment_owner: str,
    deployment_name: str,
    *,
    client: Client,
) -> None:
    """Remove a deployment that is offline and has been idle for 15 minutes.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        deployment_owner=deployment_owner,
        deployment_name=deployment_name,
    )
    return (client.send(request, parse)).parsed


async def asyncio_detailed(
    deployment_owner: str,
    deployment_name: str,
    *,
    client: Client,
) -> Response[None]:
    """Remove a deployment that is offline and has been idle for 15 minutes, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        deployment_owner=deployment_owner,
        deployment_name=deployment_name,
    )
    return await client.send_async(request, parse)


async def asyncio(
    deployment_owner: str,
    deployment_name: str,
    *,
    client: Client,
) -> None:
    """Remove a deployment that is offline and has been idle for 15 minutes.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        deployment_owner=deployment_owner,
        deployment_name=deployment_name,
    )
    return (await client.send_async(request, parse)).parsed
