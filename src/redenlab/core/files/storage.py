"""Uploads to presigned links: storage requests carry no credentials.

A storage that has a host for each region may answer with a redirect to another one. That one is
followed, once, with the same body and the same bare headers.
"""

import math
from collections.abc import Callable
from dataclasses import replace

from redenlab.core import errors
from redenlab.core.auth.secret import Secret
from redenlab.core.calls.context import CallContext
from redenlab.core.transport import gate
from redenlab.core.transport.io import OutgoingRequest
from redenlab.core.transport.url_policy import absolute, host_of, is_same_service
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
        target = _redirected(context, make(), response)
        if target is not None:
            other = replace(make(), url=target.reveal(), named_by=make().url)
            response = await context.io.send(other, context.deadline)
        if not 200 <= response.status_code < 300:
            raise gate.refused(response, "storage")
        return response

    begin_by = context.with_deadline(min(context.deadline, usable))
    repeat = context.api.retry.uploads
    try:
        return await begin_by.with_retries("upload", attempt, idempotent=idempotent, repeat=repeat)
    except errors.APIError as error:
        raise upload_failed(error) from None


def _redirected(
    context: CallContext, request: OutgoingRequest, response: RawResponse
) -> Secret | None:
    """Where storage wants the recording instead: at another of its hosts, if anywhere."""
    if response.status_code != 307 or request.method != "PUT":
        return None
    target = Secret(absolute(response.headers.get("location", ""), request.url))
    if not is_same_service(host_of(target.reveal()), host_of(request.url)):
        return None
    problem = context.io.route.egress.problem_with(target.reveal(), request.url)
    return target if problem is None and target.reveal().startswith("https://") else None


def upload_failed(error: errors.APIError) -> errors.UploadError:
    """`error` of storage as what it means to the caller."""
    late = isinstance(error, errors.RequestTimeout)
    kind: type[errors.UploadError] = errors.UploadTimeout if late else errors.UploadError
    return error.converted(kind, f"the upload failed: {error.message}; nothing was submitted")
