"""Records as people read them: one line in a terminal, a table in a notebook."""

import ast
import inspect
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from redenlab.lowlevel.records import Record

MAX_ITEMS = 3
"""Elements of a list that are shown on a line."""

MAX_ROWS = 50
"""Rows of a table in a notebook."""

HIDDEN = "***"
"""In place of a secret."""

_WORD = re.compile(r"[^\s\"'<>]+")


def without_queries(text: str) -> str:
    """`text` with the query of every URL in it replaced by ``?…``: it may be a signature."""
    return _WORD.sub(_without_query, text) if "://" in text else text


def _without_query(word: re.Match[str]) -> str:
    """A word without the query of the URL in it; read once, since servers choose its length."""
    scheme, _, rest = word[0].partition("://")
    path, mark, _ = rest.partition("?")
    return f"{scheme}://{path}?…" if mark and path else word[0]


def without_secrets(value: Any) -> Any:
    """A value for `rich`: texts without queries of URLs; records see to themselves."""
    if isinstance(value, str):
        return without_queries(value)
    if isinstance(value, list):
        return [without_secrets(item) for item in cast("Sequence[Any]", value)]
    if type(value) is dict:
        pairs = cast("dict[str, Any]", value).items()
        return {without_queries(key): without_secrets(item) for key, item in pairs}
    return value


def text(record: "Record") -> str:
    """A record as the call that makes it; long lists are cut short, URLs have no queries."""
    shown = [f"{name}={_short(value)}" for name, value in present(record)]
    if rest := record.additional_properties:
        shown.append(f"**{_short(rest)}")
    return f"{type(record).__name__}({', '.join(shown)})"


def html(record: "Record") -> str:
    """A record as a table of its fields, with what the spec says of them."""
    said = descriptions(type(record))
    rows = [(name, _short(value), said.get(name, "")) for name, value in present(record)]
    rows += [(key, _short(value), "") for key, value in record.additional_properties.items()]
    return _table(("field", "value", ""), rows, type(record).__name__)


def pairs(title: str, values: Mapping[str, Any]) -> str:
    """A JSON object as a table of its keys."""
    return _table(
        ("field", "value"), [(key, _short(value)) for key, value in values.items()], title
    )


def table(records: Iterable["Record"]) -> str:
    """Records as a table with a column for each field that any of them has."""
    found = list(records)
    columns = list(dict.fromkeys(name for each in found for name, _ in present(each)))
    rows = map(dict, map(present, found[:MAX_ROWS]))
    shown = [[_short(row.get(name)) for name in columns] for row in rows]
    title = f"{len(found):,} × {type(found[0]).__name__}" if found else "no records"
    return _table(columns, shown, title)


@cache
def descriptions(cls: type["Record"]) -> Mapping[str, str]:
    """What the spec says of the fields of `cls`, by the names of the attributes.

    The texts stand below the fields in the generated module, where editors look for them; without
    its source there are none.
    """
    try:
        module = ast.parse(inspect.getsource(inspect.getmodule(cls) or cls))
    except (OSError, TypeError):
        return {}
    body: list[ast.stmt] = []
    for node in module.body:
        if isinstance(node, ast.ClassDef) and node.name == cls.__name__:
            body = node.body
    return {
        field.target.id: " ".join(below.value.value.split())
        for field, below in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(below, ast.Expr)
        and isinstance(below.value, ast.Constant)
        and isinstance(below.value.value, str)
    }


def present(record: "Record") -> list[tuple[str, Any]]:
    """The fields of a record that there are, and their values; a secret is not shown."""
    return [
        (name, HIDDEN if field.secret else getattr(record, name))
        for name, field in record.__fields__.items()
        if field.wire in record
    ]


def _short(value: Any) -> str:
    if isinstance(value, list):
        items = cast("Sequence[Any]", value)
        shown = ", ".join(map(_short, items[:MAX_ITEMS]))
        more = f", … {len(items) - MAX_ITEMS:,} more" if len(items) > MAX_ITEMS else ""
        return f"[{shown}{more}]"
    if type(value) is dict:
        pairs = cast("dict[str, Any]", value).items()
        return f"{{{', '.join(f'{_short(key)}: {_short(item)}' for key, item in pairs)}}}"
    return without_queries(repr(value))


def _table(head: Iterable[str], rows: Iterable[Iterable[str]], title: str) -> str:
    def line(cells: Iterable[str], tag: str) -> str:
        shown = (escape(without_queries(cell)) for cell in cells)
        return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in shown) + "</tr>"

    body = "".join(line(row, "td") for row in rows)
    return (
        f"<table><caption>{escape(without_queries(title))}</caption>"
        f"<thead>{line(head, 'th')}</thead><tbody>{body}</tbody></table>"
    )
