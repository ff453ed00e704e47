"""Every error that this SDK raises, each with the hint that it carries by default.

docs/errors.md draws the tree. No error holds a key, a token, a presigned query or an object of the
HTTP library, so every one of them can be logged, pickled and sent to another process. `boundary` is
where errors leave the SDK.
"""

import builtins
from dataclasses import dataclass
from typing import Any, Literal, Self, TypeVar, cast

E = TypeVar("E", bound="RedenLabError")


class RedenLabError(Exception):
    """Root of all errors of this SDK.

    Attributes:
        message: What happened.
        hint: What to do about it, in one sentence.
        status: HTTP status; ``None`` when no response came.
        code: The error code of the service; ``None`` when it sent none.
        request_id: The service's id of this request; quote it to its operators.
        job_id: The job that the call was about.
        attempts: How many times the request was sent; 0 when it never was.
        retryable: Whether the same call may succeed later without a change.
        retry_after: Seconds that the service asked to wait.
        body: Excerpt of the response, at most 200 characters, cleaned and without secrets.
        unsent: The last audio of a realtime session that broke, as far as the service is not known
            to have transcribed it: raw samples; empty for all other calls.
    """

    unsent: bytes = b""
    hint: str = "see the attributes of the error; quote its request_id to the service's operators"

    def __init_subclass__(cls, hint: str | None = None) -> None:
        """Set the hint of errors of this class that have none of their own."""
        cls.hint = hint or cls.hint

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
        """Set the attributes; `hint` defaults to that of the class."""
        super().__init__(message)
        self.message = message
        self.hint = hint or type(self).hint
        self.status = status
        self.code = code
        self.request_id = request_id
        self.job_id = job_id
        self.attempts = attempts
        self.retryable = retryable
        self.retry_after = retry_after
        self.body = body

    def __str__(self) -> str:
        return f"{self.message} ({self.hint})"

    @property
    def status_code(self) -> int | None:
        """`status`, by the name that HTTP libraries give it."""
        return self.status

    def converted(self, kind: type[E], message: str, hint: str | None = None) -> E:
        """An error of another `kind` about the same response, with a message of its own."""
        names = ("status", "code", "request_id", "job_id", "attempts", "retryable", "retry_after")
        kept = {name: getattr(self, name) for name in (*names, "body")}
        return kind(message, hint=hint, **kept)

    def with_job_id(self, job_id: str | None) -> Self:
        """This error, naming the job that it concerns."""
        self.job_id = self.job_id or job_id
        return self


class boundary:  # noqa: N801 - a context manager, used like a keyword
    """Where errors leave the SDK: their tracebacks show no frame of it.

    The frames of the SDK hold signed requests and presigned links, which tools that print local
    variables would show. Errors lose those frames here, and the errors that led to them, which
    hold frames as well; a cause that was set on purpose (``raise … from``) is kept.
    """

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> Literal[False]:
        """Strip the error that leaves, if it is one of ours."""
        if isinstance(error, RedenLabError):
            stripped(error)
        return False


def stripped(error: RedenLabError) -> RedenLabError:
    """`error` without frames; for one that is kept as a value instead of being raised."""
    error.__context__ = None
    return error.with_traceback(None)


class ConfigurationError(
    RedenLabError,
    ValueError,
    hint="correct the setting that the message names, then create the client again",
):
    """A setting is missing, malformed or unsafe."""


class SpecError(
    ConfigurationError, hint="edit the document at that line; docs/x-job.md describes every key"
):
    """An OpenAPI document is incomplete or contradicts itself; the text has file and line."""


class ValidationError(RedenLabError, ValueError):
    """What the caller gave cannot be used: refused here, or by the service.

    Attributes:
        fields: What is wrong with which part of it, where that is known.
    """

    fields: "tuple[InvalidField, ...]" = ()

    @property
    def errors(self) -> dict[str, str]:
        """What is wrong in words, by the dotted paths of `fields`."""
        return {each.field: each.description for each in self.fields}


class InputError(
    ValidationError, hint="correct the argument that the message names, then call again"
):
    """An argument or a recording cannot be used; nothing was sent."""


class MissingExtra(InputError, ImportError, hint="install the extra that the message names"):
    """An optional dependency is not installed; the hint says which."""


class AuthenticationError(
    RedenLabError,
    hint="check the API key or token; it may be revoked, expired or meant for another base URL",
):
    """There is no usable credential, or the service does not accept it."""


class PermissionDenied(
    AuthenticationError, hint="ask the service's operators to allow this for your credential"
):
    """The credential is known but may not do this."""


class MissingKey(
    AuthenticationError, ConfigurationError, hint="set one of the places that the message names"
):
    """There is no credential at all: neither an argument nor a setting has one."""


class APIError(RedenLabError, hint="check the request against the service's documentation"):
    """The API refused, failed, could not be reached or sent an unreadable response."""


class BadRequest(
    APIError,
    ValidationError,
    hint="correct the arguments; the error's fields name them where the service does",
):
    """The service found the request malformed."""


@dataclass(frozen=True, slots=True)
class InvalidField:
    """One thing that is wrong with what was given.

    Attributes:
        field: Dotted path; empty for the whole body.
        type: The service's name for the kind of mistake, such as ``required``.
        description: Its sentence.
    """

    field: str
    type: str
    description: str


