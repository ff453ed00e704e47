"""`GET /files/{file_id}/download`: Fetch the bytes of a file by a signed address.

Documented statuses: 200, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import codec
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request, Response

if TYPE_CHECKING:
    from ...client import Client

OPERATION = "files.download"
METHOD = "GET"
PATH = "/files/{file_id}/download"
IDEMPOTENT = True


def build(
    file_id: str,
    *,
    owner: str,
    expiry: int,
    signature: str,
) -> Request:
    """The request, unsent.

    Raises:
        ValueError: A path parameter is empty, or a number is not finite.
    """
    return Request(
        operation=OPERATION,
        method=METHOD,
        path=f"/files/{codec.segment(file_id)}/download",
        query=codec.query(
            {
                "owner": owner,
                "expiry": expiry,
                "signature": signature,
            }
        ),
        secured=True,
    )


_build = build  # an argument may have that name


def parse(response: RawResponse) -> bytes:
    """The typed body of a success.

    Raises:
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    if response.status_code == 200:
        return response.content
    raise ApiError(response.status_code, response.headers, response.content)


def sync_detailed(
    file_id: str,
    *,
    client: Client,
    owner: str,
    expiry: int,
    signature: str,
) -> Response[bytes]:
    """Fetch the bytes of a file by a signed address, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        file_id=file_id,
        owner=owner,
        expiry=expiry,
        signature=signature,
    )
    return client.send(request, parse)


def sync(
    file_id: str,
    *,
    client: Client,
    owner: str,
    expiry: int,
    signature: str,
) -> bytes:
    """Fetch the bytes of a file by a signed address.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        file_id=file_id,
        owner=owner,
        expiry=expiry,
        signature=signature,
    )
    return (client.send(request, parse)).parsed


async def asyncio_detailed(
    file_id: str,
    *,
    client: Client,
    owner: str,
    expiry: int,
    signature: str,
) -> Response[bytes]:
    """Fetch the bytes of a file by a signed address, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        file_id=file_id,
        owner=owner,
        expiry=expiry,
        signature=signature,
    )
    return await client.send_async(request, parse)


async def asyncio(
    file_id: str,
    *,
    client: Client,
    owner: str,
    expiry: int,
    signature: str,
) -> bytes:
    """Fetch the bytes of a file by a signed address.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        file_id=file_id,
        owner=owner,
        expiry=expiry,
        signature=signature,
    )
    return (await client.send_async(request, parse)).parsed
