"""`GET /search`: Search models, collections and pages.

Documented statuses: 200, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import codec
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import UNSET, RawResponse, Request, Response, Unset

if TYPE_CHECKING:
    from ...client import Client
    from ...models.search_response import SearchResponse

OPERATION = "search"
METHOD = "GET"
PATH = "/search"
IDEMPOTENT = True


def build(
    *,
    query: str,
    limit: int | Unset = UNSET,
) -> Request:
    """The request, unsent.

    Raises:
        ValueError: A path parameter is empty, or a number is not finite.
    """
    return Request(
        operation=OPERATION,
        method=METHOD,
        path="/search",
        query=codec.query(
            {
                "query": query,
                "limit": limit,
            }
        ),
        secured=False,
    )


_build = build  # an argument may have that name


def parse(response: RawResponse) -> SearchResponse:
    """The typed body of a success.

    Raises:
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    if response.status_code == 200:
        from ...models.search_response import SearchResponse  # noqa: PLC0415

        return SearchResponse.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


def sync_detailed(
    *,
    client: Client,
    query: str,
    limit: int | Unset = UNSET,
) -> Response[SearchResponse]:
    """Search models, collections and pages, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        query=query,
        limit=limit,
    )
    return client.send(request, parse)


def sync(
    *,
    client: Client,
    query: str,
    limit: int | Unset = UNSET,
) -> SearchResponse:
    """Search models, collections and pages.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        query=query,
        limit=limit,
    )
    return (client.send(request, parse)).parsed


async def asyncio_detailed(
    *,
    client: Client,
    query: str,
    limit: int | Unset = UNSET,
) -> Response[SearchResponse]:
    """Search models, collections and pages, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        query=query,
        limit=limit,
    )
    return await client.send_async(request, parse)


async def asyncio(
    *,
    client: Client,
    query: str,
    limit: int | Unset = UNSET,
) -> SearchResponse:
    """Search models, collections and pages.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        query=query,
        limit=limit,
    )
    return (await client.send_async(request, parse)).parsed
