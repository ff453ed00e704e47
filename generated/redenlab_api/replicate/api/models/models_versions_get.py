"""`GET /models/{model_owner}/{model_name}/versions/{version_id}`: Look at a version.

Documented statuses: 200, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import codec
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request, Response

if TYPE_CHECKING:
    from ...client import Client
    from ...models.version import Version

OPERATION = "models.versions.get"
METHOD = "GET"
PATH = "/models/{model_owner}/{model_name}/versions/{version_id}"
IDEMPOTENT = True


def build(
    model_owner: str,
    model_name: str,
    version_id: str,
) -> Request:
    """The request, unsent.

    Raises:
        ValueError: A path parameter is empty, or a number is not finite.
    """
    return Request(
        operation=OPERATION,
        method=METHOD,
        path=f"/models/{codec.segment(model_owner)}/{codec.segment(model_name)}/versions/{codec.segment(version_id)}",
        secured=True,
    )


_build = build  # an argument may have that name


def parse(response: RawResponse) -> Version:
    """The typed body of a success.

    Raises:
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    if response.status_code == 200:
        from ...models.version import Version  # noqa: PLC0415

        return Version.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


def sync_detailed(
    model_owner: str,
    model_name: str,
    version_id: str,
    *,
    client: Client,
) -> Response[Version]:
    """Look at a version, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        model_owner=model_owner,
        model_name=model_name,
        version_id=version_id,
    )
    return client.send(request, parse)


def sync(
    model_owner: str,
    model_name: str,
    version_id: str,
    *,
    client: Client,
) -> Version:
    """Look at a version.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        model_owner=model_owner,
        model_name=model_name,
        version_id=version_id,
    )
    return (client.send(request, parse)).parsed


async def asyncio_detailed(
    model_owner: str,
    model_name: str,
    version_id: str,
    *,
    client: Client,
) -> Response[Version]:
    """Look at a version, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        model_owner=model_owner,
        model_name=model_name,
        version_id=version_id,
    )
    return await client.send_async(request, parse)


async def asyncio(
    model_owner: str,
    model_name: str,
    version_id: str,
    *,
    client: Client,
) -> Version:
    """Look at a version.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        model_owner=model_owner,
        model_name=model_name,
        version_id=version_id,
    )
    return (await client.send_async(request, parse)).parsed
