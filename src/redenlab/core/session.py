"""One public call: what it may use, until when, and who is told about it.

`Channel` belongs to a client and outlives calls; `Session` is made for each call. Here, and only
here, a request is signed, retried and held to the deadline, and an answer becomes a typed value
or a typed error.
"""

import dataclasses
import json
import re
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import partial
from typing import Any, ParamSpec, TypeVar, cast
from urllib.parse import urlencode, urlsplit

from redenlab.core import errors, sse
from redenlab.core.auth import Auth
from redenlab.core.discovery import Base
from redenlab.core.events import Attempted, Event, Listener, Retrying, Uploading
from redenlab.core.io import Io, Message, Upload, patience
from redenlab.core.observation import Call
from redenlab.core.operations import Operation, Step
from redenlab.core.retry import REFUSED_STATUSES, RETRIED_STATUSES, Bucket, Retry, retry_after
from redenlab_api.errors import ApiError, DecodeError, SchemaError
from redenlab_api.multipart import Form
from redenlab_api.types import Answer, Request

P = ParamSpec("P")
T = TypeVar("T")

EXCERPT = 200


Proceed = Callable[[Message], Awaitable[Answer]]
"""Sends a request on its way, and gives its answer."""

Middleware = Callable[[Message, Proceed], Awaitable[Answer]]
"""Stands around every request to the API: an ``async def`` that awaits nothing but what it is
given to proceed with, and so serves both clients. It sees requests before they are signed, may
change their headers and query, and may look at the answers. Uploads to storage and streams of
events do not pass through it."""


@dataclass(frozen=True, slots=True)
class Channel:
    """The way to one API.

    Attributes:
        http_timeout: Seconds for one request from the first byte sent to the last received.
        middleware: The first one is the outermost.
    """

    io: Io
    base: Base
    auth: Auth
    retry: Retry
    bucket: Bucket
    http_timeout: float
    user_agent: str
    middleware: tuple[Middleware, ...] = ()

    @property
    def base_url(self) -> str:
        """Where the API is; empty as long as nobody knows."""
        return self.base.url or ""

    async def exchange(
        self, request: Request, emit: Listener, limit: float, deadline: float
    ) -> Answer:
        """Send `request` once. A form has time until `deadline`, anything else until `limit`.

        Raises:
            NetworkError: No whole answer came.
            AuthenticationError: There is nothing to sign with.
        """

        async def send(message: Message, /) -> Answer:
            signed = await self.signed(message, limit, secured=request.secured)
            if request.parts:
                return await self.io.put(_form(request, signed, emit), deadline)
            return await self.io.send(signed, limit)

        proceed: Proceed = send
        for layer in reversed(self.middleware):
            proceed = _around(layer, proceed)
        return await proceed(self.message(request, await self.located(limit)))

    async def located(self, limit: float) -> str:
        """Where the API is, found out if need be."""
        return self.base.url or await self.base.locate(self.io, limit)

    def message(self, request: Request, base_url: str, accept: str = "application/json") -> Message:
        """`request`, addressed and unsigned."""
        headers = {"User-Agent": self.user_agent, "Accept": accept}
        headers |= {"Accept-Encoding": "identity", **request.headers}
        if request.content is not None or request.method != "GET":
            headers["Content-Length"] = str(len(request.content or b""))
        query = f"?{urlencode(request.query)}" if request.query else ""
        url = f"{base_url}{request.path}{query}"
        return Message(request.method, url, headers, request.content or b"")

    async def signed(self, message: Message, limit: float, *, secured: bool) -> Message:
        """`message` with what proves who is calling, if the operation asks for that.

        Raises:
            ConfigurationError: It goes somewhere else than to the API.
            AuthenticationError: There is nothing to prove it with.
            NetworkError: Nobody could be asked for a token; the message was not sent.
        """
        if not message.url.startswith(f"{self.base_url}/"):
            raise errors.ConfigurationError(
                "a middleware sent a request somewhere else than to the API",
                hint="it may change the headers and the query, not the address",
            )
        if not secured:
            return message
        try:
            proof = await self.auth.headers(self.io, limit)
        except errors.NetworkError as error:
            error.sent = False
            raise
        return message.having(proof)


def _around(layer: Middleware, inner: Proceed) -> Proceed:
    return lambda message: layer(message, inner)


