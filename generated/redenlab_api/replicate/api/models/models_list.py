"""`GET /models`: List public models.

Documented statuses: 200, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import codec
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import UNSET, RawResponse, Request, Response, Unset

if TYPE_CHECKING:
    from ...client import Client
    from ...models.model_page import ModelPage

OPERATION = "models.list"
METHOD = "GET"
PATH = "/models"
IDEMPOTENT = True


def build(
    *,
    cursor: str | Unset = UNSET,
    sort_by: str | Unset = UNSET,
    sort_direction: str | Unset = UNSET,
) -> Request:
    """The request, unsent.

    Raises:
        ValueError: A path parameter is empty, or a number is not finite.
    """
    return Request(
        operation=OPERATION,
        method=METHOD,
        path="/models",
        query=codec.query(
            {
                "cursor": cursor,
                "sort_by": sort_by,
                "sort_direction": sort_direction,
            }
        ),
        secured=True,
    )


_build = build  # an argument may have that name


def parse(response: RawResponse) -> ModelPage:
    """The typed body of a success.

    Raises:
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    if response.status_code == 200:
        from ...models.model_page import ModelPage  # noqa: PLC0415

        return ModelPage.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


def sync_detailed(
    *,
    client: Client,
    cursor: str | Unset = UNSET,
    sort_by: str | Unset = UNSET,
    sort_direction: str | Unset = UNSET,
) -> Response[ModelPage]:
    """List public models, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        cursor=cursor,
        sort_by=sort_by,
        sort_direction=sort_direction,
    )
    return client.send(request, parse)


def sync(
    *,
    client: Client,
    cursor: str | Unset = UNSET,
    sort_by: str | Unset = UNSET,
    sort_direction: str | Unset = UNSET,
) -> ModelPage:
    """List public models.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        cursor=cursor,
        sort_by=sort_by,
        sort_direction=sort_direction,
    )
    return (client.send(request, parse)).parsed


async def asyncio_detailed(
    *,
    client: Client,
    cursor: str | Unset = UNSET,
    sort_by: str | Unset = UNSET,
    sort_direction: str | Unset = UNSET,
) -> Response[ModelPage]:
    """List public models, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        cursor=cursor,
        sort_by=sort_by,
        sort_direction=sort_direction,
    )
    return await client.send_async(request, parse)


async def asyncio(
    *,
    client: Client,
    cursor: str | Unset = UNSET,
    sort_by: str | Unset = UNSET,
    sort_direction: str | Unset = UNSET,
) -> ModelPage:
    """List public models.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        cursor=cursor,
        sort_by=sort_by,
        sort_direction=sort_direction,
    )
    return (await client.send_async(request, parse)).parsed
