"""Lists that come in pages, of sync and async clients."""

import copy
import json
import pickle
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import anyio
import pytest

from drivers import in_virtual_time
from fake_api import BASE, KEY
from redenlab import (
    AsyncInferenceClient,
    InferenceClient,
    NetworkError,
    Page,
    RequestTimeout,
    Retry,
    ServerError,
    UnexpectedResponse,
)
from redenlab.core.clients.paging import AsyncListing, Listing, Paging
from redenlab.core.spec.operations import BoundOperation
from redenlab.core.spec.paging import XPage
from redenlab.core.transport.io import OutgoingRequest
from redenlab.lowlevel.errors import ApiError
from redenlab.lowlevel.types import RawResponse, Request
from virtual_io import Slow

FIRST, SECOND, THIRD = f"{BASE}/books", f"{BASE}/books?page=2", f"{BASE}/books?page=3"
Played = RawResponse | NetworkError | Slow


class Books:
    """A list; its pages are typed, as those of generated operations are."""

    OPERATION = "list_books"
    IDEMPOTENT = True

    @staticmethod
    def build(**query: str) -> Request:
        return Request("list_books", "GET", "/books", tuple(query.items()))

    @staticmethod
    def parse(response: RawResponse) -> Any:
        if response.status_code != 200:
            raise ApiError(response.status_code, response.headers, response.content)
        return SimpleNamespace(books=response.json().get("books"))


PAGING = Paging(
    BoundOperation(Books),
    "books",
    XPage(items="$response.body#/books", next="$response.body#/next"),
)


def page(*books: str, **more: Any) -> RawResponse:
    return RawResponse(200, {}, json.dumps({"books": books, **more}).encode())


class Shelf:
    """Answers each URL from a list; the last answer repeats.

    Attributes:
        seen: Every request, in order.
    """

    def __init__(self, answers: dict[str, list[Played]]) -> None:
        self.seen: list[OutgoingRequest] = []
        self._answers = answers

    def __call__(self, message: OutgoingRequest) -> Played:
        self.seen.append(message)
        queue = self._answers[message.url]
        return queue.pop(0) if len(queue) > 1 else queue[0]

    @property
    def urls(self) -> list[str]:
        return [message.url for message in self.seen]


def three_pages() -> Shelf:
    return Shelf(
        {
            FIRST: [page("a", "b", next=SECOND)],
            SECOND: [page(next=THIRD)],
            THIRD: [page("c", next=None)],
        }
    )


def take(listing: Any, count: int = 99, *, whole_pages: bool = False) -> list[Any]:
    """The first `count` items or pages of a listing of either kind."""

    async def main() -> list[Any]:
        walked = listing.pages() if whole_pages else listing.__aiter__()
        found: list[Any] = []
        async for each in walked:
            found.append(each)
            if len(found) == count:
                break
        await walked.aclose()
        return found

    if isinstance(listing, AsyncListing):
        return anyio.run(main)
    walked = iter(listing.pages() if whole_pages else listing)
    return [each for _, each in zip(range(count), walked, strict=False)]


def blocking(shelf: Shelf, timeout: float | None = None, **options: Any) -> Listing[str]:
    client = in_virtual_time(InferenceClient, shelf, **options)
    return Listing(client, PAGING, {}, timeout)


def asynchronous(shelf: Shelf, timeout: float | None = None, **options: Any) -> AsyncListing[str]:
    client = in_virtual_time(AsyncInferenceClient, shelf, **options)
    return AsyncListing(client, PAGING, {}, timeout)


@pytest.fixture(params=[blocking, asynchronous], ids=["blocking", "async"])
def listing(request: pytest.FixtureRequest) -> Callable[..., Any]:
    """Lists a shelf, with each kind of client."""
    return request.param


def test_items_come_in_order_over_all_pages(listing: Callable[..., Any]) -> None:
    shelf = three_pages()
    assert take(listing(shelf)) == ["a", "b", "c"]
    assert shelf.urls == [FIRST, SECOND, THIRD]
    assert {message.headers["X-Api-Key"] for message in shelf.seen} == {KEY}


def test_pages_can_be_had_as_they_came_empty_ones_too(listing: Callable[..., Any]) -> None:
    assert take(listing(three_pages()), whole_pages=True) == [["a", "b"], [], ["c"]]


