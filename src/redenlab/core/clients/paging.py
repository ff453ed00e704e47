"""Lists that come in pages, as ``x-page`` of the operation says."""

from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Iterator, Mapping
from contextlib import aclosing, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar, cast

from redenlab.core.calls.context import CallContext
from redenlab.core.calls.steps import page_request
from redenlab.core.clients.base import AsyncClient, BlockingClient, Client, RequestOptions
from redenlab.core.errors import UnexpectedResponse
from redenlab.core.events import Listener
from redenlab.core.jobs.snapshots import without_none
from redenlab.core.spec.expressions import Scope
from redenlab.core.spec.operations import BoundOperation, Operation
from redenlab.core.spec.paging import XPage
from redenlab.core.transport.gate import parsed, request_id
from redenlab.core.transport.io import run
from redenlab.lowlevel.types import RawResponse

T = TypeVar("T")
C = TypeVar("C", bound=Client)


@dataclass(frozen=True, slots=True)
class Paging:
    """How an operation pages.

    Attributes:
        items: The attribute of a typed page that has its items; ``None`` for the page itself.
        how: ``x-page`` in the spec.
    """

    operation: BoundOperation
    items: str | None
    how: XPage


class Page(list[T]):
    """The items of one page.

    Attributes:
        request_id: The service's id of the request of the page; ``None`` where it sent none.
    """

    def __init__(self, items: Iterable[T] = (), request_id: str | None = None) -> None:
        super().__init__(items)
        self.request_id: str | None = request_id


async def pages(
    client: Client,
    paging: Paging,
    arguments: Mapping[str, Any],
    options: RequestOptions,
    within: CallContext | None = None,
) -> AsyncGenerator[Page[Any], None]:
    """The items of each page; each page is a call of its own, unless one is given.

    Args:
        client: Makes the calls.
        paging: How.
        arguments: By their names on the wire.
        options: Of each of the calls.
        within: The call that requests them; then it has the options.

    Raises:
        UnexpectedResponse: A page points to itself, or to another origin than the API's.
        APIError: See `redenlab.core.calls.context.CallContext.call`.
    """
    operation = paging.operation.operation
    following: str | Mapping[str, Any] | None = without_none(arguments)
    while following is not None:
        context = within or client.call_context(operation.OPERATION, **options)
        with nullcontext() if within else context.instrumentation:
            request = page_request(context, paging.operation, arguments, following)
            page, response = await context.send(
                request, partial(_read, context, operation), idempotent=operation.IDEMPOTENT
            )
        items = page if paging.items is None else getattr(page, paging.items)
        yield Page(items or [], request_id(response.headers))
        before = following
        sent = before if isinstance(before, Mapping) else {}
        following = paging.how.following(Scope().responded(response), sent)
        if following == before:
            raise UnexpectedResponse("the next page is the same page again")


def _read(context: CallContext, operation: Operation[..., Any], response: RawResponse) -> Any:
    return parsed(operation, response, context.redact)


class _Listing(Generic[C]):
    """A list that is requested page by page while it is iterated; nothing is sent before."""

    def __init__(  # noqa: PLR0913 - what every call takes
        self,
        client: C,
        paging: Paging,
        arguments: Mapping[str, Any],
        timeout: float | None = None,
        on_event: Listener | None = None,
        *,
        extra_headers: Mapping[str, str] | None = None,
        extra_query: Mapping[str, str] | None = None,
    ) -> None:
        self._client = client
        self._paging = paging
        self._arguments = dict(arguments)
        self._options: RequestOptions = {
            "timeout": timeout,
            "on_event": on_event,
            "extra_headers": extra_headers,
            "extra_query": extra_query,
        }

    def _pages(self) -> AsyncGenerator[Page[Any], None]:
        return pages(self._client, self._paging, self._arguments, self._options)


class Listing(_Listing[BlockingClient], Generic[T]):
    """A list for ``for``; every iteration requests its pages anew, each when it is needed."""

    def pages(self) -> Iterator[Page[T]]:
        """Iterate page by page.

        Raises:
            APIError: A page could not be fetched.
        """
        found = self._pages()
        while (page := run(anext(found, None))) is not None:
            yield cast("Page[T]", page)

    def __iter__(self) -> Iterator[T]:
        """Iterate item by item; raises as `pages` does."""
        for page in self.pages():
            yield from page


class AsyncListing(_Listing[AsyncClient], Generic[T]):
    """A list for ``async for``; see `Listing`."""

    async def pages(self) -> AsyncIterator[Page[T]]:
        """Iterate page by page; raises as `Listing.pages` does."""
        async with aclosing(self._pages()) as found:
            async for page in found:
                yield cast("Page[T]", page)

    async def __aiter__(self) -> AsyncIterator[T]:
        """Iterate item by item; raises as `pages` does."""
        async for page in self.pages():
            for item in page:
                yield item
