"""Everything that can go wrong, as one tree.

    RedenLabError                   also known as RedenLabMLError
    ├─ ConfigurationError           a setting is missing or malformed
    ├─ InputError                   an argument or a recording is unusable; nothing was sent
    │  └─ MissingExtra              an optional dependency is not installed
    ├─ AuthenticationError          no usable key, or 401
    │  ├─ MissingKey                none at all; also a ConfigurationError
    │  └─ PermissionDenied          403
    ├─ APIError                     the API refused, failed or answered nonsense
    │  ├─ BadRequest                400, 422
    │  ├─ NotFound                  404
    │  ├─ Conflict                  409
    │  ├─ TooLarge                  413
    │  ├─ RateLimited               429
    │  ├─ ServerError               5xx
    │  ├─ RedirectRefused           3xx: no redirect is ever followed
    │  ├─ UnexpectedAnswer          the body is not what was promised
    │  ├─ LinkExpired               a link to a result has expired
    │  ├─ NetworkError              the request or its answer was lost
    │  └─ SubmitUncertain           nobody knows whether the job was started
    ├─ UploadError                  storage did not take the recording
    │  ├─ FileChanged               the recording changed while it was read
    │  └─ UploadTimeout             also a TimeoutError; nothing was submitted
    ├─ InferenceError               the job has no result
    │  ├─ JobFailed
    │  ├─ JobCancelled
    │  └─ JobRunning                its result was asked for too early
    ├─ WebhookSignatureError        a delivery is not genuine
    │  └─ WebhookTooOld             it is, but its time is not
    └─ TimeoutError                 out of time; also a builtin TimeoutError
       ├─ RequestTimeout            one request; also a NetworkError
       └─ JobTimeout                the wait; the job goes on

No error holds a key, a token, a presigned query or an object of the HTTP library, so every one of
them can be logged, pickled and sent to another process.
"""

import builtins
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


class RedenLabError(Exception):
    """Root of all errors of this SDK.

    Attributes:
        message: What happened.
        hint: What to do about it, in one sentence; ``None`` when there is nothing to do.
        status: HTTP status, ``None`` when no answer came.
        code: The service's own word for the error, if it has one.
        request_id: What the service calls this request; quote it to its operators.
        job_id: The job that was being worked on.
        attempts: How many times the request was sent; 0 when it never was.
        retryable: Whether the same call may succeed later without a change.
        retry_after: Seconds that the service asked to wait.
        body: Excerpt of the answer, at most 200 characters, cleaned and without secrets.
    """

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        status: int | None = None,
        code: str | None = None,
        request_id: str | None = None,
        job_id: str | None = None,
        attempts: int = 0,
        retryable: bool = False,
        retry_after: float | None = None,
        body: str | None = None,
    ) -> None:
        """See the attributes."""
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.status = status
        self.code = code
        self.request_id = request_id
        self.job_id = job_id
        self.attempts = attempts
        self.retryable = retryable
        self.retry_after = retry_after
        self.body = body

    def __str__(self) -> str:
        """The message, and what to do."""
        return f"{self.message} ({self.hint})" if self.hint else self.message

    def __reduce__(self) -> tuple[Any, ...]:
        """Keep every attribute across processes."""
        return _rebuild, (type(self), self.message, self.__dict__)

    def about(self, *, job_id: str | None) -> Self:
        """This error, naming the job that it concerns."""
        self.job_id = self.job_id or job_id
        return self


def _rebuild(
    kind: type[RedenLabError], message: str, attributes: Mapping[str, Any]
) -> RedenLabError:
    error = kind.__new__(kind)
    error.args = (message,)
    error.__dict__.update(attributes)
    return error


class ConfigurationError(RedenLabError, ValueError):
    """A setting is missing, malformed or unsafe."""


class InputError(RedenLabError, ValueError):
    """An argument or a recording cannot be used; nothing was sent."""


class MissingExtra(InputError, ImportError):
    """An optional dependency is not installed; the hint says which."""


class AuthenticationError(RedenLabError):
    """There is no usable key, or the service does not accept it."""


class PermissionDenied(AuthenticationError):
    """The key is known but may not do this."""


class APIError(RedenLabError):
    """The API refused, failed, could not be reached or answered nonsense."""


class MissingKey(AuthenticationError, ConfigurationError):
    """There is no key at all: neither an argument nor a setting has one."""


class BadRequest(APIError):
    """The service found the request malformed.

    Attributes:
        fields: What is wrong with which part of the body, where the service says so.
    """

    fields: "tuple[InvalidField, ...]" = ()


class NotFound(APIError):
    """There is no such model or job."""


class Conflict(APIError):
    """The thing is in a state that does not allow this; an upload that is still pending."""


@dataclass(frozen=True, slots=True)
class InvalidField:
    """One thing that is wrong with a request body.

    Attributes:
        field: Dotted path; empty for the whole body.
        type: The service's word for the kind of mistake, such as ``required``.
        description: Its sentence.
    """

    field: str
    type: str
    description: str


class TooLarge(APIError):
    """The service does not take this many bytes."""


class RateLimited(APIError):
    """Too many requests; `retry_after` holds the pause if the service named one."""


class ServerError(APIError):
    """The service failed."""


class RedirectRefused(APIError):
    """The service pointed elsewhere; keys and recordings are never sent along."""


class UnexpectedAnswer(APIError):
    """The answer is not JSON, or not of the documented shape.

    Attributes:
        document: The JSON as it was sent; ``None`` when it is no JSON.
    """

    document: Any = None


class LinkExpired(APIError):
    """A presigned link to a result no longer works; looking at the job again renews it."""


class NetworkError(APIError, ConnectionError):
    """The request or its answer was lost on the way.

    Attributes:
        sent: Whether the server may have seen the request.
    """

    sent: bool = True


class SubmitUncertain(APIError):
    """Whether the job was started could not be found out; submitting again may start a second.

    Attributes:
        model_name: What it was submitted to; ``None`` where jobs have no models.
        asset: The upload (`redenlab.core.assets.Asset`), which can be submitted again without
            being sent again; ``None`` where there is none.
    """

    model_name: str | None = None
    asset: Any = None


class UploadError(RedenLabError):
    """Storage did not take the recording; nothing was submitted."""


class FileChanged(UploadError):
    """The recording grew, shrank or was rewritten while it was read; nothing was submitted."""


class InferenceError(RedenLabError):
    """The job has no result."""


class JobFailed(InferenceError):
    """The service gave up on the job."""


class JobCancelled(InferenceError):
    """The job was cancelled."""


class JobRunning(InferenceError):
    """The job has not ended yet, so there is no result."""


class WebhookSignatureError(RedenLabError):
    """A delivery is not genuine: forged, changed on its way, or no webhook at all."""


class WebhookTooOld(WebhookSignatureError):
    """A delivery is genuine, but was sent too long ago, or by a clock that is ahead."""


class TimeoutError(RedenLabError, builtins.TimeoutError):  # noqa: A001 - the documented name
    """Out of time."""


class RequestTimeout(TimeoutError, NetworkError):
    """One request took longer than allowed, or longer than was left of the call's deadline."""


class UploadTimeout(UploadError, TimeoutError):
    """The recording did not reach storage in time; nothing was submitted."""


class JobTimeout(TimeoutError):
    """The wait is over, the job is not: it goes on, and can be waited for again.

    Attributes:
        job: The live handle (`redenlab.Job` or `redenlab.AsyncJob`); after unpickling it has an id
            and a token, and needs a client before it can be waited for.
    """

    job: Any = None
