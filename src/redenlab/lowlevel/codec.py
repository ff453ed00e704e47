"""JSON to typed values and back.

A *decoder* is a function from a JSON value to a typed one that raises `SchemaError` on anything
else. Generated models are built from the decoders below and nothing else, so every model is
equally strict about types and equally lenient about what the server adds: unknown keys are kept,
unknown values of an enumeration pass, and ``null`` for an optional value counts as absent.
"""

import datetime
import json
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from functools import partial
from typing import Any, Protocol, TypeVar, cast, runtime_checkable
from urllib.parse import quote
from uuid import UUID

from redenlab.lowlevel.errors import SchemaError
from redenlab.lowlevel.multipart import JsonText
from redenlab.lowlevel.types import UNSET, File, Unset

T = TypeVar("T")
Decoder = Callable[[Any], T]

_notes: ContextVar[list[str] | None] = ContextVar("notes", default=None)
"""What was tolerated so far; ``None`` where nothing is."""

_NAMES: dict[type, str] = {
    dict: "an object",
    list: "an array",
    str: "a string",
    bool: "a boolean",
    int: "an integer",
    float: "a number",
    type(None): "null",
}


@runtime_checkable
class Encodable(Protocol):
    """Anything with a JSON object form; every generated model."""

    def to_dict(self) -> dict[str, Any]:
        """The JSON object."""
        ...


def mismatch(expected: str, value: object) -> SchemaError:
    """The error for `value` in the place of `expected`."""
    return SchemaError(expected, _NAMES.get(type(value), type(value).__name__))


# ---- from JSON ---------------------------------------------------------------------------------


def anything(value: Any) -> Any:
    """Any JSON value, as it is."""
    return value


def string(value: Any) -> str:
    """A string."""
    if isinstance(value, str):
        return value
    raise mismatch("a string", value)


def integer(value: Any) -> int:
    """An integer; ``2.0`` counts as one (JSON Schema 2020-12, 6.1.1), ``true`` does not."""
    if type(value) is int:
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    raise mismatch("an integer", value)


def number(value: Any) -> float:
    """A number; ``true`` is none."""
    if type(value) is float or type(value) is int:
        return value
    raise mismatch("a number", value)


def boolean(value: Any) -> bool:
    """A boolean."""
    if isinstance(value, bool):
        return value
    raise mismatch("a boolean", value)


def null(value: Any) -> None:
    """``null``."""
    if value is not None:
        raise mismatch("null", value)


def instant(value: Any) -> datetime.datetime:
    """A timestamp with or without offset, of any number of fractional digits."""
    text = string(value)
    try:
        return datetime.datetime.fromisoformat(text)
    except ValueError:
        from dateutil import parser as timestamps  # noqa: PLC0415 - for what is no ISO 8601
    try:
        return timestamps.parse(value)
    except (ValueError, OverflowError, TypeError):
        raise mismatch("a timestamp", value) from None


def date(value: Any) -> datetime.date:
    """A calendar date."""
    try:
        return datetime.date.fromisoformat(string(value))
    except ValueError:
        raise mismatch("a date", value) from None


def uuid(value: Any) -> UUID:
    """A UUID in any of its spellings."""
    try:
        return UUID(string(value))
    except ValueError:
        raise mismatch("a UUID", value) from None


def mapping(value: Any) -> dict[str, Any]:
    """An object of any shape."""
    if isinstance(value, dict):
        return cast("dict[str, Any]", value)
    raise mismatch("an object", value)


def file(value: Any) -> File:
    """A file to be sent; no response has one."""
    if isinstance(value, File):
        return value
    raise mismatch("a file", value)


def constant(expected: T) -> Decoder[T]:
    """Exactly `expected`; what tells the variants of a union apart."""

    def decode(value: Any) -> T:
        if type(value) is type(expected) and value == expected:
            return expected
        raise mismatch(repr(expected), value)

    return decode


def array(item: Decoder[T]) -> Decoder[list[T]]:
    """An array of `item`."""
    return partial(_array, item)


def _array(item: Decoder[T], value: Any) -> list[T]:
    if not isinstance(value, list):
        raise mismatch("an array", value)
    try:
        return [item(element) for element in cast("Iterable[Any]", value)]
    except SchemaError:
        raise _first_mismatch(item, value) from None


def _first_mismatch(item: Decoder[T], values: Any) -> SchemaError:
    """Which element it was: found afterwards, so that valid arrays cost nothing extra."""
    for index, element in enumerate(cast("Iterable[Any]", values)):
        try:
            item(element)
        except SchemaError as error:
            return error.prefixed(index)
    raise AssertionError("a decoder accepted and refused the same value")


