"""Presigned uploads: storage requests carry no credentials, and are never sent again by us."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from redenlab.core import errors
from redenlab.core.calls.context import CallContext, attempted
from redenlab.core.events import upload_progress
from redenlab.core.files.recording import Recording
from redenlab.core.transport import gate
from redenlab.core.transport.io import OutgoingRequest, Stream
from redenlab.core.transport.url_policy import origin, problem_with

MARGIN = 5.0
"""Seconds before its expiry from which a link is no longer used."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a recording goes.

    Attributes:
        url: Presigned, and a secret while it is valid.
        headers: Signed with the URL, so sent to the letter.
        expires: Monotonic seconds at which the URL stops working; ``None`` when it is unknown.
    """

    url: str = field(repr=False)
    headers: Mapping[str, str]
    expires: float | None
    method: str = "PUT"


async def put(context: CallContext, recording: Recording, target: Target) -> None:
    """Send `recording` to `target`, once."""
    problem = problem_with(target.url, context.api.base_url)
    if problem is not None:
        raise errors.UploadError(
            f"the service sent a link that {problem} ({origin(target.url)})",
            hint="nothing was sent there; check the base URL",
        )
    if target.expires is not None and context.io.now() > target.expires - MARGIN:
        raise errors.UploadError(
            "the upload link has expired", hint="submit again to get a new one", retryable=True
        )
    headers = {**target.headers, "Content-Length": str(recording.size)}
    body = Stream(recording.chunks(), upload_progress(context.emit, recording.size))
    request = OutgoingRequest(target.method, target.url, headers, body, to_api=False)
    begun = context.io.now()
    try:
        response = await context.io.send(request, context.deadline)
        if not 200 <= response.status_code < 300:
            raise gate.refused(response, "storage")
    except errors.APIError as error:
        error.attempts = 1
        late = isinstance(error, errors.RequestTimeout)
        kind = errors.UploadTimeout if late else errors.UploadError
        problem = f"the upload failed: {error.message}; nothing was submitted"
        failure = error.converted(kind, problem)
        context.emit(attempted("upload", 1, context.io.now() - begun, failure))
        raise failure from None
    context.emit(attempted("upload", 1, context.io.now() - begun, response))
