"""`GET /collections`: List the collections of models.

Documented statuses: 200, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import codec
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import UNSET, RawResponse, Request, Response, Unset

if TYPE_CHECKING:
    from ...client import Client
    from ...models.collection_page import CollectionPage

OPERATION = "collections.list"
METHOD = "GET"
PATH = "/collections"
IDEMPOTENT = True


def build(
    *,
    cursor: str | Unset = UNSET,
) -> Request:
    """The request, unsent.

    Raises:
        ValueError: A path parameter is empty, or a number is not finite.
    """
    return Request(
        operation=OPERATION,
        method=METHOD,
        path="/collections",
        query=codec.query(
            {
                "cursor": cursor,
            }
        ),
        secured=True,
    )


_build = build  # an argument may have that name


def parse(response: RawResponse) -> CollectionPage:
    """The typed body of a success.

    Raises:
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    if response.status_code == 200:
        from ...models.collection_page import CollectionPage  # noqa: PLC0415

        return CollectionPage.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


def sync_detailed(
    *,
    client: Client,
    cursor: str | Unset = UNSET,
) -> Response[CollectionPage]:
    """List the collections of models, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        cursor=cursor,
    )
    return client.send(request, parse)


def sync(
    *,
    client: Client,
    cursor: str | Unset = UNSET,
) -> CollectionPage:
    """List the collections of models.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        cursor=cursor,
    )
    return (client.send(request, parse)).parsed


async def asyncio_detailed(
    *,
    client: Client,
    cursor: str | Unset = UNSET,
) -> Response[CollectionPage]:
    """List the collections of models, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        cursor=cursor,
    )
    return await client.send_async(request, parse)


async def asyncio(
    *,
    client: Client,
    cursor: str | Unset = UNSET,
) -> CollectionPage:
    """List the collections of models.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        cursor=cursor,
    )
    return (await client.send_async(request, parse)).parsed
