"""`GET /trainings/{training_id}`: Look at a training.

Documented statuses: 200, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import codec
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request, Response

if TYPE_CHECKING:
    from ...client import Client
    from ...models.training import Training

OPERATION = "trainings.get"
METHOD = "GET"
PATH = "/trainings/{training_id}"
IDEMPOTENT = True


def build(
    training_id: str,
) -> Request:
    """The request, unsent.

    Raises:
        ValueError: A path parameter is empty, or a number is not finite.
    """
    return Request(
        operation=OPERATION,
        method=METHOD,
        path=f"/trainings/{codec.segment(training_id)}",
        secured=True,
    )


_build = build  # an argument may have that name


def parse(response: RawResponse) -> Training:
    """The typed body of a success.

    Raises:
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    if response.status_code == 200:
        from ...models.training import Training  # noqa: PLC0415

        return Training.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


def sync_detailed(
    training_id: str,
    *,
    client: Client,
) -> Response[Training]:
    """Look at a training, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        training_id=training_id,
    )
    return client.send(request, parse)


def sync(
    training_id: str,
    *,
    client: Client,
) -> Training:
    """Look at a training.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        training_id=training_id,
    )
    return (client.send(request, parse)).parsed


async def asyncio_detailed(
    training_id: str,
    *,
    client: Client,
) -> Response[Training]:
    """Look at a training, and keep status and headers.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        training_id=training_id,
    )
    return await client.send_async(request, parse)


async def asyncio(
    training_id: str,
    *,
    client: Client,
) -> Training:
    """Look at a training.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build(
        training_id=training_id,
    )
    return (await client.send_async(request, parse)).parsed
