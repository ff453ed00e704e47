"""`GET /api/export/conversations/{conversation_id}`: Export a conversation.

Documented statuses: 200, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import encoding, functions
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request

from ... import models

if TYPE_CHECKING:
    from ...models.export_format_id import ExportFormatId

OPERATION = "export.export_conversation"
METHOD = "GET"
PATH = "/api/export/conversations/{conversation_id}"
IDEMPOTENT = True


def build(
    conversation_id: str,
    *,
    format: ExportFormatId,
    include_metadata: bool | None = None,
    include_timestamps: bool | None = None,
    include_costs: bool | None = None,
) -> Request:
    """The request, unsent; raises `ValueError` for an empty path parameter, NaN or infinity."""
    return Request(
        operation=OPERATION,
        method=METHOD,
        path=f"/api/export/conversations/{encoding.segment(conversation_id)}",
        query=encoding.query(
            {
                "format": format,
                "includeMetadata": include_metadata,
                "includeTimestamps": include_timestamps,
                "includeCosts": include_costs,
            }
        ),
    )


def parse(response: RawResponse) -> models.ExportResult:
    """The typed body of a success; raises `ApiError` or `DecodeError`."""
    if 200 <= response.status_code <= 299:  # whichever of them is documented
        return models.ExportResult.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


sync = functions.sync(build, parse)
sync_detailed = functions.sync_detailed(build, parse)
asyncio = functions.asyncio(build, parse)
asyncio_detailed = functions.asyncio_detailed(build, parse)
