"""`GET /predictions`: List your predictions, newest first.

Documented statuses: 200, 4XX, 5XX.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from redenlab.lowlevel import codec
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import UNSET, RawResponse, Request, Response, Unset

if TYPE_CHECKING:
    from ...client import Client
    from ...models.prediction_page import PredictionPage

OPERATION = "predictions.list"
METHOD = "GET"
PATH = "/predictions"
IDEMPOTENT = True


def build(
    *,
    cursor: str | Unset = UNSET,
    created_after: datetime.datetime | Unset = UNSET,
    created_before: datetime.datetime | Unset = UNSET,
    source: str | Unset = UNSET,
) -> Request:
    """The request, unsent.

    Raises:
        ValueError: A path parameter is empty, or a number is not finite.
    """
    return Request(
        operation=OPERATION,
        method=METHOD,
        path="/predictions",
        query=codec.query(
            {
                "cursor": cursor,
                "created_after": created_after,
                "created_before": created_before,
                "source": source,
            }
        ),
        secured=True,
    )


_build = build  # an argument may have that name


def parse(response: RawResponse) -> PredictionPage:
    """The typed body of a success.

    Raises:
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    if response.status_code == 200:
        from ...models.prediction_page import PredictionPage  # noqa: PLC0415

        return PredictionPage.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


def sync_detailed(
    *,
    client: Client,
    cursor: str | Unset = UNSET,
    created_after: datetime.datetime | Unset = UNSET,
    created_before: datetime.datetime | Unset = UNSET,
    source: str | Unset = UNSET,
) -> Response[PredictionPage]:
    """List your predictions, newest first, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        cursor=cursor,
        created_after=created_after,
        created_before=created_before,
        source=source,
    )
    return client.send(request, parse)


def sync(
    *,
    client: Client,
    cursor: str | Unset = UNSET,
    created_after: datetime.datetime | Unset = UNSET,
    created_before: datetime.datetime | Unset = UNSET,
    source: str | Unset = UNSET,
) -> PredictionPage:
    """List your predictions, newest first.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        cursor=cursor,
        created_after=created_after,
        created_before=created_before,
        source=source,
    )
    return (client.send(request, parse)).parsed


async def asyncio_detailed(
    *,
    client: Client,
    cursor: str | Unset = UNSET,
    created_after: datetime.datetime | Unset = UNSET,
    created_before: datetime.datetime | Unset = UNSET,
    source: str | Unset = UNSET,
) -> Response[PredictionPage]:
    """List your predictions, newest first, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        cursor=cursor,
        created_after=created_after,
        created_before=created_before,
        source=source,
    )
    return await client.send_async(request, parse)


async def asyncio(
    *,
    client: Client,
    cursor: str | Unset = UNSET,
    created_after: datetime.datetime | Unset = UNSET,
    created_before: datetime.datetime | Unset = UNSET,
    source: str | Unset = UNSET,
) -> PredictionPage:
    """List your predictions, newest first.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        cursor=cursor,
        created_after=created_after,
        created_before=created_before,
        source=source,
    )
    return (await client.send_async(request, parse)).parsed
