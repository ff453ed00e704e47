"""`GET /api/export/conversations`: Export all conversations.

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

OPERATION = "export.export_all"
METHOD = "GET"
PATH = "/api/export/conversations"
IDEMPOTENT = True


def build(
    *,
    format: ExportFormatId,
    include_metadata: bool | None = None,
    include_timestamps: bool | None = None,
    include_costs: bool | None = None,
    group_by_conversation: bool | None = None,
) -> Request:
    """The request, unsent; raises `ValueError` for an empty path parameter, NaN or infinity."""
    return Request(
        operation=OPERATION,
        method=METHOD,
        path="/api/export/conversations",
        query=encoding.query(
            {
                "format": format,
                "includeMetadata": include_metadata,
                "includeTimestamps": include_timestamps,
                "includeCosts": include_costs,
                "groupByConversation": group_by_conversation,
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
