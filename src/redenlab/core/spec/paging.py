"""``x-page``: how an operation that lists things is asked for the next page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from redenlab.core.spec.blocks import Block
from redenlab.core.spec.expressions import MISSING, Scope, find
from redenlab.core.spec.steps import Expression

_NEXT = r"<([^<>]+)>\s*;[^<]*\brel=\"?(?:[^\"<]*\s)?next(?=[\"\s;,]|$)"


class XPage(Block):
    """An ``x-page`` block: one of `next`, `cursor`, `last`, `offset`, `page` and `link`.

    Attributes:
        items: Where a page has its items; the whole body unless given.
        next: The URL of the next page.
        cursor: A value that the next page is requested with, as `parameter`.
        last: A pointer into the last item, whose value the next page is requested with.
        parameter: The query parameter for `cursor` or `last`.
        offset: The query parameter that counts items from 0.
        page: The query parameter that counts pages from 1.
        link: Whether the URL of the next page is in the ``Link`` header (RFC 8288).
        more: Whether there is another page, where the service says so.
    """

    items: Expression = "$response.body"
    next: Expression | None = None
    cursor: Expression | None = None
    last: str | None = None
    parameter: str | None = None
    offset: str | None = None
    page: str | None = None
    link: bool = False
    more: Expression | None = None

    def following(
        self, scope: Scope, arguments: Mapping[str, Any]
    ) -> str | Mapping[str, Any] | None:
        """What requests the next page: its URL, or other arguments; ``None`` after the last one.

        Args:
            scope: With the response that had a page.
            arguments: Those that it was requested with, by their names on the wire.
        """
        items = self.found(scope)
        if self.more is not None and scope.value(self.more) is not True:
            return None
        if self.next is not None:
            return _text(scope.value(self.next))
        if self.link:
            header = re.search(
                _NEXT, _text(scope.value("$response.header.Link")) or "", re.IGNORECASE
            )
            return header[1] if header else None
        if not items and self.cursor is None:
            return None
        changed = self._changed(scope, arguments, items)
        return None if changed is None else {**arguments, **changed}

    def found(self, scope: Scope) -> list[Any]:
        """The items of a page."""
        items = scope.value(self.items)
        return list(cast("Iterable[Any]", items)) if isinstance(items, list) else []

    def _changed(
        self, scope: Scope, arguments: Mapping[str, Any], items: Sequence[Any]
    ) -> Mapping[str, Any] | None:
        if self.offset is not None:
            return {self.offset: int(arguments.get(self.offset) or 0) + len(items)}
        if self.page is not None:
            return {self.page: int(arguments.get(self.page) or 1) + 1}
        value = scope.value(self.cursor) if self.cursor else find(items[-1], str(self.last))
        known = value is not MISSING and value is not None and value != ""
        return {str(self.parameter): value} if known else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
