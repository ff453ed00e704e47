"""Makes the steps of a job's lifecycle: operations of the spec, and URLs that the service sent."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from attrs import evolve

from redenlab.core import errors
from redenlab.core.calls.context import CallContext, built, given
from redenlab.core.events import upload_progress
from redenlab.core.spec.expressions import MISSING, Scope, as_text, expressions
from redenlab.core.spec.operations import BoundOperation
from redenlab.core.spec.paging import XPage
from redenlab.core.spec.steps import Step
from redenlab.core.transport import gate
from redenlab.core.transport.io import OutgoingRequest, Stream
from redenlab.core.transport.outcomes import Peer
from redenlab.core.transport.url_policy import absolute, on_origin, origin, own
from redenlab.lowlevel import encoding
from redenlab.lowlevel.multipart import Form
from redenlab.lowlevel.types import File, RawResponse, Request

Accepts = Callable[[Scope], bool]
"""Whether a response that is no success is taken all the same."""


class Sendable(dict[str, Any]):
    """The value of ``$file`` or ``$part``: its properties, and its bytes.

    Attributes:
        file: The bytes.
    """

    file: File

    @classmethod
    def of(cls, file: File, **properties: Any) -> "Sendable":
        """`file` with its name, type and size, and further properties."""
        found = cls(name=file.name, content_type=file.content_type, size=file.size, **properties)
        found.file = file
        return found


@dataclass(frozen=True, slots=True)
class StepCaller:
    """Calls steps within one public call.

    Attributes:
        operations: Every operation that a step may name, by ``operationId``.
    """

    context: CallContext
    operations: Mapping[str, BoundOperation]

    async def pages(self, step: Step, how: XPage, scope: Scope) -> list[Any]:
        """The items of every page of an operation."""
        bound, found = self.operations[str(step.operation)], list[Any]()
        arguments = scope.values(step.parameters)
        following: str | Mapping[str, Any] | None = arguments
        while following is not None:
            request = page_request(self.context, bound, arguments, following)
            read = partial(self._read, scope, (request.path, request.method), None)
            page, _ = await self.context.send(request, read, idempotent=self._idempotent(step))
            found += how.found(page)
            sent = following if isinstance(following, Mapping) else {}
            before, following = following, how.following(page, sent)
            if following == before:
                raise errors.UnexpectedResponse("the next page is the same page again")
        return found

    async def call(self, step: Step, scope: Scope, accepts: Accepts | None = None) -> Scope:
        """Make a call; again where that is safe and may help.

        Args:
            step: The call.
            scope: What its expressions refer to.
            accepts: Which responses beside successes are returned; the others are errors.

        Returns:
            The scope with the response.
        """
        if step.url is not None and step.key == "none":
            return await self._call_bare(step, scope, accepts)
        request = self.request(step, scope)
        bound = self.operations.get(step.operation or "")

        def read(response: RawResponse) -> Scope:
            whole = response if bound is None else bound.whole(response)
            return self._read(scope, (request.path, request.method), accepts, whole)

        idempotent = self._idempotent(step)
        hold = step.hold
        answered, _ = await self.context.send(request, read, idempotent=idempotent, hold=hold)
        return answered

    def request(self, step: Step, scope: Scope) -> Request:
        """The request of a step that is sent the key."""
        headers = {name: as_text(value) for name, value in scope.values(step.headers).items()}
        if step.operation is not None:
            bound = self.operations[step.operation]
            body = None if step.body is None else sent(scope.filled(step.body))
            arguments = given(bound, body, scope.values(step.parameters))
            try:
                request = built(bound.operation, **arguments)
            except errors.InputError as error:
                raise _explained(error, step, scope) from None
            return request if not headers else _with_headers(request, headers)
        url = self._url(step, scope)
        checked = on_origin(url, self.context.api.base_url)
        if checked is None:
            raise errors.UntrustedURL(
                f"the service points to {origin(url)}, which is not the API's own origin"
            )
        parts, content, more = self._body(step, scope)
        return Request(
            operation=f"{step.method} {origin(checked)}",
            method=step.method,
            path=checked,
            query=encoding.query(scope.values(step.parameters)),
            headers={**more, **headers},
            content=content,
            parts=parts,
        )

    def bare(self, step: Step, scope: Scope) -> OutgoingRequest:
        """The request of a step that is sent no key; its body is streamed once."""
        url = self._url(step, scope)
        named_by = self.context.api.base_url
        problem = self.context.io.route.egress.problem_with(url, named_by)
        if problem is not None:
            raise errors.UntrustedURL(f"the service sent a link that {problem} ({origin(url)})")
        parts, content, headers = self._body(step, scope)
        if isinstance(content, File):
            headers = {}  # presigned links are signed for the headers that the spec names
        headers |= {name: as_text(value) for name, value in scope.values(step.headers).items()}
        body: bytes | Stream = b""
        if parts:
            form = Form(parts)
            headers |= form.headers
            body = Stream(form.chunks(), upload_progress(self.context.emit, form.size))
        elif isinstance(content, File):
            headers["Content-Length"] = str(content.size)
            body = Stream(content.chunks(), upload_progress(self.context.emit, content.size))
        elif content is not None or step.method != "GET":
            body = content or b""
            headers["Content-Length"] = str(len(body))
        return OutgoingRequest(step.method, url, headers, body, to_api=False, named_by=named_by)

    async def _call_bare(self, step: Step, scope: Scope, accepts: Accepts | None) -> Scope:
        """Call a URL without the key."""

        async def attempt() -> tuple[Scope, RawResponse]:
            request = self.bare(step, scope)
            streamed = isinstance(request.content, Stream)
            limit = self.context.deadline if streamed else self.context.limit(step.hold)
            response = await self.context.io.send(request, limit)
            called = (request.url, request.method)
            return self._read(scope, called, accepts, response, "storage"), response

        idempotent = self._idempotent(step)
        name = f"{step.method} {origin(self._url(step, scope))}"
        answered, _ = await self.context.with_retries(name, attempt, idempotent=idempotent)
        return answered

    def _idempotent(self, step: Step) -> bool:
        """Whether a step may be made twice (RFC 9110, 9.2.2, for URLs)."""
        if step.operation is not None:
            return self.operations[step.operation].operation.IDEMPOTENT
        return step.method not in {"POST", "PATCH"}

    def _read(
        self,
        scope: Scope,
        called: tuple[str, str],
        accepts: Accepts | None,
        response: RawResponse,
        peer: Peer = "api",
    ) -> Scope:
        answered = scope.responded(response, *called)
        if 200 <= response.status_code < 300 or (accepts is not None and accepts(answered)):
            return answered
        raise gate.refused(response, peer, self.context.redact)

    def _url(self, step: Step, scope: Scope) -> str:
        try:
            found = scope.url(str(step.url))
        except ValueError as error:
            raise errors.InputError(str(error)) from None
        base = self.context.api.base_url
        if isinstance(found, str) and found:
            written = str(step.url).startswith("/")  # by the spec: a path below the base URL
            return f"{base}{found}" if written else absolute(found, base)
        raise errors.UnexpectedResponse(
            f"the service sent no URL where the spec expects one ({step.url})",
            hint="the service may be newer than this SDK; update the SDK or its spec",
        )

    def _body(
        self, step: Step, scope: Scope
    ) -> tuple[tuple[tuple[str, str | File], ...], bytes | File | None, dict[str, str]]:
        """Parts, content and headers of the body of a URL step."""
        if step.form is not None:
            form = cast("dict[str, Any]", sent(scope.filled(step.form)))
            signed = form.pop("*", {})  # first, since storage ignores what follows a file
            more = cast("dict[str, Any]", signed) if isinstance(signed, dict) else {}
            return encoding.parts({**more, **form}), None, {}
        body = sent(scope.filled(step.body))
        if body is None or body is MISSING:
            return (), None, {}
        if isinstance(body, File):
            return (), body, {"Content-Type": body.content_type}
        return (), encoding.json_body(body), {"Content-Type": "application/json"}


def _explained(error: errors.InputError, step: Step, scope: Scope) -> errors.InputError:
    """The error for a step that cannot be made since it needs more than the id of the job."""
    unknown = [text for text in expressions(step.parameters) if scope.value(text) is MISSING]
    names = ", ".join(text.removeprefix("$job.") for text in unknown if text.startswith("$job."))
    if not names:
        return error
    return errors.InputError(
        f"the id of the job is not enough: its {names} is not known",
        hint="use the job itself, or its resume_token, instead of the id",
    )


def page_request(
    context: CallContext,
    bound: BoundOperation,
    arguments: Mapping[str, Any],
    following: str | Mapping[str, Any],
) -> Request:
    """The request for a page.

    Args:
        context: Of the call.
        bound: The operation that lists.
        arguments: Of the first page; they fill the path and the headers of every other.
        following: The URL of the page, or its arguments; a URL has to be below the base URL, and is
            followed as it is.
    """
    if isinstance(following, str):
        first = built(bound.operation, **given(bound, None, arguments))
        base = context.api.base_url
        return evolve(first, path=own(absolute(following, base), base), query=())
    return built(bound.operation, **given(bound, None, following))


def _with_headers(request: Request, headers: Mapping[str, str]) -> Request:
    return evolve(request, headers={**request.headers, **headers})


def sent(value: Any) -> Any:
    """`value` with the bytes of every file in it."""
    if isinstance(value, Sendable):
        return value.file
    if isinstance(value, Mapping):
        pairs = cast("Mapping[str, Any]", value).items()
        return {key: sent(item) for key, item in pairs}
    if isinstance(value, list):
        return [sent(item) for item in cast("Iterable[Any]", value)]
    return value
