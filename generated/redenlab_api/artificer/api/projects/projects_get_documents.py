"""`GET /api/projects/{project_id}/documents`: List the documents of a project.

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
    from ...models.document_summary import DocumentSummary

OPERATION = "projects.get_documents"
METHOD = "GET"
PATH = "/api/projects/{project_id}/documents"
IDEMPOTENT = True


def build(project_id: str) -> Request:
    """The request, unsent; raises `ValueError` for an empty path parameter, NaN or infinity."""
    return Request(
        operation=OPERATION,
        method=METHOD,
        path=f"/api/projects/{encoding.segment(project_id)}/documents",
    )


def parse(response: RawResponse) -> Records[DocumentSummary]:
    """The typed body of a success; raises `ApiError` or `DecodeError`."""
    if 200 <= response.status_code <= 299:  # whichever of them is documented
        return models.DocumentSummary.from_own(decoding.listed(response.json()))
    raise ApiError(response.status_code, response.headers, response.content)


sync = functions.sync(build, parse)
sync_detailed = functions.sync_detailed(build, parse)
asyncio = functions.asyncio(build, parse)
asyncio_detailed = functions.asyncio_detailed(build, parse)
