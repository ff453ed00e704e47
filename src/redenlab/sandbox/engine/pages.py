"""Pages of a list: the page that a request is for, and how its response leads to the next one."""

from typing import Any
from urllib.parse import urlencode

from redenlab.core.spec.expressions import MISSING, find
from redenlab.core.spec.paging import XPage
from redenlab.sandbox.engine.drafts import Draft
from redenlab.sandbox.engine.routes import Call
from redenlab.sandbox.engine.service import Service

SIZES = frozenset({"limit", "pageSize", "page_size", "per_page", "perPage"})
"""Query parameters that say how many items a page has."""

MARK = "from-item"
"""The query parameter of URLs of further pages."""


def page(service: Service, operation: str, how: XPage, items: list[Any], call: Call) -> Draft:
    """The page of `items` that `call` requests."""
    size = service.setting.page_size
    for name in SIZES & call.request.query.keys():
        given = call.request.query[name][0]
        size = min(int(given), size) if given.isdecimal() and int(given) else size
    first = _first(how, items, call, size)
    shown, following = items[first : first + size], first + size
    draft = service.success(operation)
    draft.place(how.items, shown)
    if how.more is not None:
        draft.place(how.more, following < len(items))
    secret = {service.spec.auth.name} if service.spec.auth.in_query else set[str]()
    left = len(items) - following  # what comes to the list meanwhile comes before them
    _lead(how, draft, call, left if left > 0 else None, secret | {MARK})
    return draft


def _first(how: XPage, items: list[Any], call: Call, size: int) -> int:
    """The number of the first item of a page, from 0."""
    query = call.request.query
    name = how.parameter or how.offset or how.page or MARK
    given = query.get(name, [""])[0]
    if how.last is not None:
        found = [str(find(item, how.last)) for item in items]
        return found.index(given) + 1 if given in found else 0
    number = int(given) if given.isdecimal() else 0
    if how.page is not None:
        return max(number - 1, 0) * size
    counted = how.offset is not None or not given
    return number if counted else max(len(items) - number, 0)


def _lead(how: XPage, draft: Draft, call: Call, left: int | None, hidden: set[str]) -> None:
    """Say where the next page is; `left` is how many items follow, ``None`` after the last page."""
    pairs = [(k, v) for k, vs in call.request.query.items() for v in vs if k not in hidden]
    url = f"{call.request.address}?{urlencode([*pairs, (MARK, str(left))])}"
    if how.next is not None:
        draft.place(how.next, MISSING if left is None else url)
    if how.link and left is not None:
        draft.place("$response.header.Link", f'<{url}>; rel="next"')
    if how.cursor is not None:
        draft.place(how.cursor, MISSING if left is None else str(left))
