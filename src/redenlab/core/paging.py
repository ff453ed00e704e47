"""Lists that come in pages, walked by the addresses that each page gives of the next one."""

from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from attrs import evolve

from redenlab.core.client import AsyncClient, BlockingClient, Client
from redenlab.core.errors import UnexpectedAnswer
from redenlab.core.expressions import Scope
from redenlab.core.io import run
from redenlab.core.links import own
from redenlab.core.operations import Operation
from redenlab.core.results import given, given_only
from redenlab_api.types import Answer, Request

T = TypeVar("T")
C = TypeVar("C", bound=Client)


@dataclass(frozen=True, slots=True)
class Paging:
    """How an operation pages; ``x-page`` in the spec.

    Attributes:
        items: The attribute of a page that has its items.
        next: Where the address of the next page is in an answer.
    """

    operation: Operation[..., Any]
    items: str
    next: str


@dataclass(frozen=True, slots=True)
class _Further:
    """The same operation at the address that a page gave: as it is, not rebuilt."""

    operation: Operation[..., Any]
    target: str

    @property
    def OPERATION(self) -> str:  # noqa: N802 - as in generated operations
        return self.operation.OPERATION

    @property
    def IDEMPOTENT(self) -> bool:  # noqa: N802
        return self.operation.IDEMPOTENT

    def build(self, **arguments: Any) -> Request:
        return evolve(self.operation.build(**arguments), path=self.target, query=())

    def parse(self, answer: Answer) -> Any:
        return self.operation.parse(answer)


async def pages(
    client: Client, paging: Paging, arguments: Mapping[str, Any], timeout: float | None
) -> AsyncGenerator[list[Any], None]:
    """The items of each page; each page is a call of its own.

    Raises:
        UnexpectedAnswer: A page points to itself, or to a place that is not the API.
        APIError: See `redenlab.core.session.Session.call`.
    """
    operation: Operation[..., Any] = paging.operation
    given_arguments = given_only(arguments)
    target: str | None = None
    while True:
        session = client.session(paging.operation.OPERATION, timeout)
        with session.watch.watched():
            page, answer = await session.call(operation, **given_arguments)
        yield given(getattr(page, paging.items)) or []
        found = Scope(response={"body": answer.json()}).value(paging.next)
        if not isinstance(found, str) or not found:
            return
        further = own(found, session.channel.base_url)
        if further == target:
            raise UnexpectedAnswer("the next page is the same page again")
        target, operation = further, _Further(paging.operation, further)


class _Listing(Generic[C]):
    """A list that is asked for page by page while it is walked; nothing is sent before."""

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
    """A list for ``for``; every walk asks anew, page by page, and no page before it is needed."""

    def pages(self) -> Iterator[list[T]]:
        """Walk page by page.

        Raises:
            APIError: A page could not be had.
        """
        found = self._pages()
        while (page := run(anext(found, None))) is not None:
            yield cast("list[T]", page)

    def __iter__(self) -> Iterator[T]:
        """Walk item by item; raises as `pages` does."""
        for page in self.pages():
            yield from page


class AsyncListing(_Listing[AsyncClient], Generic[T]):
    """A list for ``async for``; see `Listing`."""

    async def pages(self) -> AsyncIterator[list[T]]:
        """Walk page by page.

        Raises:
            APIError: A page could not be had.
        """
        async with aclosing(self._pages()) as found:
            async for page in found:
                yield cast("list[T]", page)

    async def __aiter__(self) -> AsyncIterator[T]:
        """Walk item by item; raises as `pages` does."""
        async for page in self.pages():
            for item in page:
                yield item
