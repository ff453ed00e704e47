"""JSON values held against JSON schemas, as OpenAPI 3.0 and 3.1 write them.

The keywords are those of `SUBSCHEMAS` and of `redenlab.core.spec.terms.TERMS`. What others say is
for the service to check.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple, cast

from redenlab.core.spec.terms import TERMS, matches, shown, wrong_type
from redenlab.core.text import sanitize

MAX_DEPTH = 64
"""Levels of objects and arrays in each other; deeper values are refused."""

Resolve = Callable[[str], Any]
"""Finds the schema that a ``$ref`` names."""


class Problem(NamedTuple):
    """What is wrong with a value.

    Attributes:
        pointer: JSON pointer to the part that is wrong; empty for the whole value.
        text: Continues a sentence that begins with the name: ``is 11, and has to be 10 or less``.
    """

    pointer: str
    text: str

    def __str__(self) -> str:
        return f"{self.pointer} {self.text}".lstrip()

    def below(self, step: str | int) -> "Problem":
        """The same problem, seen from the object or array that has `step`."""
        escaped = str(step).replace("~", "~0").replace("/", "~1")
        return Problem(f"/{escaped}{self.pointer}", self.text)


def problems(
    value: Any, schema: Any, resolve: Resolve, *, opaque: Callable[[Any], bool] | None = None
) -> Iterator[Problem]:
    """What is wrong with `value`; nothing where it fits.

    Args:
        value: Any JSON.
        schema: An object or a boolean.
        resolve: Finds what a ``$ref`` names.
        opaque: Tells values that fit every schema, such as files whose URLs are not known yet.
    """
    return _Checker(resolve, opaque).at(value, schema, _Place())


class _Place(NamedTuple):
    """Where a check is: how deep in the value, and by which references it got to this part."""

    depth: int = 0
    followed: tuple[str, ...] = ()


class _Checker:
    """One check of one value."""

    def __init__(self, resolve: Resolve, opaque: Callable[[Any], bool] | None) -> None:
        self._resolve = resolve
        self._opaque = opaque
        self._known: dict[tuple[int, str], tuple[Problem, ...]] = {}

    def at(self, value: Any, schema: Any, place: _Place) -> Iterator[Problem]:
        if schema is True or (self._opaque is not None and self._opaque(value)):
            return
        if schema is False:
            yield Problem("", "is not allowed")
            return
        if value is None and schema.get("nullable") is True:
            return
        if (text := wrong_type(value, schema.get("type"))) is not None:
            yield Problem("", text)
            return
        for keyword, said in schema.items():
            if keyword in TERMS:
                text = TERMS[keyword](value, said, schema)
                if text is not None:
                    yield Problem("", text)
            elif keyword in SUBSCHEMAS:
                yield from SUBSCHEMAS[keyword](self, value, said, schema, place)

    def fits(self, value: Any, schema: Any, place: _Place) -> bool:
        return next(self.at(value, schema, place), None) is None

    def below(self, step: str | int, value: Any, schema: Any, place: _Place) -> Iterator[Problem]:
        """The problems of a part of an object or array."""
        if place.depth >= MAX_DEPTH:
            yield Problem("", f"has more than {MAX_DEPTH} levels")
            return
        for problem in self.at(value, schema, _Place(place.depth + 1)):
            yield problem.below(step)

    # -- keywords that hold other schemas

    def reference(
        self, value: Any, said: str, _schema: Mapping[str, Any], place: _Place
    ) -> Iterator[Problem]:
        """Check a part against what is referred to once, by however many ways it is reached."""
        if said in place.followed:
            return
        inner = _Place(place.depth, (*place.followed, said))
        if not isinstance(value, dict | list):
            yield from self.at(value, self._resolve(said), inner)
            return
        key = (id(cast("Any", value)), said)
        if key not in self._known:
            self._known[key] = tuple(self.at(value, self._resolve(said), inner))
        yield from self._known[key]

    def properties(
        self, value: Any, said: Mapping[str, Any], _schema: Mapping[str, Any], place: _Place
    ) -> Iterator[Problem]:
        if isinstance(value, dict):
            for name, schema in said.items():
                if name in value:
                    yield from self.below(name, value[name], schema, place)

    def pattern_properties(
        self, value: Any, said: Mapping[str, Any], _schema: Mapping[str, Any], place: _Place
    ) -> Iterator[Problem]:
        for name, item in _pairs(value).items():
            for pattern, schema in said.items():
                if matches(pattern, name):
                    yield from self.below(name, item, schema, place)

    def additional_properties(
        self, value: Any, said: Any, schema: Mapping[str, Any], place: _Place
    ) -> Iterator[Problem]:
        known, patterns = schema.get("properties", {}), schema.get("patternProperties", ())
        for name, item in _pairs(value).items():
            if name in known or any(matches(pattern, name) for pattern in patterns):
                continue
            if said is False:
                names = ", ".join(map(str, known)) or "none"
                yield Problem("", f"has no key '{sanitize(str(name))}'; its keys: {names}")
            else:
                yield from self.below(name, item, said, place)

    def prefix_items(
        self, value: Any, said: list[Any], _schema: Mapping[str, Any], place: _Place
    ) -> Iterator[Problem]:
        for index, (item, schema) in enumerate(zip(_elements(value), said, strict=False)):
            yield from self.below(index, item, schema, place)

    def items(
        self, value: Any, said: Any, schema: Mapping[str, Any], place: _Place
    ) -> Iterator[Problem]:
        first = len(schema.get("prefixItems", ()))
        for index, item in enumerate(islice(_elements(value), first, None), first):
            yield from self.below(index, item, said, place)

    def all_of(
        self, value: Any, said: list[Any], _schema: Mapping[str, Any], place: _Place
    ) -> Iterator[Problem]:
        for variant in said:
            yield from self.at(value, variant, place)

    def any_of(
        self, value: Any, said: list[Any], _schema: Mapping[str, Any], place: _Place
    ) -> Iterator[Problem]:
        if not any(self.fits(value, variant, place) for variant in said):
            yield from self._closest(value, said, place)

    def one_of(
        self, value: Any, said: list[Any], _schema: Mapping[str, Any], place: _Place
    ) -> Iterator[Problem]:
        fitting = sum(self.fits(value, variant, place) for variant in said)
        if fitting > 1:
            yield Problem("", "fits several variants, and has to fit one alone")
        elif not fitting:
            yield from self._closest(value, said, place)

    def excluded(
        self, value: Any, said: Any, _schema: Mapping[str, Any], place: _Place
    ) -> Iterator[Problem]:
        if self.fits(value, said, place):
            yield Problem("", "is what the schema excludes by 'not'")

    def _closest(self, value: Any, variants: list[Any], place: _Place) -> Iterator[Problem]:
        """The problems with the one variant of the right type, or that there is no such variant."""
        close = [each for each in variants if self._has_type(value, each, place)]
        if len(close) == 1:
            yield from self.at(value, close[0], place)
        else:
            yield Problem("", f"is {shown(value)}, and fits none of the variants")

    def _has_type(self, value: Any, schema: Any, place: _Place) -> bool:
        if not isinstance(schema, Mapping):
            return False
        mapping = cast("Mapping[str, Any]", schema)
        reference = mapping.get("$ref")
        if reference is not None and reference not in place.followed:
            inner = _Place(place.depth, (*place.followed, reference))
            return self._has_type(value, self._resolve(reference), inner)
        return wrong_type(value, mapping.get("type")) is None


def _pairs(value: Any) -> Mapping[str, Any]:
    return cast("Mapping[str, Any]", value) if isinstance(value, dict) else {}


def _elements(value: Any) -> Sequence[Any]:
    return cast("Sequence[Any]", value) if isinstance(value, list) else []


Subschemas = Callable[[_Checker, Any, Any, Mapping[str, Any], _Place], Iterator[Problem]]

SUBSCHEMAS: Mapping[str, Subschemas] = {
    "$ref": _Checker.reference,
    "properties": _Checker.properties,
    "patternProperties": _Checker.pattern_properties,
    "additionalProperties": _Checker.additional_properties,
    "prefixItems": _Checker.prefix_items,
    "items": _Checker.items,
    "allOf": _Checker.all_of,
    "anyOf": _Checker.any_of,
    "oneOf": _Checker.one_of,
    "not": _Checker.excluded,
}
"""Keywords whose value is a schema or several."""
