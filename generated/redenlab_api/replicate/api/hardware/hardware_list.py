"""`GET /hardware`: List what models can run on.

The answer is a bare array, not a page.

Documented statuses: 200, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import codec
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request, Response

if TYPE_CHECKING:
    from ...client import Client
    from ...models.hardware import Hardware


OPERATION = "hardware.list"
METHOD = "GET"
PATH = "/hardware"
IDEMPOTENT = True


def build() -> Request:
    """The request, unsent.

    Raises:
        ValueError: A path parameter is empty, or a number is not finite.
    """
    return Request(
        operation=OPERATION,
        method=METHOD,
        path="/hardware",
        secured=True,
    )


_build = build  # an argument may have that name


def parse(response: RawResponse) -> list[Hardware]:
    """The typed body of a success.

    Raises:
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    if response.status_code == 200:
        from ...models.hardware import Hardware  # noqa: PLC0415

        return codec.array(Hardware.from_dict)(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


def sync_detailed(
    *,
    client: Client,
) -> Response[list[Hardware]]:
    """List what models can run on, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build()
    return client.send(request, parse)


def sync(
    *,
    client: Client,
) -> list[Hardware]:
    """List what models can run on.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build()
    return (client.send(request, parse)).parsed


async def asyncio_detailed(
    *,
    client: Client,
) -> Response[list[Hardware]]:
    """List what models can run on, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build()
    return await client.send_async(request, parse)


async def asyncio(
    *,
    client: Client,
) -> list[Hardware]:
    """List what models can run on.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build()
    return (await client.send_async(request, parse)).parsed
