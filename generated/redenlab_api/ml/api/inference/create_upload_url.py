"""`POST /upload-url`: Ask for a presigned upload link.

Makes a job, or an asset, and answers with the link that its recording has to be PUT to. Asking
again makes another, unrelated one; one that is never uploaded to costs nothing.

Documented statuses: 200, 401, 403, 413, 422, 429, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import codec
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request, Response

if TYPE_CHECKING:
    from ...client import Client
    from ...models.upload_ticket import UploadTicket
    from ...models.upload_url_request import UploadUrlRequest

OPERATION = "create_upload_url"
METHOD = "POST"
PATH = "/upload-url"
IDEMPOTENT = True


def build(
    *,
    body: UploadUrlRequest,
) -> Request:
    """The request, unsent.

    Raises:
        ValueError: A path parameter is empty, or a number is not finite.
    """
    return Request(
        operation=OPERATION,
        method=METHOD,
        path="/upload-url",
        headers={"Content-Type": "application/json"},
        content=codec.json_body(body),
        secured=True,
    )


_build = build  # an argument may have that name


def parse(response: RawResponse) -> UploadTicket:
    """The typed body of a success.

    Raises:
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    if response.status_code == 200:
        from ...models.upload_ticket import UploadTicket  # noqa: PLC0415

        return UploadTicket.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


def sync_detailed(
    *,
    client: Client,
    body: UploadUrlRequest,
) -> Response[UploadTicket]:
    """Ask for a presigned upload link, and keep status and headers.

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
    body: UploadUrlRequest,
) -> UploadTicket:
    """Ask for a presigned upload link.

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
    body: UploadUrlRequest,
) -> Response[UploadTicket]:
    """Ask for a presigned upload link, and keep status and headers.

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
    body: UploadUrlRequest,
) -> UploadTicket:
    """Ask for a presigned upload link.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        body=body,
    )
    return (await client.send_async(request, parse)).parsed
