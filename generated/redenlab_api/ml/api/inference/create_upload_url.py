"""`POST /upload-url`: Ask for a presigned upload link.

Makes a job, or an asset, and answers with the link that its recording has to be PUT to. Asking
again makes another, unrelated one; one that is never uploaded to costs nothing.

Documented statuses: 200, 401, 403, 413, 422, 429, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import encoding, functions
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request

from ... import models

if TYPE_CHECKING:
    pass

OPERATION = "create_upload_url"
METHOD = "POST"
PATH = "/upload-url"
IDEMPOTENT = True


def build(*, body: models.UploadUrlRequest) -> Request:
    """The request, unsent; raises `ValueError` for an empty path parameter, NaN or infinity."""
    return Request(
        operation=OPERATION,
        method=METHOD,
        path="/upload-url",
        headers={"Content-Type": "application/json"},
        content=encoding.json_body(body),
    )


def parse(response: RawResponse) -> models.UploadTicket:
    """The typed body of a success; raises `ApiError` or `DecodeError`."""
    if 200 <= response.status_code <= 299:  # whichever of them is documented
        return models.UploadTicket.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


sync = functions.sync(build, parse)
sync_detailed = functions.sync_detailed(build, parse)
asyncio = functions.asyncio(build, parse)
asyncio_detailed = functions.asyncio_detailed(build, parse)
