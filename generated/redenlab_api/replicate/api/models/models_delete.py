"""`DELETE /models/{model_owner}/{model_name}`: Remove a private model of yours that has no version.

Documented statuses: 204, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import codec
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request, Response

if TYPE_CHECKING:
    from ...client import Client

OPERATION = "models.delete"
METHOD = "DELETE"
PATH = "/models/{model_owner}/{model_name}"
IDEMPOTENT = True


def build(
    model_owner: str,
    model_name: str,
) -> Request:
    """The request, unsent.

    Raises:
        ValueError: A path parameter is empty, or a number is not finite.
    """
    return Request(
        operation=OPERATION,
        method=METHOD,
        path=f"/models/{codec.segment(model_owner)}/{codec.segment(model_name)}",
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
    model_owner: str,
    model_name: str,
    *,
    client: Client,
) -> Response[None]:
    """Remove a private model of yours that has no version, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        model_owner=model_owner,
        model_name=model_name,
    )
    return client.send(request, parse)


def sync(
    model_owner: str,
    model_name: str,
    *,
    client: Client,
) -> None:
    """Remove a private model of yours that has no version.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        model_owner=model_owner,
        model_name=model_name,
    )
    return (client.send(request, parse)).parsed


async def asyncio_detailed(
    model_owner: str,
    model_name: str,
    *,
    client: Client,
) -> Response[None]:
    """Remove a private model of yours that has no version, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        model_owner=model_owner,
        model_name=model_name,
    )
    return await client.send_async(request, parse)


async def asyncio(
    model_owner: str,
    model_name: str,
    *,
    client: Client,
) -> None:
    """Remove a private model of yours that has no version.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        model_owner=model_owner,
        model_name=model_name,
    )
    return (await client.send_async(request, parse)).parsed