class PaymentRequired(APIError, hint="set up billing for the account with the service"):
    """The account has no billing or no credit left."""


class NotFound(APIError, hint="check the model name, the job id and the base URL"):
    """There is no such model or job."""


class Conflict(
    APIError, hint="get its status first; it may have to end, or its upload to be registered"
):
    """The resource is in a state that does not allow this, such as an upload still pending."""


class TooLarge(APIError, hint="send a smaller file, or cut the recording into segments"):
    """The service does not take this many bytes."""


class RateLimited(APIError, hint="wait, or send fewer requests at a time"):
    """Too many requests; `retry_after` holds the pause if the service named one."""


class ServerError(
    APIError, hint="try again later; quote request_id to the service's operators if it lasts"
):
    """The service failed."""


class RedirectRefused(
    APIError, hint="set base_url to the address that the service redirects to, if you trust it"
):
    """The service answered with a redirect; keys and recordings are never sent along one."""


class UnexpectedResponse(
    APIError, hint="check that base_url is that of the API, and that no proxy responds in its place"
):
    """The body is not JSON, or does not have the documented shape.

    Attributes:
        document: The JSON as it was sent; ``None`` when it is no JSON.
    """

    document: Any = None


class UntrustedURL(UnexpectedResponse, hint="nothing was sent there; check the base URL"):
    """The service sent a URL that must not be requested, or not with the key."""


class LinkExpired(
    APIError,
    hint="get the job's status for a new link; services keep files for a limited time only",
):
    """A presigned link no longer works; getting the job's status again renews it."""


class NetworkError(APIError, ConnectionError, hint="check the base URL, the network and the proxy"):
    """The request or its response was lost on the way.

    Attributes:
        sent: Whether the server may have seen the request.
    """

    sent: bool = True


class TLSError(
    NetworkError,
    hint="check the host name, or pass ca_bundle= if a proxy re-signs its certificates",
):
    """The server could not prove its identity; nothing was sent."""


class SubmitUncertain(APIError, hint="look for the job at the service before you submit again"):
    """Whether the job was started could not be found out; submitting again may start a second.

    Attributes:
        model_name: The model it was submitted to; ``None`` where jobs have no models.
        asset: The upload (`redenlab.Asset`), which can be submitted again without being sent
            again; ``None`` where there is none.
    """

    model_name: str | None = None
    asset: Any = None


class UploadError(
    RedenLabError,
    hint="submit again; the link may have expired, or the content type differ from the signed one",
):
    """Storage did not take the recording; nothing was submitted."""


class FileChanged(UploadError, hint="copy the file first, or wait until it is complete"):
    """The recording grew, shrank or was rewritten while it was read; nothing was submitted."""


class InferenceError(RedenLabError, hint="see the error's message for the service's reason"):
    """The job has no result.

    Attributes:
        partial: What the service has all the same, such as the rows that an expired batch got
            done: an outcome with its `result`; ``None`` where it has nothing, and after unpickling.
    """

    partial: Any = None

    def __reduce__(self) -> tuple[Any, ...]:
        """Leave `partial` behind, which may hold signed URLs and the client."""
        kind, arguments, *state = cast("tuple[Any, ...]", super().__reduce__())
        kept = {name: value for name, value in (state or [{}])[0].items() if name != "partial"}
        return kind, arguments, kept


class JobFailed(InferenceError, hint="check the input; sent unchanged it may fail again"):
    """The service gave up on the job."""


class JobCancelled(InferenceError, hint="submit it again if it was cancelled by mistake"):
    """The job was cancelled."""


class JobGone(InferenceError, hint="submit it again; the service keeps jobs for a limited time"):
    """The service does not have the job any more: it expired, or was deleted."""


class JobRunning(InferenceError, hint="wait for the job, or get its status again later"):
    """The job has not ended yet, so there is no result."""


class WebhookSignatureError(
    RedenLabError, hint="check the secret, and pass the raw body and headers as they were received"
):
    """A delivery is not genuine: forged, changed on its way, or no webhook at all."""


class WebhookTooOld(
    WebhookSignatureError, hint="it may be a replay; otherwise check this machine's clock"
):
    """A delivery is genuine, but its timestamp is too old or ahead of this machine's clock."""


class TimeoutError(RedenLabError, builtins.TimeoutError, hint="try again, or give it more time"):  # noqa: A001 - the documented name
    """Out of time."""


class RequestTimeout(
    TimeoutError, NetworkError, hint="try again, or raise timeout or http_timeout"
):
    """One request took longer than allowed, or longer than was left of the call's deadline."""


class UploadTimeout(
    UploadError, TimeoutError, hint="raise timeout, or submit again over a faster connection"
):
    """The recording did not reach storage in time; nothing was submitted."""


class JobTimeout(
    TimeoutError, hint="the job goes on; wait for it again with the error's job, or with its id"
):
    """The wait is over, the job is not: it goes on, and can be waited for again.

    Attributes:
        job: The live handle (`redenlab.Job` or `redenlab.AsyncJob`); after unpickling it has an id
            and a resume token, and needs a client before it can be waited for.
    """

    job: Any = None
