"""`GET /collections/{collection_slug}`: Look at a collection and its models.

Documented statuses: 200, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import codec
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request, Response

if TYPE_CHECKING:
    from ...client import Client
    from ...models.collection import Collection

OPERATION = "collections.get"
METHOD = "GET"
PATH = "/collections/{collection_slug}"
IDEMPOTENT = True


def build(
    collection_slug: str,
) -> Request:
    """The request, unsent.

    Raises:
        ValueError: A path parameter is empty, or a number is not finite.
    """
    return Request(
        operation=OPERATION,
        method=METHOD,
        path=f"/collections/{codec.segment(collection_slug)}",
        secured=True,
    )


_build = build  # an argument may have that name


def parse(response: RawResponse) -> Collection:
    """The typed body of a success.

    Raises:
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    if response.status_code == 200:
        from ...models.collection import Collection  # noqa: PLC0415

        return Collection.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


def sync_detailed(
    collection_slug: str,
    *,
    client: Client,
) -> Response[Collection]:
    """Look at a collection and its models, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        collection_slug=collection_slug,
    )
    return client.send(request, parse)


def sync(
    collection_slug: str,
    *,
    client: Client,
) -> Collection:
    """Look at a collection and its models.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        collection_slug=collection_slug,
    )
    return (client.send(request, parse)).parsed


async def asyncio_detailed(
    collection_slug: str,
    *,
    client: Client,
) -> Response[Collection]:
    """Look at a collection and its models, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        collection_slug=collection_slug,
    )
    return await client.send_async(request, parse)


async def asyncio(
    collection_slug: str,
    *,
    client: Client,
) -> Collection:
    """Look at a collection and its models.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        collection_slug=collection_slug,
    )
    return (await client.send_async(request, parse)).parsed
