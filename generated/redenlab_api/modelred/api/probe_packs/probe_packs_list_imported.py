"""`GET /api/v2/probes/imported`: List the packs that your organization has imported.

Documented statuses: 200, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import encoding, functions
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request

from ... import models

if TYPE_CHECKING:
    from ...models.probe_packs_list_imported_is_public import ProbePacksListImportedIsPublic
    from ...models.probe_packs_list_imported_sort_by import (
        ProbePacksListImportedSortBy,
    )
    from ...models.probe_packs_list_imported_sort_dir import (
        ProbePacksListImportedSortDir,
    )

OPERATION = "probe_packs.list_imported"
METHOD = "GET"
PATH = "/api/v2/probes/imported"
IDEMPOTENT = True


def build(
    *,
    page: int | None = None,
    page_size: int | None = None,
    category: str | None = None,
    search: str | None = None,
    is_public: ProbePacksListImportedIsPublic | None = None,
    sort_by: ProbePacksListImportedSortBy | None = None,
    sort_dir: ProbePacksListImportedSortDir | None = None,
) -> Request:
    """The request, unsent; raises `ValueError` for an empty path parameter, NaN or infinity."""
    return Request(
        operation=OPERATION,
        method=METHOD,
        path="/api/v2/probes/imported",
        query=encoding.query(
            {
                "page": page,
                "pageSize": page_size,
                "category": category,
                "search": search,
                "isPublic": is_public,
                "sortBy": sort_by,
                "sortDir": sort_dir,
            }
        ),
    )


def parse(response: RawResponse) -> models.ProbePackPage:
    """The typed body of a success; raises `ApiError` or `DecodeError`."""
    if 200 <= response.status_code <= 299:  # whichever of them is documented
        return models.ProbePackPage.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


sync = functions.sync(build, parse)
sync_detailed = functions.sync_detailed(build, parse)
asyncio = functions.asyncio(build, parse)
asyncio_detailed = functions.asyncio_detailed(build, parse)
