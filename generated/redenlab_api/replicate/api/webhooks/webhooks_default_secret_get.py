"""`GET /webhooks/default/secret`: Fetch the secret that signs webhooks.

Documented statuses: 200, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request, Response

if TYPE_CHECKING:
    from ...client import Client
    from ...models.webhook_secret import WebhookSecret

OPERATION = "webhooks.default.secret.get"
METHOD = "GET"
PATH = "/webhooks/default/secret"
IDEMPOTENT = True


def build() -> Request:
    """The request, unsent.

    Raises:
        ValueError: A path parameter is empty, or a number is not finite.
    """
    return Request(
        operation=OPERATION,
        method=METHOD,
        path="/webhooks/default/secret",
        secured=True,
    )


_build = build  # an argument may have that name


def parse(response: RawResponse) -> WebhookSecret:
    """The typed body of a success.

    Raises:
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    if response.status_code == 200:
        from ...models.webhook_secret import WebhookSecret  # noqa: PLC0415

        return WebhookSecret.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


def sync_detailed(
    *,
    client: Client,
) -> Response[WebhookSecret]:
    """Fetch the secret that signs webhooks, and keep status and headers.

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
) -> WebhookSecret:
    """Fetch the secret that signs webhooks.

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
) -> Response[WebhookSecret]:
    """Fetch the secret that signs webhooks, and keep status and headers.

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
) -> WebhookSecret:
    """Fetch the secret that signs webhooks.

    Raises:
        httpx.HTTPError: The network failed.
        ApiError: The status is no success.
        DecodeError: The body is not what the spec says.
    """
    request = _build()
    return (await client.send_async(request, parse)).parsed
