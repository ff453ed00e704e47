"""`POST /v1/audio/transcriptions`: Submit a recording, or the URL of one.

A URL is fetched by the server before it answers, which may take five minutes. In lite mode
without retention the answer is the whole job, which has ended.

Documented statuses: 200, 201, 422, 4XX, 5XX.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import encoding, functions
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request

from ... import models

if TYPE_CHECKING:
    pass

OPERATION = "transcriptions.create"
METHOD = "POST"
PATH = "/v1/audio/transcriptions"
IDEMPOTENT = False


def build(*, body: models.TranscriptionRequest) -> Request:
    """The request, unsent; raises `ValueError` for an empty path parameter, NaN or infinity."""
    return Request(
        operation=OPERATION,
        method=METHOD,
        path="/v1/audio/transcriptions",
        parts=encoding.parts(body, ["vocabulary", "pii_entity_types"]),
    )


def parse(response: RawResponse) -> models.TranscriptionJob | models.CreatedJob:
    """The typed body of a success; raises `ApiError` or `DecodeError`."""
    if response.status_code == 200:
        return models.TranscriptionJob.from_dict(response.json())
    if response.status_code == 201:
        return models.CreatedJob.from_dict(response.json())
    raise ApiError(response.status_code, response.headers, response.content)


sync = functions.sync(build, parse)
sync_detailed = functions.sync_detailed(build, parse)
asyncio = functions.asyncio(build, parse)
asyncio_detailed = functions.asyncio_detailed(build, parse)
