"""Uploads to presigned links: storage requests carry no credentials, and are sent once.

A storage that has a host for each region may answer with a redirect to another one. That one is
followed, once, with the same body and the same bare headers.
"""

from collections.abc import Callable
from dataclasses import replace

from redenlab.core import errors
from redenlab.core.auth.secret import Secret
from redenlab.core.calls.context import CallContext, attempted
from redenlab.core.transport import gate
from redenlab.core.transport.io import OutgoingRequest
from redenlab.core.transport.url_policy import absolute, host_of, is_same_service
from redenlab.lowlevel.types import RawResponse

MARGIN = 5.0
"""Seconds before its expiry from which a link is no longer used."""


async def put(
    context: CallContext,
    request: OutgoingRequest,
    again: Callable[[], OutgoingRequest],
    expires: float | None = None,
) -> RawResponse:
    """Send `request`, which carries a recording to storage, once.

    Args:
        context: Of the call.
        request: To a presigned link, which is a secret while it is valid.
        again: The same request with its body from the beginning, for a redirect.
        expires: Monotonic seconds at which the link stops working; ``None`` when it is unknown.
    """
    if expires is not None and context.io.now() > expires - MARGIN:
        raise errors.UploadError(
            "the upload link has expired", hint="submit again to get a new one", retryable=True
        )
    begun = context.io.now()
    try:
        response = await context.io.send(request, context.deadline)
        target = _redirected(context, request, response)
        if target is not None:
            other = replace(again(), url=target.reveal(), named_by=request.url)
            response = await context.io.send(other, context.deadline)
        if not 200 <= response.status_code < 300:
            raise gate.refused(response, "storage")
    except errors.APIError as error:
        error.attempts = 1
        failure = upload_failed(error)
        context.emit(attempted("upload", 1, context.io.now() - begun, failure))
        raise failure from None
    context.emit(attempted("upload", 1, context.io.now() - begun, response))
    return response


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
