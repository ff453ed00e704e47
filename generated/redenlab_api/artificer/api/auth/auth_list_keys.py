"""`GET /api/auth/keys`: List API keys.

Not over tRPC: keys are made by scripts of the server there.

Documented statuses: 200, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding, functions
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.records import Records
from redenlab.lowlevel.types import RawResponse, Request

from ... import models

if TYPE_CHECKING:
    from ...models.api_key_info import ApiKeyInfo

OPERATION = "auth.list_keys"
METHOD = "GET"
PATH = "/api/auth/keys"
IDEMPOTENT = True


def build() -> Request:
    """The request, unsent; raises `ValueError` for an empty path parameter, NaN or infinity."""
    return Request(
        operation=OPERATION,
        method=METHOD,
        path="/api/auth/keys",
    )


def parse(response: RawResponse) -> Records[ApiKeyInfo]:
    """The typed body of a success; raises `ApiError` or `DecodeError`."""
    if 200 <= response.status_code <= 299:  # whichever of them is documented
        return models.ApiKeyInfo.from_own(decoding.listed(response.json()))
    raise ApiError(response.status_code, response.headers, response.content)


sync = functions.sync(build, parse)
sync_detailed = functions.sync_detailed(build, parse)
asyncio = functions.asyncio(build, parse)
asyncio_detailed = functions.asyncio_detailed(build, parse)