def union(*variants: Decoder[Any]) -> Decoder[Any]:
    """The first of `variants` that fits.

    Order does not decide between models that share a discriminator: the generator insists that
    each of them pins it with ``const``.
    """

    def decode(value: Any) -> Any:
        token = _notes.set(None)  # tolerance would take the first variant for the right one
        try:
            for variant in variants:
                try:
                    return variant(value)
                except SchemaError:
                    continue
        finally:
            _notes.reset(token)
        raise mismatch("one of the documented variants", value)

    return decode


def required(source: dict[str, Any], key: str, decode: Decoder[T]) -> T:
    """Take `key` out of `source`."""
    if key not in source:
        raise SchemaError("a value", "nothing", f"/{key}")
    try:
        return decode(source.pop(key))
    except SchemaError as error:
        raise error.prefixed(key) from None


def tolerant(decode: Decoder[T], value: Any) -> tuple[T, tuple[str, ...]]:
    """Read optional values that are not as documented as `UNSET`, and say what is wrong.

    They stay among the additional properties, as they were sent.
    """
    notes: list[str] = []
    token = _notes.set(notes)
    try:
        return decode(value), tuple(notes)
    finally:
        _notes.reset(token)


def optional(source: dict[str, Any], key: str, decode: Decoder[T]) -> T | Unset:
    """Take `key` out of `source`; absent and ``null`` are `UNSET`."""
    value = source.pop(key, None)
    if value is None:
        return UNSET
    try:
        return decode(value)
    except SchemaError as error:
        return _noted(source, key, value, error)


def nullable(source: dict[str, Any], key: str, decode: Decoder[T]) -> T | Unset:
    """Take `key` out of `source`, where ``null`` means something: only absent is `UNSET`."""
    if key not in source:
        return UNSET
    value = source.pop(key)
    try:
        return decode(value)
    except SchemaError as error:
        return _noted(source, key, value, error)


def _noted(source: dict[str, Any], key: str, value: Any, error: SchemaError) -> Unset:
    """Leave a value that is not as documented where it was, if that is tolerated."""
    notes = _notes.get()
    if notes is None:
        raise error.prefixed(key) from None
    notes.append(error.prefixed(key).problem)
    source[key] = value
    return UNSET


# ---- to JSON and HTTP --------------------------------------------------------------------------


def plain(value: Any) -> Any:
    """The JSON form of a model, a date, or a container of them; `UNSET` members are left out."""
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Encodable):
        return value.to_dict()
    if isinstance(value, Mapping):
        return fields(cast("Mapping[str, Any]", value))
    if isinstance(value, list | tuple):
        return [plain(item) for item in cast("Iterable[Any]", value)]
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def fields(values: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON object of a model's `values`."""
    return {key: plain(value) for key, value in values.items() if value is not UNSET}


def json_body(value: Any) -> bytes | None:
    """Compact UTF-8 JSON; ``None`` for `UNSET`.

    Raises:
        ValueError: A number is NaN or infinite, which JSON cannot say.
    """
    if value is UNSET:
        return None
    return json.dumps(plain(value), separators=(",", ":"), allow_nan=False).encode()


def media_type(file: File, documented: Iterable[str]) -> str:
    """The type of a body that is a file: its own where that is documented, else the first."""
    known = list(documented)
    family = file.content_type.partition("/")[0]
    if {file.content_type, f"{family}/*", "*/*"} & set(known):
        return file.content_type
    return known[0]


def parts(values: Mapping[str, Any]) -> tuple[tuple[str, str | File], ...]:
    """Parts of a multipart form; `UNSET` and ``None`` are left out, lists are repeated."""
    return tuple(
        (key, item if isinstance(item, File) else _part(item))
        for key, value in values.items()
        for item in _items(value)
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
    """Query pairs; `UNSET` and ``None`` are left out, lists are repeated."""
    return tuple((key, _text(item)) for key, value in parameters.items() for item in _items(value))


def headers(parameters: Mapping[str, Any]) -> dict[str, str]:
    """Header values; `UNSET` and ``None`` are left out, lists joined by commas (3.1, 4.8.12)."""
    found = {key: list(map(_text, _items(value))) for key, value in parameters.items()}
    return {key: ",".join(texts) for key, texts in found.items() if texts}


def _items(value: Any) -> Iterable[Any]:
    if value is UNSET or value is None:
        return ()
    return cast("Iterable[Any]", value) if isinstance(value, list) else (value,)


def _part(value: Any) -> str:
    """A field of a form; an object is JSON text (OpenAPI 3.1, section 4.8.15)."""
    if isinstance(value, str):
        return value
    return JsonText(_text(value)) if isinstance(value, Mapping | Encodable) else _text(value)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping | Encodable):
        return json.dumps(plain(value), allow_nan=False)
    return str(plain(value))
