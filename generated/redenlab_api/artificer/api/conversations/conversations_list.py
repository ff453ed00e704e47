"""`GET /api/conversations`: List all conversations.

The one that was changed last comes first; there are no pages.

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
    from ...models.conversation_item import ConversationItem

OPERATION = "conversations.list"
METHOD = "GET"
PATH = "/api/conversations"
IDEMPOTENT = True


def build() -> Request:
    """The request, unsent; raises `ValueError` for an empty path parameter, NaN or infinity."""
    return Request(
        operation=OPERATION,
        method=METHOD,
        path="/api/conversations",
    )


def parse(response: RawResponse) -> Records[ConversationItem]:
    """The typed body of a success; raises `ApiError` or `DecodeError`."""
    if 200 <= response.status_code <= 299:  # whichever of them is documented
        return models.ConversationItem.from_own(decoding.listed(response.json()))
    raise ApiError(response.status_code, response.headers, response.content)


sync = functions.sync(build, parse)
sync_detailed = functions.sync_detailed(build, parse)
asyncio = functions.asyncio(build, parse)
asyncio_detailed = functions.asyncio_detailed(build, parse)
