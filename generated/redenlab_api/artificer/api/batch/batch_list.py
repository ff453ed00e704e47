"""`GET /api/batch`: List batch jobs, newest first.

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
    from ...models.batch_job import BatchJob
    from ...models.batch_job_status import BatchJobStatus

OPERATION = "batch.list"
METHOD = "GET"
PATH = "/api/batch"
IDEMPOTENT = True


def build(
    *,
    project_id: str | None = None,
    status: BatchJobStatus | None = None,
    limit: int | None = None,
    offset: int | None = None,
) -> Request:
    """The request, unsent; raises `ValueError` for an empty path parameter, NaN or infinity."""
    return Request(
        operation=OPERATION,
        method=METHOD,
        path="/api/batch",
        query=encoding.query(
            {"projectId": project_id, "status": status, "limit": limit, "offset": offset}
        ),
    )


def parse(response: RawResponse) -> Records[BatchJob]:
    """The typed body of a success; raises `ApiError` or `DecodeError`."""
    if 200 <= response.status_code <= 299:  # whichever of them is documented
        return models.BatchJob.from_own(decoding.listed(response.json()))
    raise ApiError(response.status_code, response.headers, response.content)


sync = functions.sync(build, parse)
sync_detailed = functions.sync_detailed(build, parse)
asyncio = functions.asyncio(build, parse)
asyncio_detailed = functions.asyncio_detailed(build, parse)
