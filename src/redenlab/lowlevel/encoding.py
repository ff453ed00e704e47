"""Typed values as JSON, and as the parts of a request."""

import datetime
import json
from collections.abc import Collection, Iterable, Mapping
from typing import Any, cast
from urllib.parse import quote
from uuid import UUID

from redenlab.lowlevel.multipart import JsonText
from redenlab.lowlevel.types import File


def plain(value: Any) -> Any:
    """The JSON form of a record, a date, a UUID, or a container of them, as new containers."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in cast("Mapping[str, Any]", value).items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in cast("Iterable[Any]", value)]
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def json_body(value: Any) -> bytes | None:
    """Compact UTF-8 JSON; ``None`` for ``None``, which is no body.

    Raises:
        ValueError: A number is NaN or infinite, which JSON cannot say.
    """
    if value is None:
        return None
    return json.dumps(plain(value), separators=(",", ":"), allow_nan=False).encode()


def media_type(file: File, documented: Iterable[str]) -> str:
    """The type of a body that is a file: its own where that is documented, else the first."""
    known = list(documented)
    family = file.content_type.partition("/")[0]
    if {file.content_type, f"{family}/*", "*/*"} & set(known):
        return file.content_type
    return known[0]


def parts(
    values: Mapping[str, Any], as_json: Collection[str] = ()
) -> tuple[tuple[str, str | File], ...]:
    """Parts of a multipart form; ``None`` is left out, lists are repeated.

    Args:
        values: By the names of the parts.
        as_json: The parts that are JSON text, lists as well.
    """
    return tuple(
        (key, item if isinstance(item, File) else _part(item))
        for key, value in values.items()
        for item in ([_json(value)] if key in as_json and value is not None else _items(value))
    )


def segment(value: object) -> str:
    """One percent-encoded path segment.

    Raises:
        ValueError: It is empty, ``.`` or ``..``, which would name another path.
    """
    text = str(value)
    if text in {"", ".", ".."}:
        raise ValueError(f"{text!r} cannot stand in a path")
    return quote(text, safe="")


def query(parameters: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Query pairs; ``None`` is left out, lists are repeated."""
    return tuple((key, _text(item)) for key, value in parameters.items() for item in _items(value))


def headers(parameters: Mapping[str, Any]) -> dict[str, str]:
    """Header values; ``None`` is left out, lists joined by commas (3.1, 4.8.12)."""
    found = {key: list(map(_text, _items(value))) for key, value in parameters.items()}
    return {key: ",".join(texts) for key, texts in found.items() if texts}


def _items(value: Any) -> Iterable[Any]:
    if value is None:
        return ()
    return cast("Iterable[Any]", value) if isinstance(value, list) else (value,)


def _part(value: Any) -> str:
    """A field of a form; an object is JSON text (OpenAPI 3.1, section 4.8.15)."""
    if isinstance(value, str):
        return value
    return _json(value) if isinstance(value, Mapping) else _text(value)


def _json(value: Any) -> JsonText:
    return JsonText(json.dumps(plain(value), allow_nan=False))


def _text(value: Any) -> str:
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return json.dumps(plain(value), allow_nan=False)
    return str(plain(value))
