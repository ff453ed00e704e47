"""The way to one API: where it is, who is calling, and the middleware around every request."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from redenlab.core import errors
from redenlab.core.auth.discovery import BaseUrlProvider
from redenlab.core.auth.origins import check_bound
from redenlab.core.auth.schemes import Auth
from redenlab.core.calls.pace import Pace
from redenlab.core.calls.retry import Bucket, Retry
from redenlab.core.calls.ways import Detour
from redenlab.core.events import Listener, upload_progress
from redenlab.core.transport.io import Io, OutgoingRequest, Stream, joined_headers
from redenlab.lowlevel.multipart import Form
from redenlab.lowlevel.types import File, RawResponse, Request

Proceed = Callable[[OutgoingRequest], Awaitable[RawResponse]]
"""Sends a request on its way, and returns its response."""

Middleware = Callable[[OutgoingRequest, Proceed], Awaitable[RawResponse]]
"""Wraps every request to the API: an ``async def`` that awaits nothing but `Proceed`, and so works
in sync and async clients. It sees requests before they are signed, may change their headers and
query, and may read the responses. Uploads to storage and event streams do not pass through it."""


@dataclass(frozen=True, slots=True)
class ApiClient:
    """The way to one API.

    Attributes:
        http_timeout: Seconds for one request from the first byte sent to the last received.
        middleware: The first one is the outermost.
        headers: Of every request, beside those of the operation.
        detours: Other ways to make calls; the first that takes a request counts.
        send_filenames: Whether recordings are sent by the names that the caller has for them.
    """

    io: Io
    base: BaseUrlProvider
    auth: Auth
    retry: Retry
    bucket: Bucket
    http_timeout: float
    user_agent: str
    middleware: tuple[Middleware, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict[str, str], repr=False)
    detours: tuple[Detour, ...] = ()
    pace: Pace = field(default_factory=Pace)
    send_filenames: bool = False

    @property
    def base_url(self) -> str:
        """Where the API is; empty as long as it is not known."""
        return self.base.url or ""

    async def exchange(
        self, request: Request, emit: Listener, limit: float, deadline: float
    ) -> RawResponse:
        """Send `request` once; files have time until `deadline`, anything else until `limit`."""

        async def send(sent: Request) -> RawResponse:
            return await self._sent(sent, emit, limit, deadline)

        detour = self._detour(request)
        return await (send(request) if detour is None else detour.exchange(request, send))

    def translated(self, request: Request) -> Request:
        """`request` as it is sent on its way, where its response is streamed."""
        detour = self._detour(request)
        return request if detour is None else detour.translated(request)

    def _detour(self, request: Request) -> Detour | None:
        return next((each for each in self.detours if each.takes(request)), None)

    async def _sent(
        self, request: Request, emit: Listener, limit: float, deadline: float
    ) -> RawResponse:
        addressed = self.addressed(request, await self.resolve_base_url(limit))

        async def send(outgoing: OutgoingRequest, /) -> RawResponse:
            if outgoing.url.partition("?")[0] != addressed.url.partition("?")[0]:
                raise errors.ConfigurationError(
                    "a middleware sent a request to another place than the API",
                    hint="it may change the headers and the query, not the address",
                )
            signed = await self.sign(outgoing, limit, secured=request.secured)
            if request.parts:
                return await self.io.send(_form(request, signed, emit), deadline)
            if isinstance(request.content, File):
                return await self.io.send(_file(request.content, signed, emit), deadline)
            return await self.io.send(signed, deadline, max(limit - self.io.now(), 0.0))

        proceed: Proceed = send
        for layer in reversed(self.middleware):
            proceed = _wrapped(layer, proceed)
        return await proceed(addressed)

    async def resolve_base_url(self, limit: float) -> str:
        """Where the API is, discovered if need be."""
        return self.base.url or await self.base.locate(self.io, limit)

    def addressed(
        self, request: Request, base_url: str, accept: str = "application/json"
    ) -> OutgoingRequest:
        """`request` with its URL and all headers but the credential."""
        headers = {"User-Agent": self.user_agent, "Accept": accept}
        headers = joined_headers(headers, self.headers) | {"Accept-Encoding": "identity"}
        headers = joined_headers(headers, request.headers)
        content = request.content
        size = content.size if isinstance(content, File) else len(content or b"")
        if content is not None or request.method != "GET":
            headers["Content-Length"] = str(size)
        url = f"{base_url}{request.path}" if request.path.startswith("/") else request.path
        if request.query:
            url += f"{'&' if '?' in url else '?'}{urlencode(request.query)}"
        body = b"" if content is None or isinstance(content, File) else content
        return OutgoingRequest(request.method, url, headers, body)

    async def sign(
        self, request: OutgoingRequest, limit: float, *, secured: bool
    ) -> OutgoingRequest:
        """`request` with the credential, if the operation is `secured`.

        Raises:
            UntrustedURL: It would leave the origin of the API.
        """
        if not secured:
            return request
        check_bound(request.url, self.base_url)
        try:
            credential = await self.auth.headers(self.io, limit)
        except errors.NetworkError as error:
            error.sent = False
            raise
        signed = request.with_headers(credential)
        if not self.auth.query:
            return signed
        url = f"{signed.url}{'&' if '?' in signed.url else '?'}{urlencode(self.auth.query)}"
        return replace(signed, url=url)


def _wrapped(layer: Middleware, inner: Proceed) -> Proceed:
    return lambda request: layer(request, inner)


def _file(file: File, outgoing: OutgoingRequest, emit: Listener) -> OutgoingRequest:
    """`outgoing` with `file` as its body, from its beginning."""
    body = Stream(file.chunks(), upload_progress(emit, file.size))
    return OutgoingRequest(outgoing.method, outgoing.url, outgoing.headers, body)


def _form(request: Request, outgoing: OutgoingRequest, emit: Listener) -> OutgoingRequest:
    """A multipart `request`, from its beginning."""
    form = Form(request.parts)
    body = Stream(form.chunks(), upload_progress(emit, form.size))
    headers = joined_headers(outgoing.headers, form.headers)
    return OutgoingRequest(outgoing.method, outgoing.url, headers, body)