def _form(request: Request, message: Message, emit: Listener) -> Upload:
    """A multipart `request`, from its beginning."""
    form = Form(request.parts)
    sent = 0

    def count(size: int) -> None:
        nonlocal sent
        sent += size
        emit(Uploading(sent, form.size))

    headers = {**message.headers, **form.headers}
    return Upload(message.method, message.url, headers, form.chunks(), count, to_api=True)


@dataclass(frozen=True, slots=True)
class Session:
    """One public call.

    Attributes:
        deadline: Monotonic seconds at which the whole call has to be over.
        watch: Everybody who follows the call.
    """

    channel: Channel
    deadline: float
    watch: Call = field(default_factory=Call)

    @property
    def io(self) -> Io:
        """The outside world."""
        return self.channel.io

    def emit(self, event: Event) -> None:
        """Tell everybody who follows the call."""
        self.watch.note(event)

    def left(self) -> float:
        """Seconds until the deadline; negative when it has passed."""
        return self.deadline - self.io.now()

    def until(self, deadline: float) -> "Session":
        """This call with another deadline."""
        return dataclasses.replace(self, deadline=deadline)

    async def call(
        self, operation: Operation[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> tuple[T, Answer]:
        """Send one operation, again where that is safe and may help.

        Returns:
            The typed body, and the answer that it came in.

        Raises:
            AuthenticationError: 401 or 403.
            APIError: Any other refusal, failure or nonsense; see `redenlab.core.errors`.
            RequestTimeout: The deadline has passed.
            InputError: A path parameter cannot stand in a path.
        """
        attempt = partial(self._attempt, operation, _built(operation, *args, **kwargs))
        return await self.again(operation.OPERATION, attempt, idempotent=operation.IDEMPOTENT)

    async def step(
        self, step: Step, body: Mapping[str, Any], arguments: Mapping[str, Any] | None = None
    ) -> tuple[Any, Answer]:
        """Call an operation whose body is given as JSON.

        Raises:
            InputError: The body has not the form that the spec asks for; nothing was sent.
            APIError: See `call`.
        """
        given = dict(arguments or {})
        if step.body is not None:
            try:
                given["body"] = step.body(body)
            except SchemaError as error:
                problem = f"{step.operation.OPERATION}: {error.problem}"
            else:
                return await self.call(step.operation, **given)
            raise errors.InputError(problem)
        return await self.call(step.operation, **given)

    async def again(
        self,
        name: str,
        attempt: Callable[[], Awaitable[T | errors.RedenLabError]],
        *,
        idempotent: bool,
    ) -> T:
        """Make an attempt, and another one where that is safe and may help.

        Args:
            name: What listeners are told is tried again.
            attempt: Returns its error instead of raising it, so that no frame that saw a key or
                a presigned URL stays.
            idempotent: Whether it does no harm to be done twice.

        Raises:
            RedenLabError: The error of the last attempt.
        """
        failures = Counter[bool]()
        while True:
            begun = self.io.now()
            outcome = await attempt()
            tried = failures.total() + 1
            self.emit(attempted(name, tried, self.io.now() - begun, outcome))
            if not isinstance(outcome, errors.RedenLabError):
                self.channel.bucket.succeeded()
                return outcome
            free = self.channel.retry.patient and outcome.status in REFUSED_STATUSES
            failures[free] += 1
            outcome.attempts = failures.total()
            wait = self._wait(outcome, failures[free], idempotent=idempotent, free=free)
            if wait is None:
                raise outcome
            self.emit(Retrying(name, outcome.message, wait))
            await self.io.sleep(wait)

    async def listen(
        self, operation: Operation[P, Any], /, *args: P.args, **kwargs: P.kwargs
    ) -> AsyncGenerator[sse.Message, None]:
        """The server-sent events of an operation, until the stream ends; asked for once.

        Raises:
            APIError: The service refused, or the stream broke.
            RequestTimeout: The deadline has passed.
        """
        request = _built(operation, *args, **kwargs)
        limit = min(self.deadline, self.io.now() + self.channel.http_timeout)
        message = self.channel.message(request, await self.channel.located(limit), sse.ACCEPT)
        message = await self.channel.signed(message, limit, secured=request.secured)
        decoder = sse.Decoder()
        try:
            async with aclosing(self.io.listen(message, self.deadline)) as pieces:
                async for piece in pieces:
                    for event in decoder.feed(piece):
                        yield event
        except ApiError as error:
            answer = Answer(error.status_code, error.headers, error.content)
        else:
            return
        raise refusal(answer, self.channel.auth)

    async def _attempt(
        self, operation: Operation[..., T], request: Request
    ) -> tuple[T, Answer] | errors.RedenLabError:
        """One try; see `again` for why an error is returned. A token that is refused is renewed."""
        outcome = await self._exchange(operation, request)
        refused = isinstance(outcome, errors.AuthenticationError) and outcome.status == 401
        if refused and request.secured and await self.channel.auth.renewed():
            return await self._exchange(operation, request)
        return outcome

    async def _exchange(
        self, operation: Operation[..., T], request: Request
    ) -> tuple[T, Answer] | errors.RedenLabError:
        now = self.io.now()
        if now >= self.deadline:
            return _too_late(operation.OPERATION)
        limit = now + self.channel.http_timeout + patience(request.headers)
        limit = min(self.deadline, limit)
        try:
            answer = await self.channel.exchange(request, self.emit, limit, self.deadline)
        except (errors.NetworkError, errors.AuthenticationError) as error:
            return cast("errors.RedenLabError", error.with_traceback(None))
        return self.read(operation, answer)

    def read(
        self, operation: Operation[..., T], answer: Answer
    ) -> tuple[T, Answer] | errors.RedenLabError:
        """The typed body of an answer, or the typed error that it stands for."""
        try:
            return operation.parse(answer), answer
        except ApiError:
            return refusal(answer, self.channel.auth)
        except DecodeError as error:
            return _nonsense(answer, error, self.channel.auth)

    def _wait(
        self, error: errors.RedenLabError, failures: int, *, idempotent: bool, free: bool
    ) -> float | None:
        """Seconds before the next try, ``None`` when there must be none; a `free` one costs none.

        Args:
            error: The last failure.
            failures: How many there were of its kind, this one included.
            idempotent: See `again`.
            free: Whether only the deadline ends it.
        """
        retry = self.channel.retry
        safe = idempotent or error.status in REFUSED_STATUSES or not may_have_acted(error)
        if not (error.retryable and safe) or not (free or failures <= retry.retries):
            return None
        wait = retry.wait(failures, self.io.random(), error.retry_after)
        if wait >= self.left() or not (free or self.channel.bucket.take()):
            return None
        return wait


def may_have_acted(error: errors.RedenLabError) -> bool:
    """Whether the server may have done what was asked although the call failed."""
    if isinstance(error, errors.NetworkError):
        return error.sent
    return error.status is not None and (error.status >= 500 or error.status == 408)


def attempted(name: str, attempt: int, seconds: float, outcome: Any) -> Attempted:
    """What listeners are told of a try that ended in an error, an answer, or what came of one."""
    if isinstance(outcome, errors.RedenLabError):
        reason, status, request = outcome.message, outcome.status, outcome.request_id
        return Attempted(name, attempt, seconds, status, request, reason)
    answer = cast("Any", outcome)[1] if isinstance(outcome, tuple) else outcome
    if not isinstance(answer, Answer):
        return Attempted(name, attempt, seconds)
    return Attempted(name, attempt, seconds, answer.status_code, request_id(answer))


def _too_late(operation: str) -> errors.RequestTimeout:
    error = errors.RequestTimeout(f"no time was left for {operation}", retryable=True)
    error.sent = False
    return error


def _built(operation: Operation[P, Any], /, *args: P.args, **kwargs: P.kwargs) -> Request:
    try:
        return operation.build(*args, **kwargs)
    except (TypeError, ValueError) as error:  # no JSON, or nothing that can stand in a path
        problem = str(error)
    raise errors.InputError(f"{operation.OPERATION}: {problem}")


# ---- from answers to errors --------------------------------------------------------------------

_KINDS: Mapping[int, type[errors.RedenLabError]] = {
    400: errors.BadRequest,
    401: errors.AuthenticationError,
    403: errors.PermissionDenied,
    404: errors.NotFound,
    409: errors.Conflict,
    413: errors.TooLarge,
    422: errors.BadRequest,
    429: errors.RateLimited,
}

_HINTS: Mapping[int, str] = {
    401: "check the API key; it may have been revoked or belong to another stage",
    402: "the account has no billing or no credit left; set it up with the service",
    403: "ask for this key to be allowed to use this model",
    404: "check the model name, the job id and the base URL",
    429: "wait, or send fewer requests at a time",
}

_REQUEST_IDS = ("x-request-id", "x-amzn-requestid", "apigw-requestid", "request-id")


def _kind(status: int) -> type[errors.RedenLabError]:
    if 300 <= status < 400:
        return errors.RedirectRefused
    if status >= 500:
        return errors.ServerError
    return _KINDS.get(status, errors.APIError)


def refusal(answer: Answer, auth: Auth) -> errors.RedenLabError:
    """The typed error that an answer without success stands for."""
    status = answer.status_code
    document = _document(answer)
    problem = _problem(document)
    text = clean(next((problem[k] for k in _WORDS if k in problem), answer.text), auth)
    waits = (
        retry_after(answer.headers.get("retry-after"), answer.headers.get("date")),
        _seconds(document.get("retry_after")),
    )
    error = _kind(status)(
        f"the service answered {status}{_target(answer)}{': ' if text else ''}{text}",
        hint=_HINTS.get(status),
        status=status,
        code=clean(problem["code"], auth) if "code" in problem else None,
        request_id=request_id(answer),
        retryable=status in RETRIED_STATUSES,
        retry_after=max((wait for wait in waits if wait is not None), default=None),
        body=clean(answer.text, auth),
    )
    if isinstance(error, errors.BadRequest):
        error.fields = tuple(_fields(document, auth))
    return error


_WORDS = ("error", "message", "detail", "title")
"""Where services put the text of an error; the first one wins (RedenLab contract, section 3;
RFC 9457)."""


def _document(answer: Answer) -> dict[str, Any]:
    """The JSON object of an error; empty for HTML and other strangers."""
    try:
        body = answer.json()
    except DecodeError:
        return {}
    return cast("dict[str, Any]", body) if isinstance(body, dict) else {}


def _problem(document: Mapping[str, Any]) -> dict[str, str]:
    """The texts of an error."""
    return {
        key: value if isinstance(value, str) else json.dumps(value)
        for key, value in document.items()
        if key in {*_WORDS, "code"} and value
    }


def _seconds(value: Any) -> float | None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return retry_after(str(value), None) if number else None


def _fields(document: Mapping[str, Any], auth: Auth) -> Iterator[errors.InvalidField]:
    """What was wrong with which part of the body, where the service says it part by part."""
    found = document.get("invalid_fields")
    for entry in cast("Iterable[Any]", found if isinstance(found, list) else ()):
        if isinstance(entry, dict):
            parts = cast("dict[str, Any]", entry)
            texts = (parts.get(name) for name in ("field", "type", "description"))
            yield errors.InvalidField(*(clean(str(text or ""), auth) for text in texts))


def _target(answer: Answer) -> str:
    """Where a redirect pointed: scheme and host alone, since the rest may be signed."""
    if not 300 <= answer.status_code < 400:
        return ""
    try:
        parts = urlsplit(answer.headers.get("location", ""))
        return f" (redirect to {parts.scheme}://{parts.hostname})" if parts.hostname else ""
    except ValueError:
        return " (redirect)"


def _nonsense(answer: Answer, error: DecodeError, auth: Auth) -> errors.UnexpectedAnswer:
    shape = isinstance(error, SchemaError)
    nonsense = errors.UnexpectedAnswer(
        str(error),
        hint="the service may be newer than this SDK; the error's document has what it sent"
        if shape
        else "check that the base URL is that of the API, and that no proxy answers instead",
        status=answer.status_code,
        request_id=request_id(answer),
        body=clean(answer.text, auth),
    )
    if shape:
        nonsense.document = answer.json()
    return nonsense


def request_id(answer: Answer) -> str | None:
    """What the service calls the request."""
    found = {name: value for name, value in answer.headers.items() if name in _REQUEST_IDS}
    return next((clean(found[name]) for name in _REQUEST_IDS if found.get(name)), None)


_TAGS = r"(?is)<(script|style)\b.*?</\1>|<[^>]*>"
_QUERY = r"(https?://[^\s?\"'<>]+)\?[^\s\"'<>]*"


def clean(text: str, auth: Auth | None = None) -> str:
    """At most 200 characters of `text`: no markup, control characters, key or signed query."""
    text = text[: 20 * EXCERPT]
    if auth is not None:
        text = auth.redact(text)
    text = re.sub(_QUERY, r"\1?…", re.sub(_TAGS, " ", text))
    text = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return text if len(text) <= EXCERPT else f"{text[: EXCERPT - 1]}…"
