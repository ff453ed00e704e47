"""`GET /api/v2/assessments`: List assessments.

Documented statuses: 200, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import encoding, functions
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request

from ... import models

if TYPE_CHECKING:
    from ...models.assessments_v2_list_sort_dir import (
        AssessmentsV2ListSortDir,
    )
    from ...models.assessments_v2_list_status import (
        AssessmentsV2ListStatus,
    )

OPERATION = "assessments_v2.list"
METHOD = "GET"
PATH = "/api/v2/assessments"
IDEMPOTENT = True


def build(
    *,
    page: int | None = None,
    page_size: int | None = None,
    search: str | None = None,
    status: AssessmentsV2ListStatus | None = None,
    provider: str | None = None,
    sort_by: str | None = None,
    sort_dir: AssessmentsV2ListSortDir | None = None,
) -> Request:
    """The request, unsent; raises `ValueError` for an empty path parameter, NaN or infinity."""
    return Request(
        operation=OPERATION,
        method=METHOD,
        path="/api/v2/assessments",
        query=encoding.query(
            {
                "page": page,
                "pageSize": page_size,
                "search": search,
                "status": status,
                "provider": provider,
                "sortBy": sort_by,
                "sortDir": sort_dir,
            }
        ),
    )


def parse(response: RawResponse) -> models.AssessmentPage:
    """The typed body of a success; raises `ApiError` or `DecodeError`."""
    if 200 <= response.status_code <= 299:  # whichever of them is documented
        return models.AssessmentPage.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


sync = functions.sync(build, parse)
sync_detailed = functions.sync_detailed(build, parse)
asyncio = functions.asyncio(build, parse)
asyncio_detailed = functions.asyncio_detailed(build, parse)
