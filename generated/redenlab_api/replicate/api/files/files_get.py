"""`GET /files/{file_id}`: Look at a file.

Documented statuses: 200, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import codec
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request, Response

if TYPE_CHECKING:
    from ...client import Client
    from ...models.stored_file import StoredFile

OPERATION = "files.get"
METHOD = "GET"
PATH = "/files/{file_id}"
IDEMPOTENT = True


def build(
    file_id: str,
) -> Request:
    """The request, unsent.

    Raises:
        ValueError: A path parameter is empty, or a number is not finite.
    """
    return Request(
        operation=OPERATION,
        method=METHOD,
        path=f"/files/{codec.segment(file_id)}",
        secured=True,
    )


_build = build  # an argument may have that name


def parse(response: RawResponse) -> StoredFile:
    """The typed body of a success.

    Raises:
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    if response.status_code == 200:
        from ...models.stored_file import StoredFile  # noqa: PLC0415

        return StoredFile.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


def sync_detailed(
    file_id: str,
    *,
    client: Client,
) -> Response[StoredFile]:
    """Look at a file, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        file_id=file_id,
    )
    return client.send(request, parse)


def sync(
    file_id: str,
    *,
    client: Client,
) -> StoredFile:
    """Look at a file.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        file_id=file_id,
    )
    return (client.send(request, parse)).parsed


async def asyncio_detailed(
    file_id: str,
    *,
    client: Client,
) -> Response[StoredFile]:
    """Look at a file, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        file_id=file_id,
    )
    return await client.send_async(request, parse)


async def asyncio(
    file_id: str,
    *,
    client: Client,
) -> StoredFile:
    """Look at a file.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        file_id=file_id,
    )
    return (await client.send_async(request, parse)).parsed
