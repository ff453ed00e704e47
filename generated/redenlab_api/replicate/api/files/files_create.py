"""`POST /files`: Upload a file, which is kept for 24 hours.

Documented statuses: 201, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import codec
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request, Response

if TYPE_CHECKING:
    from ...client import Client
    from ...models.file_request import FileRequest
    from ...models.stored_file import StoredFile

OPERATION = "files.create"
METHOD = "POST"
PATH = "/files"
IDEMPOTENT = False


def build(
    *,
    body: FileRequest,
) -> Request:
    """The request, unsent.

    Raises:
        ValueError: A path parameter is empty, or a number is not finite.
    """
    return Request(
        operation=OPERATION,
        method=METHOD,
        path="/files",
        parts=codec.parts(body.to_dict()),
        secured=True,
    )


_build = build  # an argument may have that name


def parse(response: RawResponse) -> StoredFile:
    """The typed body of a success.

    Raises:
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    if response.status_code == 201:
        from ...models.stored_file import StoredFile  # noqa: PLC0415

        return StoredFile.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


def sync_detailed(
    *,
    client: Client,
    body: FileRequest,
) -> Response[StoredFile]:
    """Upload a file, which is kept for 24 hours, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        body=body,
    )
    return client.send(request, parse)


def sync(
    *,
    client: Client,
    body: FileRequest,
) -> StoredFile:
    """Upload a file, which is kept for 24 hours.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        body=body,
    )
    return (client.send(request, parse)).parsed


async def asyncio_detailed(
    *,
    client: Client,
    body: FileRequest,
) -> Response[StoredFile]:
    """Upload a file, which is kept for 24 hours, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        body=body,
    )
    return await client.send_async(request, parse)


async def asyncio(
    *,
    client: Client,
    body: FileRequest,
) -> StoredFile:
    """Upload a file, which is kept for 24 hours.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        body=body,
    )
    return (await client.send_async(request, parse)).parsed
