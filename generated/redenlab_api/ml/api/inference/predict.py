"""`POST /{model_name}/predict`: Submit an uploaded recording to a model.

Documented statuses: 200, 401, 403, 404, 409, 413, 422, 429, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import codec
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request, Response

if TYPE_CHECKING:
    from ...client import Client
    from ...models.predict_request import PredictRequest
    from ...models.submission import Submission

OPERATION = "predict"
METHOD = "POST"
PATH = "/{model_name}/predict"
IDEMPOTENT = False


def build(
    model_name: str,
    *,
    body: PredictRequest,
) -> Request:
    """The request, unsent.

    Raises:
        ValueError: A path parameter is empty, or a number is not finite.
    """
    return Request(
        operation=OPERATION,
        method=METHOD,
        path=f"/{codec.segment(model_name)}/predict",
        headers={"Content-Type": "application/json"},
        content=codec.json_body(body),
        secured=True,
    )


_build = build  # an argument may have that name


def parse(response: RawResponse) -> Submission:
    """The typed body of a success.

    Raises:
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    if response.status_code == 200:
        from ...models.submission import Submission  # noqa: PLC0415

        return Submission.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


def sync_detailed(
    model_name: str,
    *,
    client: Client,
    body: PredictRequest,
) -> Response[Submission]:
    """Submit an uploaded recording to a model, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        model_name=model_name,
        body=body,
    )
    return client.send(request, parse)


def sync(
    model_name: str,
    *,
    client: Client,
    body: PredictRequest,
) -> Submission:
    """Submit an uploaded recording to a model.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        model_name=model_name,
        body=body,
    )
    return (client.send(request, parse)).parsed


async def asyncio_detailed(
    model_name: str,
    *,
    client: Client,
    body: PredictRequest,
) -> Response[Submission]:
    """Submit an uploaded recording to a model, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        model_name=model_name,
        body=body,
    )
    return await client.send_async(request, parse)


async def asyncio(
    model_name: str,
    *,
    client: Client,
    body: PredictRequest,
) -> Submission:
    """Submit an uploaded recording to a model.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        model_name=model_name,
        body=body,
    )
    return (await client.send_async(request, parse)).parsed
