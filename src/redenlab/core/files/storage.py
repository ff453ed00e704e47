"""Uploads to presigned links: storage requests carry no credentials, and are sent once."""

from redenlab.core import errors
from redenlab.core.calls.context import CallContext, attempted
from redenlab.core.transport import gate
from redenlab.core.transport.io import OutgoingRequest
from redenlab.lowlevel.types import RawResponse

MARGIN = 5.0
"""Seconds before its expiry from which a link is no longer used."""


async def put(
    context: CallContext, request: OutgoingRequest, expires: float | None = None
) -> RawResponse:
    """Send `request`, which carries a recording to storage, once.

    Args:
        context: Of the call.
        request: To a presigned link, which is a secret while it is valid.
        expires: Monotonic seconds at which the link stops working; ``None`` when it is unknown.
    """
    if expires is not None and context.io.now() > expires - MARGIN:
        raise errors.UploadError(
            "the upload link has expired", hint="submit again to get a new one", retryable=True
        )
    begun = context.io.now()
    try:
        response = await context.io.send(request, context.deadline)
        if not 200 <= response.status_code < 300:
            raise gate.refused(response, "storage")
    except errors.APIError as error:
        error.attempts = 1
        failure = upload_failed(error)
        context.emit(attempted("upload", 1, context.io.now() - begun, failure))
        raise failure from None
    context.emit(attempted("upload", 1, context.io.now() - begun, response))
    return response


def upload_failed(error: errors.APIError) -> errors.UploadError:
    """`error` of storage as what it means to the caller."""
    late = isinstance(error, errors.RequestTimeout)
    kind: type[errors.UploadError] = errors.UploadTimeout if late else errors.UploadError
    return error.converted(kind, f"the upload failed: {error.message}; nothing was submitted")
