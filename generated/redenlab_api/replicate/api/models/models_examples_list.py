"""`GET /models/{model_owner}/{model_name}/examples`: List predictions that show what a model can do.

Documented statuses: 200, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import codec
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import UNSET, RawResponse, Request, Response, Unset

if TYPE_CHECKING:
    from ...client import Client
    from ...models.prediction_page import PredictionPage

OPERATION = "models.examples.list"
METHOD = "GET"
PATH = "/models/{model_owner}/{model_name}/examples"
IDEMPOTENT = True


def build(
    model_owner: str,
    model_name: str,
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
        path=f"/models/{codec.segment(model_owner)}/{codec.segment(model_name)}/examples",
        query=codec.query(
            {
                "cursor": cursor,
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
    model_owner: str,
    model_name: str,
    *,
    client: Client,
    cursor: str | Unset = UNSET,
) -> Response[PredictionPage]:
    """List predictions that show what a model can do, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        model_owner=model_owner,
        model_name=model_name,
        cursor=cursor,
    )
    return client.send(request, parse)


def sync(
    model_owner: str,
    model_name: str,
    *,
    client: Client,
    cursor: str | Unset = UNSET,
) -> PredictionPage:
    """List predictions that show what a model can do.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        model_owner=model_owner,
        model_name=model_name,
        cursor=cursor,
    )
    return (client.send(request, parse)).parsed


async def asyncio_detailed(
    model_owner: str,
    model_name: str,
    *,
    client: Client,
    cursor: str | Unset = UNSET,
) -> Response[PredictionPage]:
    """List predictions that show what a model can do, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        model_owner=model_owner,
        model_name=model_name,
        cursor=cursor,
    )
    return await client.send_async(request, parse)


async def asyncio(
    model_owner: str,
    model_name: str,
    *,
    client: Client,
    cursor: str | Unset = UNSET,
) -> PredictionPage:
    """List predictions that show what a model can do.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        model_owner=model_owner,
        model_name=model_name,
        cursor=cursor,
    )
    return (await client.send_async(request, parse)).parsed
