"""`GET /api/chat/{conversation_id}/messages`: List what was said in a conversation, oldest first.

Documented statuses: 200, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding, encoding, functions
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.records import Records
from redenlab.lowlevel.types import RawResponse, Request

from ... import models

if TYPE_CHECKING:
    from ...models.chat_message import ChatMessage

OPERATION = "chat.get_messages"
METHOD = "GET"
PATH = "/api/chat/{conversation_id}/messages"
IDEMPOTENT = True


def build(conversation_id: str) -> Request:
    """The request, unsent; raises `ValueError` for an empty path parameter, NaN or infinity."""
    return Request(
        operation=OPERATION,
        method=METHOD,
        path=f"/api/chat/{encoding.segment(conversation_id)}/messages",
    )


def parse(response: RawResponse) -> Records[ChatMessage]:
    """The typed body of a success; raises `ApiError` or `DecodeError`."""
    if 200 <= response.status_code <= 299:  # whichever of them is documented
        return models.ChatMessage.from_own(decoding.listed(response.json()))
    raise ApiError(response.status_code, response.headers, response.content)


sync = functions.sync(build, parse)
sync_detailed = functions.sync_detailed(build, parse)
asyncio = functions.asyncio(build, parse)
asyncio_detailed = functions.asyncio_detailed(build, parse)
