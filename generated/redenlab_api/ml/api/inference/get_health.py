"""`GET /{model_name}/health`: Ask whether a model is ready.

Does not wake it. Not offered for `transcribe`.

Documented statuses: 200, 401, 403, 404, 429, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import codec
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request, Response

if TYPE_CHECKING:
    from ...client import Client
    from ...models.model_health import ModelHealth

OPERATION = "get_health"
METHOD = "GET"
PATH = "/{model_name}/health"
IDEMPOTENT = True


def build(
    model_name: str,
) -> Request:
    """The request, unsent.

    Raises:
        ValueError: A path parameter is empty, or a number is not finite.
    """
    return Request(
        operation=OPERATION,
        method=METHOD,
        path=f"/{codec.segment(model_name)}/health",
        secured=True,
    )


_build = build  # an argument may have that name


def parse(response: RawResponse) -> ModelHealth:
    """The typed body of a success.

    Raises:
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    if response.status_code == 200:
        from ...models.model_health import ModelHealth  # noqa: PLC0415

        return ModelHealth.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


def sync_detailed(
    model_name: str,
    *,
    client: Client,
) -> Response[ModelHealth]:
    """Ask whether a model is ready, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        model_name=model_name,
    )
    return client.send(request, parse)


def sync(
    model_name: str,
    *,
    client: Client,
) -> ModelHealth:
    """Ask whether a model is ready.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        model_name=model_name,
    )
    return (client.send(request, parse)).parsed


async def asyncio_detailed(
    model_name: str,
    *,
    client: Client,
) -> Response[ModelHealth]:
    """Ask whether a model is ready, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        model_name=model_name,
    )
    return await client.send_async(request, parse)


async def asyncio(
    model_name: str,
    *,
    client: Client,
) -> ModelHealth:
    """Ask whether a model is ready.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        model_name=model_name,
    )
    return (await client.send_async(request, parse)).parsed
