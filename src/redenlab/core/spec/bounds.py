"""What a schema demands of a value beyond its type, in words for documentation."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

_RANGES: Final = (
    ("minimum", "maximum", ""),
    ("minLength", "maxLength", " characters"),
    ("minItems", "maxItems", " items"),
    ("minProperties", "maxProperties", " keys"),
)
"""Keywords for the least and the greatest, and the unit of both."""

_SINGLE: Final = {
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
    "multipleOf": "a multiple of {}",
    "pattern": "matching `{}`",
}


def bounds(schema: Mapping[str, Any]) -> str:
    """The limits of a value: ``1 to 10``, ``at least 2 characters``; empty where there are none.

    The members of an enumeration are no limits: they are the type.
    """
    return ", ".join(_bounds(_exclusive(schema)))


def _bounds(schema: Mapping[str, Any]) -> Iterator[str]:
    for least, greatest, unit in _RANGES:
        low, high = _shown(schema.get(least)), _shown(schema.get(greatest))
        if low is not None and high is not None:
            yield f"{low} to {high}{unit}" if low != high else f"{low}{unit}"
        elif low is not None:
            yield f"at least {low}{unit}"
        elif high is not None:
            yield f"at most {high}{unit}"
    for keyword, text in _SINGLE.items():
        if keyword in schema:
            yield text.format(_shown(schema[keyword]))
    if schema.get("uniqueItems"):
        yield "no item twice"


def _shown(value: Any) -> str | None:
    """A number as people write it, or a pattern; ``None`` for none."""
    return None if value is None else str(value).removesuffix(".0")


def _exclusive(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """`schema` as OpenAPI 3.1 writes it: in 3.0, exclusive limits are flags beside the limits."""
    found = dict(schema)
    for flag, limit in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(found.get(flag), bool):
            exclusive = found.pop(flag)
            if exclusive and limit in found:
                found[flag] = found.pop(limit)
    return found