def test_a_page_names_the_request_that_it_came_by(listing: Callable[..., Any]) -> None:
    first = RawResponse(200, {"x-request-id": "r-1"}, page("a", next=SECOND).content)
    shelf = Shelf({FIRST: [first], SECOND: [page("b")]})
    pages = take(listing(shelf), whole_pages=True)
    assert [found.request_id for found in pages] == ["r-1", None]
    assert [type(found) for found in pages] == [Page, Page]


@pytest.mark.parametrize("travel", [copy.copy, lambda page: pickle.loads(pickle.dumps(page))])
def test_a_page_is_a_list_that_travels_whole(travel: Any) -> None:
    arrived = travel(Page(["a"], "r-1"))
    assert (arrived, arrived.request_id) == (["a"], "r-1")


@pytest.mark.parametrize("count", [1, 2])
def test_a_page_is_requested_when_it_is_needed(listing: Callable[..., Any], count: int) -> None:
    shelf = three_pages()
    books = listing(shelf)
    assert shelf.urls == []
    assert take(books, count, whole_pages=True)[0] == ["a", "b"]
    assert shelf.urls == [FIRST, SECOND][:count]


def test_every_walk_requests_the_pages_anew(listing: Callable[..., Any]) -> None:
    shelf = three_pages()
    books = listing(shelf)
    assert take(books) == take(books)
    assert shelf.urls == [FIRST, SECOND, THIRD] * 2


@pytest.mark.parametrize(
    "last", [page("z"), page("z", next=None), page("z", next=""), RawResponse(200, {}, b"{}")]
)
def test_a_page_without_a_next_is_the_last(listing: Callable[..., Any], last: RawResponse) -> None:
    shelf = Shelf({FIRST: [last]})
    assert take(listing(shelf)) == (["z"] if b"z" in last.content else [])
    assert shelf.urls == [FIRST]


def test_a_page_that_points_to_itself_is_an_error_after_its_items(
    listing: Callable[..., Any],
) -> None:
    shelf = Shelf({FIRST: [page("a", next=SECOND)], SECOND: [page("b", next=SECOND)]})
    books = listing(shelf)
    assert take(books, 2) == ["a", "b"]
    with pytest.raises(UnexpectedResponse, match="same page"):
        take(books)
    assert shelf.urls == [FIRST, SECOND] * 2


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/books?page=2",
        "https://api.example.com/other/books",
        f"{BASE}@evil.example/books",
        f"{BASE}/books?page=2 x",
    ],
)
def test_the_key_never_goes_to_another_place_than_the_api(
    listing: Callable[..., Any], elsewhere: str
) -> None:
    shelf = Shelf({FIRST: [page("a", next=elsewhere)]})
    with pytest.raises(UnexpectedResponse, match="is not below"):
        take(listing(shelf))
    assert shelf.urls == [FIRST]


def test_each_page_has_retries_of_its_own(listing: Callable[..., Any]) -> None:
    busy = RawResponse(503, {}, b"{}")
    lost = NetworkError("lost the connection", retryable=True)
    shelf = Shelf(
        {FIRST: [busy, busy, page("a", next=SECOND)], SECOND: [lost, busy, page("b")]},
    )
    assert take(listing(shelf, retry=Retry(retries=2))) == ["a", "b"]
    assert shelf.urls == [FIRST] * 3 + [SECOND] * 3


def test_a_page_that_cannot_be_had_ends_the_walk_after_those_before_it(
    listing: Callable[..., Any],
) -> None:
    shelf = Shelf({FIRST: [page("a", next=SECOND)], SECOND: [RawResponse(500, {}, b"{}")]})
    books = listing(shelf, retry=Retry.off())
    assert take(books, 1) == ["a"]
    with pytest.raises(ServerError):
        take(books)


def test_the_timeout_is_that_of_each_page(listing: Callable[..., Any]) -> None:
    shelf = Shelf({FIRST: [Slow(8, page("a", next=SECOND))], SECOND: [Slow(8, page("b"))]})
    assert take(listing(shelf, timeout=10)) == ["a", "b"]
    with pytest.raises(RequestTimeout):
        take(listing(shelf, timeout=7))
