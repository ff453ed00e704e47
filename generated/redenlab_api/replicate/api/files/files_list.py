"""`GET /files`: List your files, newest first.

Documented statuses: 200, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import codec
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import UNSET, RawResponse, Request, Response, Unset

if TYPE_CHECKING:
    from ...client import Client
    from ...models.file_page import FilePage

OPERATION = "files.list"
METHOD = "GET"
PATH = "/files"
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
        path="/files",
        query=codec.query(
            {
                "cursor": cursor,
            }
        ),
        secured=True,
    )


_build = build  # an argument may have that name


def parse(response: RawResponse) -> FilePage:
    """The typed body of a success.

    Raises:
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    if response.status_code == 200:
        from ...models.file_page import FilePage  # noqa: PLC0415

        return FilePage.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


def sync_detailed(
    *,
    client: Client,
    cursor: str | Unset = UNSET,
) -> Response[FilePage]:
    """List your files, newest first, and keep status and headers.

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
) -> FilePage:
    """List your files, newest first.

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
) -> Response[FilePage]:
    """List your files, newest first, and keep status and headers.

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
) -> FilePage:
    """List your files, newest first.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        cursor=cursor,
    )
    return (await client.send_async(request, parse)).parsed
