"""JSON as typed values.

A `Decoder` turns a JSON value into a typed one, and raises `SchemaError` on anything else. Every
generated model is made of the decoders below, so all are equally strict about types and equally
tolerant of what a service adds: unknown keys are kept, and unknown values of an enumeration pass.
"""

import datetime
from collections.abc import Callable, MutableSequence, Sequence
from contextvars import ContextVar
from typing import Any, Generic, TypeVar, cast, get_args
from uuid import UUID

from redenlab.lowlevel.errors import SchemaError
from redenlab.lowlevel.types import File

T = TypeVar("T")

notes: ContextVar[list[str] | None] = ContextVar("notes", default=None)
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


class Decoder(Generic[T]):
    """Turns a JSON value into a typed one.

    Attributes:
        decode: Does it; raises `SchemaError` for a value that does not fit.
        passes: Types of values that are their own typed form, so that `decode` need not be called.
        in_place: Whether the typed form is JSON itself, and may stand in place of the value.
        schema: The values that fit, as JSON Schema.
    """

    __slots__ = ("decode", "in_place", "passes", "schema")

    def __init__(
        self,
        decode: Callable[[Any], T],
        *passes: type,
        in_place: bool = True,
        schema: Callable[[], dict[str, Any]] = dict,
    ) -> None:
        self.decode: Callable[[Any], T] = decode
        self.passes: frozenset[type] = frozenset(passes)
        self.in_place: bool = in_place
        self.schema: Callable[[], dict[str, Any]] = schema

    def __call__(self, value: Any) -> T:
        """See `decode`."""
        return self.decode(value)


def mismatch(expected: str, value: object) -> SchemaError:
    """The error for `value` in the place of `expected`."""
    found = next((name for kind, name in _NAMES.items() if type(value) is kind), None)
    if found is None:
        found = next((n for k, n in _NAMES.items() if isinstance(value, k)), type(value).__name__)
    return SchemaError(expected, found)


def _decoder(
    *passes: type, in_place: bool = True, **schema: Any
) -> Callable[[Callable[[Any], T]], Decoder[T]]:
    def made(decode: Callable[[Any], T]) -> Decoder[T]:
        return Decoder(decode, *passes, in_place=in_place, schema=schema.copy)

    return made


@_decoder()
def anything(value: Any) -> Any:
    """Any JSON value, as it is."""
    return value


@_decoder(str, type="string")
def string(value: Any) -> str:
    """A string."""
    if isinstance(value, str):
        return value
    raise mismatch("a string", value)


class Status(str):
    """A status value as the service sent it.

    Attributes:
        value: The plain text, as the members of an enumeration have it.
    """

    __slots__ = ()

    @property
    def value(self) -> str:
        """See `Status`."""
        return str(self)


@_decoder(type="string", in_place=False)
def status(value: Any) -> Status:
    """A status value."""
    return Status(string(value))


@_decoder(int, type="integer")
def integer(value: Any) -> int:
    """An integer; ``2.0`` counts as one (JSON Schema 2020-12, 6.1.1), ``true`` does not."""
    if type(value) is int:
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    raise mismatch("an integer", value)


@_decoder(float, int, type="number")
def number(value: Any) -> float:
    """A number; ``true`` is none."""
    if type(value) is float or type(value) is int:
        return value
    raise mismatch("a number", value)


@_decoder(bool, type="boolean")
def boolean(value: Any) -> bool:
    """A boolean."""
    if isinstance(value, bool):
        return value
    raise mismatch("a boolean", value)


@_decoder(type(None), type="null")
def null(value: Any) -> None:
    """``null``."""
    if value is not None:
        raise mismatch("null", value)


@_decoder(in_place=False, type="string", format="date-time")
def instant(value: Any) -> datetime.datetime:
    """A timestamp of any number of fractional digits; one without an offset is in UTC."""
    text = string(value)
    try:
        found = datetime.datetime.fromisoformat(text)
    except ValueError:
        found = _unusual(text)
    return found if found.tzinfo else found.replace(tzinfo=datetime.UTC)


