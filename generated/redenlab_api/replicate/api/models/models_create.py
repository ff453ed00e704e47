"""`POST /models`: Make a model.

Documented statuses: 201, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import codec
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request, Response

if TYPE_CHECKING:
    from ...client import Client
    from ...models.model import Model
    from ...models.model_request import ModelRequest

OPERATION = "models.create"
METHOD = "POST"
PATH = "/models"
IDEMPOTENT = False


def build(
    *,
    body: ModelRequest,
) -> Request:
    """The request, unsent.

    Raises:
        ValueError: A path parameter is empty, or a number is not finite.
    """
    return Request(
        operation=OPERATION,
        method=METHOD,
        path="/models",
        headers={"Content-Type": "application/json"},
        content=codec.json_body(body),
        secured=True,
    )


_build = build  # an argument may have that name


def parse(response: RawResponse) -> Model:
    """The typed body of a success.

    Raises:
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    if response.status_code == 201:
        from ...models.model import Model  # noqa: PLC0415

        return Model.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


def sync_detailed(
    *,
    client: Client,
    body: ModelRequest,
) -> Response[Model]:
    """Make a model, and keep status and headers.

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
    body: ModelRequest,
) -> Model:
    """Make a model.

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
    body: ModelRequest,
) -> Response[Model]:
    """Make a model, and keep status and headers.

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
    body: ModelRequest,
) -> Model:
    """Make a model.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        body=body,
    )
    return (await client.send_async(request, parse)).parsed
