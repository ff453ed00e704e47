"""A plain client over httpx, for those who want the operations without the workflows.

It authenticates, times out and does nothing else: no retry, no waiting, no redirects.
"""

from collections.abc import Callable
from typing import ClassVar, Self, TypeVar
from urllib.parse import urlencode

import httpx

from redenlab.lowlevel.multipart import Form
from redenlab.lowlevel.types import File, RawResponse, Request, Response

T = TypeVar("T")


class Client:
    """Sends the generated operations of one backend."""

    key_name: ClassVar[str]
    key_prefix: ClassVar[str]
    key_in_query: ClassVar[bool] = False

    def __init__(
        self,
        base_url: str,
        api_key: str | None = None,
        *,
        timeout: float | httpx.Timeout = 30.0,
        transport: httpx.BaseTransport | None = None,
        async_transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """Connect nothing yet.

        Args:
            base_url: Where the paths of the spec begin; a path of its own is kept.
            api_key: ``None`` for operations that need none.
            timeout: Seconds for connecting, and for each read and write.
            transport: Replaces the network, for proxies and tests.
            async_transport: The same for the ``asyncio`` functions.
        """
        self._base_url = base_url.rstrip("/")
        self._api_key = api_key
        self._sync = httpx.Client(timeout=timeout, transport=transport)
        self._async = httpx.AsyncClient(timeout=timeout, transport=async_transport)

    def __repr__(self) -> str:
        """Name the address, never the key."""
        return f"{type(self).__name__}({self._base_url!r})"

    def send(self, request: Request, parse: Callable[[RawResponse], T]) -> Response[T]:
        """Send `request` and block until its response has come.

        Raises:
            httpx.HTTPError: The network failed.
            redenlab.lowlevel.errors.ApiError: The status is no success.
            redenlab.lowlevel.errors.DecodeError: The body is not what the spec says.
        """
        return self._parsed(self._sync.send(self._prepared(request)), parse)

    async def send_async(self, request: Request, parse: Callable[[RawResponse], T]) -> Response[T]:
        """`send`, awaited."""
        return self._parsed(await self._async.send(self._prepared(request)), parse)

    def close(self) -> None:
        """Close the connections of the blocking functions."""
        self._sync.close()

    async def aclose(self) -> None:
        """Close the connections of the ``asyncio`` functions."""
        await self._async.aclose()

    def __enter__(self) -> Self:
        """Close on leaving."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    async def __aenter__(self) -> Self:
        """Close on leaving."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close."""
        await self.aclose()

    def _prepared(self, request: Request) -> httpx.Request:
        headers, query = dict(request.headers), request.query
        if self._api_key is not None and request.secured and self.key_in_query:
            query = (*query, (self.key_name, self._api_key))
        elif self._api_key is not None and request.secured:
            headers[self.key_name] = f"{self.key_prefix} {self._api_key}".lstrip()
        content = request.content
        if isinstance(content, File):
            content = b"".join(content.chunks())
        if request.parts:
            form = Form(request.parts)
            headers |= form.headers
            content = b"".join(form.chunks())
        address = f"{self._base_url}{request.path}"
        if query:
            address = f"{address}?{urlencode(query)}"
        return httpx.Request(request.method, address, headers=headers, content=content)

    def _parsed(self, response: httpx.Response, parse: Callable[[RawResponse], T]) -> Response[T]:
        raw = RawResponse(response.status_code, response.headers, response.content)
        return Response(raw.status_code, raw.headers, raw.content, parse(raw))
