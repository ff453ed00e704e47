"""Every error that this SDK raises, each with the template and the hint that it has by default.

docs/errors.md draws the tree. No error holds a key, a token, a presigned query or an object of the
HTTP library, so every one of them can be pickled and sent to another process. What others wrote is
in its `message` alone, cleaned; logs and traces have its `template` and `LOGGED` instead.
`boundary` is where errors leave the SDK.
"""

import builtins
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Literal, LiteralString, Self, TypeVar, cast

from redenlab.core.text import Redact, cleaned, identifier, sanitize

E = TypeVar("E", bound="RedenLabError")

LOGGED: Final = ("status", "code", "job_id", "request_id", "attempts")
"""Attributes of errors that logs and traces have, beside the class and its `template`."""


class RedenLabError(Exception):
    """Root of all errors of this SDK.

    Attributes:
        template: What happened, in words of this SDK that never vary, for logs and traces.
        message: What happened, in words for people, at most 500 characters; it may quote the
            service, a file name or a library, and is never logged.
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
            to have transcribed it: raw samples; empty for all other calls, and after unpickling.
        filename: The caller's own name of the recording that the error is about; ``None`` where
            that is unknown, and after unpickling.
    """

    unsent: bytes = b""
    filename: str | None = None
    template: LiteralString = "the call failed"
    hint: str = "see the attributes of the error; quote its request_id to the service's operators"

    kept_here: ClassVar[frozenset[str]] = frozenset({"unsent", "filename", "document", "partial"})
    """Attributes that stay in this process: recordings, results and names, which are patients'."""

    def __init_subclass__(
        cls, template: LiteralString | None = None, hint: str | None = None
    ) -> None:
        """Set template and hint of errors of this class that have none of their own."""
        cls.template = template or cls.template
        cls.hint = hint or cls.hint

    def __init__(
        self,
        message: str,
        *,
        template: LiteralString | None = None,
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
        """Set the attributes; `template` and `hint` default to those of the class."""
        self.message: str = cleaned(message)
        super().__init__(self.message)
        if template is not None:
            self.template = template
        self.hint = cleaned(hint) if hint else type(self).hint
        self.status = status
        self.code: str | None = identifier(code)
        self.request_id: str | None = identifier(request_id)
        self.job_id = identifier(job_id)
        self.attempts = attempts
        self.retryable = retryable
        self.retry_after = retry_after
        self.body: str | None = body if body is None else sanitize(body)

    def __reduce__(self) -> tuple[Any, ...]:
        """Leave behind what is `kept_here`."""
        kind, arguments, *state = cast("tuple[Any, ...]", super().__reduce__())
        found: dict[str, Any] = (state or [{}])[0]
        return kind, arguments, {k: v for k, v in found.items() if k not in self.kept_here}

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
        made = kind(message, hint=hint, **kept)
        made.filename = self.filename
        return made

    def with_job_id(self, job_id: str | None) -> Self:
        """This error, naming the job that it concerns."""
        self.job_id = self.job_id or identifier(job_id)
        return self

    def of_file(self, filename: str | None) -> Self:
        """This error, knowing the caller's own name of the recording that it concerns."""
        self.filename = self.filename or filename
        return self

    def redacted(self, redact: Redact) -> Self:
        """This error without a credential that one of its texts may quote."""
        self.message, self.hint = redact(self.message), redact(self.hint)
        Exception.__init__(self, self.message)  # what is shown and pickled
        for name in ("body", "code", "request_id", "job_id"):
            if (text := getattr(self, name)) is not None:
                setattr(self, name, redact(text))
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
    template="a setting cannot be used",
    hint="correct the setting that the message names, then create the client again",
):
    """A setting is missing, malformed or unsafe."""


class SpecError(
    ConfigurationError,
    template="an OpenAPI document cannot be used",
    hint="edit the document at that line; docs/x-job.md describes every key",
):
    """An OpenAPI document is incomplete or contradicts itself; the text has file and line."""


class ValidationError(
    RedenLabError,
    ValueError,
    template="what was given cannot be used",
):
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
    ValidationError,
    template="an argument or a recording cannot be used",
    hint="correct the argument that the message names, then call again",
):
    """An argument or a recording cannot be used; nothing was sent."""


class MissingExtra(
    InputError,
    ImportError,
    template="an optional dependency is not installed",
    hint="install the extra that the message names",
):
    """An optional dependency is not installed; the hint says which."""


class AuthenticationError(
    RedenLabError,
    template="there is no usable credential",
    hint="check the API key or token; it may be revoked, expired or meant for another base URL",
):
    """There is no usable credential, or the service does not accept it."""


class PermissionDenied(
    AuthenticationError,
    template="the credential may not do this",
    hint="ask the service's operators to allow this for your credential",
):
    """The credential is known but may not do this."""


class MissingKey(
    AuthenticationError,
    ConfigurationError,
    template="there is no credential",
    hint="set one of the places that the message names",
):
    """There is no credential at all: neither an argument nor a setting has one."""


class APIError(
    RedenLabError,
    template="the API refused or failed",
    hint="check the request against the service's documentation",
):
    """The API refused, failed, could not be reached or sent an unreadable response."""


