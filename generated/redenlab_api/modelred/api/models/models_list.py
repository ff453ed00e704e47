"""`GET /api/models`: List one page of models.

Documented statuses: 200, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import encoding, functions
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request

from ... import models

if TYPE_CHECKING:
    from ...models.model_order import ModelOrder
    from ...models.models_list_sort_dir import ModelsListSortDir
    from ...models.models_list_status import ModelsListStatus
    from ...models.provider import Provider

OPERATION = "models.list"
METHOD = "GET"
PATH = "/api/models"
IDEMPOTENT = True


def build(
    *,
    page: int | None = None,
    page_size: int | None = None,
    search: str | None = None,
    provider: Provider | None = None,
    status: ModelsListStatus | None = None,
    sort_by: ModelOrder | None = None,
    sort_dir: ModelsListSortDir | None = None,
) -> Request:
    """The request, unsent; raises `ValueError` for an empty path parameter, NaN or infinity."""
    return Request(
        operation=OPERATION,
        method=METHOD,
        path="/api/models",
        query=encoding.query(
            {
                "page": page,
                "pageSize": page_size,
                "search": search,
                "provider": provider,
                "status": status,
                "sortBy": sort_by,
                "sortDir": sort_dir,
            }
        ),
    )


def parse(response: RawResponse) -> models.ModelPage:
    """The typed body of a success; raises `ApiError` or `DecodeError`."""
    if 200 <= response.status_code <= 299:  # whichever of them is documented
        return models.ModelPage.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


sync = functions.sync(build, parse)
sync_detailed = functions.sync_detailed(build, parse)
asyncio = functions.asyncio(build, parse)
asyncio_detailed = functions.asyncio_detailed(build, parse)
