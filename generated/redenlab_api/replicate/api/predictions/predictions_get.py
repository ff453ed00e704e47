"""`GET /predictions/{prediction_id}`: Look at a prediction.

Documented statuses: 200, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import codec
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request, Response

if TYPE_CHECKING:
    from ...client import Client
    from ...models.prediction import Prediction

OPERATION = "predictions.get"
METHOD = "GET"
PATH = "/predictions/{prediction_id}"
IDEMPOTENT = True


def build(
    prediction_id: str,
) -> Request:
    """The request, unsent.

    Raises:
        ValueError: A path parameter is empty, or a number is not finite.
    """
    return Request(
        operation=OPERATION,
        method=METHOD,
        path=f"/predictions/{codec.segment(prediction_id)}",
        secured=True,
    )


_build = build  # an argument may have that name


def parse(response: RawResponse) -> Prediction:
    """The typed body of a success.

    Raises:
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    if response.status_code == 200:
        from ...models.prediction import Prediction  # noqa: PLC0415

        return Prediction.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


def sync_detailed(
    prediction_id: str,
    *,
    client: Client,
) -> Response[Prediction]:
    """Look at a prediction, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        prediction_id=prediction_id,
    )
    return client.send(request, parse)


def sync(
    prediction_id: str,
    *,
    client: Client,
) -> Prediction:
    """Look at a prediction.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        prediction_id=prediction_id,
    )
    return (client.send(request, parse)).parsed


async def asyncio_detailed(
    prediction_id: str,
    *,
    client: Client,
) -> Response[Prediction]:
    """Look at a prediction, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        prediction_id=prediction_id,
    )
    return await client.send_async(request, parse)


async def asyncio(
    prediction_id: str,
    *,
    client: Client,
) -> Prediction:
    """Look at a prediction.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        prediction_id=prediction_id,
    )
    return (await client.send_async(request, parse)).parsed