def _unusual(text: str) -> datetime.datetime:
    """A timestamp that is no ISO 8601."""
    from dateutil import parser as timestamps  # noqa: PLC0415 - few services send such

    try:
        return timestamps.parse(text)
    except (ValueError, OverflowError, TypeError):
        raise mismatch("a timestamp", text) from None


@_decoder(in_place=False, type="string", format="date")
def date(value: Any) -> datetime.date:
    """A calendar date."""
    try:
        return datetime.date.fromisoformat(string(value))
    except ValueError:
        raise mismatch("a date", value) from None


@_decoder(in_place=False, type="string", format="uuid")
def uuid(value: Any) -> UUID:
    """A UUID in any of its spellings."""
    try:
        return UUID(string(value))
    except ValueError:
        raise mismatch("a UUID", value) from None


@_decoder(dict, type="object")
def mapping(value: Any) -> dict[str, Any]:
    """An object of any shape."""
    if isinstance(value, dict):
        return cast("dict[str, Any]", value)
    raise mismatch("an object", value)


@_decoder(list, type="array")
def listed(value: Any) -> MutableSequence[Any]:
    """An array of any values."""
    if isinstance(value, list):
        return cast("MutableSequence[Any]", value)
    raise mismatch("an array", value)


@_decoder(File, type="string", format="binary")
def file(value: Any) -> File:
    """A file to be sent; no response has one."""
    if isinstance(value, File):
        return value
    raise mismatch("a file", value)


def words(known: Any) -> Decoder[Any]:
    """One of the values of a ``Literal``, or one that is newer than this file."""
    values = list(get_args(known))
    plain: Decoder[Any] = string if isinstance(values[0], str) else integer
    return Decoder(
        plain.decode, *plain.passes, schema=lambda: {**plain.schema(), "examples": values}
    )


def constant(expected: T) -> Decoder[T]:
    """Exactly `expected`; what tells the variants of a union apart."""

    def decode(value: Any) -> T:
        if type(value) is type(expected) and value == expected:
            return expected
        raise mismatch(repr(expected), value)

    return Decoder(decode, schema=lambda: {"const": expected})


def array(item: Decoder[T]) -> Decoder[list[T]]:
    """An array of `item`."""

    def decode(value: Any) -> list[T]:
        if not isinstance(value, list):
            raise mismatch("an array", value)
        values = cast("Sequence[Any]", value)
        if item.passes.issuperset(map(type, values)):
            return cast("list[T]", value)
        return elements(item.decode, values)

    return Decoder(
        decode,
        in_place=item.in_place,
        schema=lambda: {"type": "array", "items": item.schema()},
    )


def elements(decode: Callable[[Any], T], values: Sequence[Any]) -> list[T]:
    """Each of `values` decoded; the error for one that does not fit has its index."""
    try:
        return [decode(value) for value in values]
    except SchemaError:  # its index is looked for only now: valid arrays pay nothing for it
        for index, value in enumerate(values):
            try:
                decode(value)
            except SchemaError as error:
                raise error.prefixed(index) from None
        raise


def union(*variants: Decoder[Any]) -> Decoder[Any]:
    """The first of `variants` that fits.

    Order does not decide between records that share a discriminator: the generator insists that
    each of them pins it with ``const``.
    """

    def decode(value: Any) -> Any:
        token = notes.set(None)  # tolerance would take the first variant for the right one
        try:
            for variant in variants:
                try:
                    return variant.decode(value)
                except SchemaError:
                    continue
        finally:
            notes.reset(token)
        raise mismatch("one of the documented variants", value)

    known = [variant.passes for variant in variants]
    return Decoder(
        decode,
        *(kind for passes in known for kind in passes if all(known)),
        in_place=all(variant.in_place for variant in variants),
        schema=lambda: {"anyOf": [variant.schema() for variant in variants]},
    )


def tolerant(decode: Callable[[Any], T], value: Any) -> tuple[T, tuple[str, ...]]:
    """Read a record whose optional values may be other than documented, and say what is wrong.

    Such values stay in the record as they were sent; its attributes for them are ``None``.
    """
    found: list[str] = []
    token = notes.set(found)
    try:
        return decode(value), tuple(found)
    finally:
        notes.reset(token)
