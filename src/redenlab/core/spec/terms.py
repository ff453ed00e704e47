"""Keywords of JSON schemas that hold a value: types, limits, patterns, choices.

Each is a function of a value, what the keyword says, and the schema around it, to the text of a
`redenlab.core.spec.schemas.Problem`, or ``None``. A term that is about another type says nothing.
"""

import json
import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, cast

from redenlab.core.text import sanitize
from redenlab.lowlevel import decoding
from redenlab.lowlevel.errors import SchemaError

FORMATS: Mapping[str, Callable[[str], object]] = {
    "date-time": decoding.instant,
    "date": decoding.date,
    "uuid": decoding.uuid,
}
"""Formats that texts are read as; decoders refuse no others."""


def _is_number(value: Any) -> bool:
    """Whether it is a number that JSON can say."""
    return not isinstance(value, bool) and (
        isinstance(value, int) or (isinstance(value, float) and math.isfinite(value))
    )


def _is_integer(value: Any) -> bool:
    """``2.0`` is an integer, as it is for decoders."""
    return _is_number(value) and (isinstance(value, int) or value.is_integer())


_TYPES: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "string": ("a string", lambda value: isinstance(value, str)),
    "integer": ("an integer", _is_integer),
    "number": ("a number", _is_number),
    "boolean": ("a boolean", lambda value: isinstance(value, bool)),
    "array": ("an array", lambda value: isinstance(value, list)),
    "object": ("an object", lambda value: isinstance(value, dict)),
    "null": ("null", lambda value: value is None),
}


def wrong_type(value: Any, said: str | list[str] | None) -> str | None:
    """What is wrong with the type of a value, where ``type`` says `said`."""
    names = [said] if isinstance(said, str) else said or []
    known = [_TYPES[name] for name in names if name in _TYPES]
    if len(known) < len(names) or not known or any(fits(value) for _, fits in known):
        return None
    return f"is {shown(value)}, and has to be {' or '.join(name for name, _ in known)}"


def shown(value: Any) -> str:
    """A number as it is; of anything else its type, since a text may be the name of a person."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _digits(value)
    kinds = (name for name, fits in _TYPES.values() if fits(value))
    return next(kinds, type(value).__name__)


def _digits(value: float) -> str:
    if isinstance(value, int):
        return str(value) if abs(value) < 10**30 else "a number of more than 30 digits"
    return repr(value).removesuffix(".0")


Term = Callable[[Any, Any, Mapping[str, Any]], str | None]


def _limit(fits: Callable[[Any, Any], bool], wanted: str, strict: str = "") -> Term:
    """A limit of numbers; in OpenAPI 3.0 the boolean `strict` beside it makes it exclusive."""

    def term(value: Any, said: Any, schema: Mapping[str, Any]) -> str | None:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or isinstance(said, bool):
            return None
        if schema.get(strict) is True:
            return TERMS[strict](value, said, schema)
        if fits(value, said):  # false for NaN
            return None
        return f"is {_digits(value)}, and has to be {wanted.format(_digits(said))}"

    return term


def _size(kind: type[Any], fits: Callable[[int, int], bool], wanted: str) -> Term:
    """A limit of lengths."""

    def term(value: Any, said: int, _schema: Mapping[str, Any]) -> str | None:
        if not isinstance(value, kind) or fits(len(value), said):
            return None
        return f"has to have {said} {wanted}, and has {len(value)}"

    return term


def _multiple_of(value: Any, said: float, _schema: Mapping[str, Any]) -> str | None:
    if not _is_number(value):
        return None
    if isinstance(value, int) and isinstance(said, int):
        fits = value % said == 0
    else:
        from fractions import Fraction  # noqa: PLC0415 - floats that are multiples are rare

        fits = (Fraction(str(value)) / Fraction(str(said))).denominator == 1
    return None if fits else f"is {_digits(value)}, and has to be a multiple of {_digits(said)}"


def _enum(value: Any, said: list[Any], _schema: Mapping[str, Any]) -> str | None:
    if isinstance(value, str):
        fits = value in said
    else:
        fits = _comparable(value) in {_comparable(each) for each in said}
    return None if fits else f"has to be one of: {sanitize(', '.join(map(_literal, said)))}"


def _const(value: Any, said: Any, _schema: Mapping[str, Any]) -> str | None:
    fits = _comparable(value) == _comparable(said)
    return None if fits else f"has to be {sanitize(_literal(said))}"


def _literal(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, default=str)


def _comparable(value: Any) -> Any:
    """What is equal for equal JSON values, and can be hashed: ``1`` is ``1.0`` and not ``true``."""
    if isinstance(value, bool):
        return ("boolean", value)
    if isinstance(value, list):
        return ("array", *map(_comparable, cast("Sequence[Any]", value)))
    if isinstance(value, dict):
        pairs = cast("dict[str, Any]", value).items()
        return ("object", frozenset((name, _comparable(item)) for name, item in pairs))
    return value if value is None or isinstance(value, str | int | float) else id(value)


def _unique_items(value: Any, said: bool, _schema: Mapping[str, Any]) -> str | None:
    if not said or not isinstance(value, list):
        return None
    found = cast("Sequence[Any]", value)
    if len({_comparable(item) for item in found}) == len(found):
        return None
    return "has to have no item twice"


def _pattern(value: Any, said: str, _schema: Mapping[str, Any]) -> str | None:
    fits = not isinstance(value, str) or matches(said, value)
    return None if fits else f"has to match {said}"


def matches(pattern: str, text: str) -> bool:
    """Whether `pattern` is found in `text`; ``True`` for one that Python cannot read."""
    read = _compiled(pattern)
    return read is None or read.search(text) is not None


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str] | None:
    """`pattern`, in which ``$`` is the end of the text, not of its last line."""
    tokens = r"(\\.|\[(?:\\.|[^\]\\])*\])|\$"
    try:
        return re.compile(re.sub(tokens, lambda found: found[1] or r"\Z", pattern))
    except re.error:
        return None


def _format(value: Any, said: str, _schema: Mapping[str, Any]) -> str | None:
    if isinstance(value, str) and said in FORMATS:
        try:
            FORMATS[said](value)
        except SchemaError as error:
            return f"has to be {error.expected}"
    return None


def _required(value: Any, said: list[str], _schema: Mapping[str, Any]) -> str | None:
    missing = (name for name in said if isinstance(value, dict) and name not in value)
    return next((f"needs the key '{name}'" for name in missing), None)


TERMS: Mapping[str, Term] = {
    "enum": _enum,
    "const": _const,
    "minimum": _limit(operator.ge, "{} or more", "exclusiveMinimum"),
    "maximum": _limit(operator.le, "{} or less", "exclusiveMaximum"),
    "exclusiveMinimum": _limit(operator.gt, "more than {}"),
    "exclusiveMaximum": _limit(operator.lt, "less than {}"),
    "multipleOf": _multiple_of,
    "minLength": _size(str, operator.ge, "or more characters"),
    "maxLength": _size(str, operator.le, "or fewer characters"),
    "pattern": _pattern,
    "format": _format,
    "minItems": _size(list, operator.ge, "or more items"),
    "maxItems": _size(list, operator.le, "or fewer items"),
    "uniqueItems": _unique_items,
    "minProperties": _size(dict, operator.ge, "or more keys"),
    "maxProperties": _size(dict, operator.le, "or fewer keys"),
    "required": _required,
}
"""Keywords whose value is no schema, beside ``type`` and ``nullable``, which come first."""
