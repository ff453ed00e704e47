"""Uploads to presigned links: storage requests carry no credentials."""

import math
from collections.abc import Callable

from redenlab.core import errors
from redenlab.core.calls.context import CallContext
from redenlab.core.transport import gate
from redenlab.core.transport.io import OutgoingRequest
from redenlab.lowlevel.types import RawResponse

MARGIN = 5.0
"""Seconds before its expiry from which a link is no longer used."""


async def put(
    context: CallContext,
    make: Callable[[], OutgoingRequest],
    expires: float | None = None,
    *,
    idempotent: bool = True,
) -> RawResponse:
    """Send a recording to storage; once, unless the client repeats uploads.

    Args:
        context: Of the call.
        make: Makes the request, to a presigned link, which is a secret while it is valid. Each
            attempt reads the recording from its beginning.
        expires: Monotonic seconds at which the link stops working; ``None`` when it is unknown.
        idempotent: Whether it may be sent twice.
    """
    usable = math.inf if expires is None else expires - MARGIN
    if context.io.now() > usable:
        raise errors.UploadError(
            "the upload link has expired", hint="submit again to get a new one", retryable=True
        )

    async def attempt() -> RawResponse:
        response = await context.io.send(make(), context.deadline)
        if not 200 <= response.status_code < 300:
            raise gate.refused(response, "storage")
        return response

    begin_by = context.with_deadline(min(context.deadline, usable))
    repeat = context.api.retry.uploads
    try:
        return await begin_by.with_retries("upload", attempt, idempotent=idempotent, repeat=repeat)
    except errors.APIError as error:
        raise upload_failed(error) from None


def upload_failed(error: errors.APIError) -> errors.UploadError:
    """`error` of storage as what it means to the caller."""
    late = isinstance(error, errors.RequestTimeout)
    kind: type[errors.UploadError] = errors.UploadTimeout if late else errors.UploadError
    return error.converted(kind, f"the upload failed: {error.message}; nothing was submitted")