class BadRequest(
    APIError,
    ValidationError,
    template="the service found the request malformed",
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


class PaymentRequired(
    APIError,
    template="the account has no billing or no credit left",
    hint="set up billing for the account with the service",
):
    """The account has no billing or no credit left."""


class NotFound(
    APIError,
    template="the service has no such model or job",
    hint="check the model name, the job id and the base URL",
):
    """There is no such model or job."""


class Conflict(
    APIError,
    template="the resource is in a state that does not allow this",
    hint="get its status first; it may have to end, or its upload to be registered",
):
    """The resource is in a state that does not allow this, such as an upload still pending."""


class TooLarge(
    APIError,
    template="the service does not take this many bytes",
    hint="send a smaller file, or cut the recording into segments",
):
    """The service does not take this many bytes."""


class RateLimited(
    APIError,
    template="too many requests",
    hint="wait, or send fewer requests at a time",
):
    """Too many requests; `retry_after` holds the pause if the service named one."""


class ServerError(
    APIError,
    template="the service failed",
    hint="try again later; quote request_id to the service's operators if it lasts",
):
    """The service failed."""


class RedirectRefused(
    APIError,
    template="the service answered with a redirect",
    hint="set base_url to the address that the service redirects to, if you trust it",
):
    """The service answered with a redirect; keys and recordings are never sent along one."""


class UnexpectedResponse(
    APIError,
    template="the response is not as documented",
    hint="check that base_url is that of the API, and that no proxy responds in its place",
):
    """The body is not JSON, or does not have the documented shape.

    Attributes:
        document: The JSON as it was sent; ``None`` when it is no JSON, and after unpickling.
    """

    document: Any = None


class UntrustedURL(
    UnexpectedResponse,
    template="the service sent a URL that must not be requested",
    hint="nothing was sent there; check the base URL",
):
    """The service sent a URL that must not be requested, or not with the key."""


class LinkExpired(
    APIError,
    template="a presigned link no longer works",
    hint="get the job's status for a new link; services keep files for a limited time only",
):
    """A presigned link no longer works; getting the job's status again renews it."""


class NetworkError(
    APIError,
    ConnectionError,
    template="the request or its response was lost",
    hint="check the base URL, the network and the proxy",
):
    """The request or its response was lost on the way.

    Attributes:
        sent: Whether the server may have seen the request.
    """

    sent: bool = True


class TLSError(
    NetworkError,
    template="the server could not prove its identity",
    hint="check the host name, or pass ca_bundle= if a proxy re-signs its certificates",
):
    """The server could not prove its identity; nothing was sent."""


class SubmitUncertain(
    APIError,
    template="it is unknown whether the job was started",
    hint="look for the job at the service before you submit again",
):
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
    template="storage did not take the recording",
    hint="submit again; the link may have expired, or the content type differ from the signed one",
):
    """Storage did not take the recording; nothing was submitted."""


class FileChanged(
    UploadError,
    template="the recording changed while it was read",
    hint="copy the file first, or wait until it is complete",
):
    """The recording grew, shrank or was rewritten while it was read; nothing was submitted."""


class InferenceError(
    RedenLabError,
    template="the job has no result",
    hint="see the error's message for the service's reason",
):
    """The job has no result.

    Attributes:
        partial: What the service has all the same, such as the rows that an expired batch got
            done: an outcome with its `result`; ``None`` where it has nothing, and after unpickling.
    """

    partial: Any = None


class JobFailed(
    InferenceError,
    template="the job failed",
    hint="check the input; sent unchanged it may fail again",
):
    """The service gave up on the job."""


class JobCancelled(
    InferenceError,
    template="the job was cancelled",
    hint="submit it again if it was cancelled by mistake",
):
    """The job was cancelled."""


class JobGone(
    InferenceError,
    template="the service has the job no more",
    hint="submit it again; the service keeps jobs for a limited time",
):
    """The service does not have the job any more: it expired, or was deleted."""


class JobRunning(
    InferenceError,
    template="the job has not ended",
    hint="wait for the job, or get its status again later",
):
    """The job has not ended yet, so there is no result."""


class WebhookSignatureError(
    RedenLabError,
    template="a delivery is not genuine",
    hint="check the secret, and pass the raw body and headers as they were received",
):
    """A delivery is not genuine: forged, changed on its way, or no webhook at all."""


class WebhookTooOld(
    WebhookSignatureError,
    template="a delivery is too old or too new",
    hint="it may be a replay; otherwise check this machine's clock",
):
    """A delivery is genuine, but its timestamp is too old or ahead of this machine's clock."""


class TimeoutError(  # noqa: A001 - the documented name
    RedenLabError,
    builtins.TimeoutError,
    template="out of time",
    hint="try again, or give it more time",
):
    """Out of time."""


class RequestTimeout(
    TimeoutError,
    NetworkError,
    template="one request took too long",
    hint="try again, or raise timeout or http_timeout",
):
    """One request took longer than allowed, or longer than was left of the call's deadline."""


class UploadTimeout(
    UploadError,
    TimeoutError,
    template="the upload took too long",
    hint="raise timeout, or submit again over a faster connection",
):
    """The recording did not reach storage in time; nothing was submitted."""


class JobTimeout(
    TimeoutError,
    template="the wait is over, the job is not",
    hint="the job goes on; wait for it again with the error's job, or with its id",
):
    """The wait is over, the job is not: it goes on, and can be waited for again.

    Attributes:
        job: The live handle (`redenlab.Job` or `redenlab.AsyncJob`); after unpickling it has an id
            and a resume token, and needs a client before it can be waited for.
    """

    job: Any = None
