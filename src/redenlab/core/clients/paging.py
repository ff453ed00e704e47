"""Lists that come in pages; each page has the URL of the next one."""

from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Generic, TypeVar, cast

from attrs import evolve

from redenlab.core.clients.base import AsyncClient, BlockingClient, Client
from redenlab.core.errors import UnexpectedResponse
from redenlab.core.jobs.snapshots import none_if_unset, without_none
from redenlab.core.spec.expressions import Scope
from redenlab.core.spec.operations import Operation
from redenlab.core.transport.io import run
from redenlab.core.transport.url_policy import own
from redenlab_api.types import Request

T = TypeVar("T")
C = TypeVar("C", bound=Client)


@dataclass(frozen=True, slots=True)
class Paging:
    """How an operation pages; ``x-page`` in the spec.

    Attributes:
        items: The attribute of a page that has its items.
        next: Where a response has the URL of the next page.
    """

    operation: Operation[..., Any]
    items: str
    next: str


def _at(operation: Operation[..., Any], target: str) -> Operation[..., Any]:
    """The same operation at the URL that a page gave: as it is, not rebuilt."""

    def build(**arguments: Any) -> Request:
        return evolve(operation.build(**arguments), path=target, query=())

    name, idempotent = operation.OPERATION, operation.IDEMPOTENT
    moved = SimpleNamespace(
        OPERATION=name, IDEMPOTENT=idempotent, build=build, parse=operation.parse
    )
    return cast("Operation[..., Any]", moved)


async def pages(
    client: Client, paging: Paging, arguments: Mapping[str, Any], timeout: float | None
) -> AsyncGenerator[list[Any], None]:
    """The items of each page; each page is a call of its own.

    Raises:
        UnexpectedResponse: A page points to itself, or to another host than the API.
        APIError: See `redenlab.core.calls.context.CallContext.call`.
    """
    operation: Operation[..., Any] = paging.operation
    given = without_none(arguments)
    target: str | None = None
    while True:
        context = client.call_context(paging.operation.OPERATION, timeout)
        with context.instrumentation:
            page, response = await context.call(operation, **given)
        yield none_if_unset(getattr(page, paging.items)) or []
        found = Scope(response={"body": response.json()}).value(paging.next)
        if not isinstance(found, str) or not found:
            return
        following = own(found, context.api.base_url)
        if following == target:
            raise UnexpectedResponse("the next page is the same page again")
        target, operation = following, _at(paging.operation, following)


class _Listing(Generic[C]):
    """A list that is requested page by page while it is iterated; nothing is sent before."""

    def __init__(
        self, client: C, paging: Paging, arguments: Mapping[str, Any], timeout: float | None = None
    ) -> None:
        self._client = client
        self._paging = paging
        self._arguments = dict(arguments)
        self._timeout = timeout

    def _pages(self) -> AsyncGenerator[list[Any], None]:
        return pages(self._client, self._paging, self._arguments, self._timeout)


class Listing(_Listing[BlockingClient], Generic[T]):
    """A list for ``for``; every iteration requests its pages anew, each when it is needed."""

    def pages(self) -> Iterator[list[T]]:
        """Iterate page by page.

        Raises:
            APIError: A page could not be fetched.
        """
        found = self._pages()
        while (page := run(anext(found, None))) is not None:
            yield cast("list[T]", page)

    def __iter__(self) -> Iterator[T]:
        """Iterate item by item; raises as `pages` does."""
        for page in self.pages():
            yield from page


class AsyncListing(_Listing[AsyncClient], Generic[T]):
    """A list for ``async for``; see `Listing`."""

    async def pages(self) -> AsyncIterator[list[T]]:
        """Iterate page by page; raises as `Listing.pages` does."""
        async with aclosing(self._pages()) as found:
            async for page in found:
                yield cast("list[T]", page)

    async def __aiter__(self) -> AsyncIterator[T]:
        """Iterate item by item; raises as `pages` does."""
        async for page in self.pages():
            for item in page:
                yield item
