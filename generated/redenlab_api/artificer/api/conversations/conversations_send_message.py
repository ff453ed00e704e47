"""`POST /api/conversations/{conversation_id}/messages/send`: Send a message and wait for the answer.

The first exchange replaces the title of the conversation. Where the model fails the server of
today answers with an apology instead of an error.

Documented statuses: 200, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import encoding, functions
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request

from ... import models

if TYPE_CHECKING:
    pass

OPERATION = "conversations.send_message"
METHOD = "POST"
PATH = "/api/conversations/{conversation_id}/messages/send"
IDEMPOTENT = False


def build(conversation_id: str, *, body: models.ChatMessageRequest) -> Request:
    """The request, unsent; raises `ValueError` for an empty path parameter, NaN or infinity."""
    return Request(
        operation=OPERATION,
        method=METHOD,
        path=f"/api/conversations/{encoding.segment(conversation_id)}/messages/send",
        headers={"Content-Type": "application/json"},
        content=encoding.json_body(body),
    )


def parse(response: RawResponse) -> models.ChatReply:
    """The typed body of a success; raises `ApiError` or `DecodeError`."""
    if 200 <= response.status_code <= 299:  # whichever of them is documented
        return models.ChatReply.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


sync = functions.sync(build, parse)
sync_detailed = functions.sync_detailed(build, parse)
asyncio = functions.asyncio(build, parse)
asyncio_detailed = functions.asyncio_detailed(build, parse)
