"""``x-page``: how each kind of list is asked for its next page, and what is refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from redenlab.core.errors import SpecError
from redenlab.core.spec.document import Spec
from redenlab.core.spec.expressions import Scope
from redenlab.core.spec.paging import XPage
from redenlab.core.spec.x_page import x_page
from redenlab.lowlevel.types import RawResponse

ITEMS = "$response.body#/items"


def following(how: XPage, body: Any, arguments: dict[str, Any], link: str = "") -> Any:
    """What requests the page after one with `body`."""
    headers = {"link": link} if link else {}
    response = RawResponse(200, headers, json.dumps(body).encode())
    return how.following(Scope().responded(response), arguments)


NEXT = XPage(items=ITEMS, next="$response.body#/next")
LINK = XPage(link=True)
CURSOR = XPage(items=ITEMS, cursor="$response.body#/cursor", parameter="after")
LAST = XPage(items=ITEMS, last="/id", parameter="after")
OFFSET = XPage(items=ITEMS, offset="skip")
PAGE = XPage(items=ITEMS, page="page")
MORE = XPage(items=ITEMS, page="page", more="$response.body#/more")

FOLLOWED: dict[str, tuple[XPage, Any, dict[str, Any], Any]] = {
    "a URL": (NEXT, {"items": [], "next": "https://a.example/2"}, {}, "https://a.example/2"),
    "no URL": (NEXT, {"items": [1], "next": None}, {}, None),
    "an empty URL": (NEXT, {"items": [1], "next": ""}, {}, None),
    "a URL that is a number": (NEXT, {"items": [1], "next": 2}, {}, None),
    "a cursor": (CURSOR, {"items": [1], "cursor": "c"}, {"n": 5}, {"n": 5, "after": "c"}),
    "a cursor that is a number": (CURSOR, {"items": [1], "cursor": 0}, {}, {"after": 0}),
    "a cursor after an empty page": (CURSOR, {"items": [], "cursor": "c"}, {}, {"after": "c"}),
    "a further cursor": (CURSOR, {"items": [1], "cursor": "d"}, {"after": "c"}, {"after": "d"}),
    "no cursor": (CURSOR, {"items": [1]}, {"after": "c"}, None),
    "a null cursor": (CURSOR, {"items": [1], "cursor": None}, {}, None),
    "an empty cursor": (CURSOR, {"items": [1], "cursor": ""}, {}, None),
    "the last item": (LAST, {"items": [{"id": 1}, {"id": 2}]}, {}, {"after": 2}),
    "a last item without an id": (LAST, {"items": [{"id": 1}, {}]}, {}, None),
    "no last item": (LAST, {"items": []}, {"after": 2}, None),
    "an offset": (OFFSET, {"items": [1, 2]}, {}, {"skip": 2}),
    "a further offset": (OFFSET, {"items": [1, 2]}, {"skip": 4}, {"skip": 6}),
    "the end of an offset": (OFFSET, {"items": []}, {"skip": 4}, None),
    "a page number": (PAGE, {"items": [1]}, {}, {"page": 2}),
    "a further page number": (PAGE, {"items": [1]}, {"page": 2}, {"page": 3}),
    "the end of page numbers": (PAGE, {"items": []}, {"page": 2}, None),
    "more": (MORE, {"items": [1], "more": True}, {}, {"page": 2}),
    "no more": (MORE, {"items": [1], "more": False}, {}, None),
    "nothing about more": (MORE, {"items": [1]}, {}, None),
    "a page that is no list": (PAGE, {"items": "none"}, {}, None),
}


@pytest.mark.parametrize("case", FOLLOWED)
def test_the_next_page_is_requested_by_what_the_spec_names(case: str) -> None:
    page, body, arguments, expected = FOLLOWED[case]
    assert following(page, body, arguments) == expected


@pytest.mark.parametrize(
    ("header", "url"),
    [
        ('<https://a.example/2>; rel="next"', "https://a.example/2"),
        ("<https://a.example/2>; rel=next", "https://a.example/2"),
        ('<https://a.example/2>; title="b"; rel="next"', "https://a.example/2"),
        (
            '<https://a.example/1>; rel="prev", <https://a.example/3>; rel="next"',
            "https://a.example/3",
        ),
        ('<https://a.example/1>; rel="prev"', None),
        ('<https://a.example/1>; rel="nextish"', None),
        ('<https://a.example/2>; rel="last next"', "https://a.example/2"),
        ("", None),
    ],
)
def test_a_link_header_names_the_next_page(header: str, url: str | None) -> None:
    assert following(LINK, [1], {}, header) == url


def test_the_whole_body_is_the_list_unless_the_spec_says_otherwise() -> None:
    response = RawResponse(200, {}, b"[1, 2]")
    assert XPage(offset="skip").found(Scope().responded(response)) == [1, 2]


SPEC = """\
openapi: 3.1.0
paths:
  /books:
    get:
      operationId: list
      parameters:
        - {name: after, in: query}
      x-page: {items: $response.body#/books, next: $response.body#/more}
      responses: {'200': {content: {application/json: {schema: {type: object, properties: {
        books: {type: array, items: {type: string}}, more: {type: string}}}}}}}
"""

REFUSED = {
    "{items: $response.body#/books}": "x-page needs one of next, cursor, last, offset, page",
    "{next: $response.body#/more, offset: after}": "x-page needs one of",
    "{cursor: $response.body#/more}": "x-page needs 'parameter' with cursor and last",
    "{next: $response.body#/more, parameter: after}": "x-page needs 'parameter' with cursor",
    "{cursor: $response.body#/more, parameter: aftre}": "list has no parameter 'aftre'",
    "{offset: skip}": "list has no parameter 'skip'",
    "{page: number}": "list has no parameter 'number'",
    "{next: $response.body#/nxt}": r"\$response.body#/nxt points to nothing: there are books, more",
    "{items: $response.body#/book, link: true}": r"\$response.body#/book points to nothing",
    "{cursor: $response.body#/c, parameter: after}": r"\$response.body#/c points to nothing",
    "{offset: after, more: $response.body#/x}": r"\$response.body#/x points to nothing",
    "{nxt: $response.body#/more}": "x-page has no key 'nxt'; did you mean 'next'",
    "{link: yes please}": "link is 'yes please'; write true or false",
}


@pytest.mark.parametrize("block", REFUSED)
def test_a_block_that_contradicts_its_operation_is_refused_with_its_line(
    tmp_path: Path, block: str
) -> None:
    before = "{items: $response.body#/books, next: $response.body#/more}"
    (tmp_path / "books.yaml").write_text(SPEC.replace(before, block))
    with pytest.raises(SpecError, match=f"books.yaml:8: {REFUSED[block]}"):
        x_page(Spec(tmp_path / "books.yaml"), "list")


def test_an_operation_without_the_block_has_no_pages(tmp_path: Path) -> None:
    (tmp_path / "books.yaml").write_text(SPEC.replace("x-page", "x-other"))
    assert x_page(Spec(tmp_path / "books.yaml"), "list") is None
