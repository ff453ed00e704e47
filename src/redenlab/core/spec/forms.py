"""Reads a block of a spec into a `Block`: keys, types and forms in one place.

The class is the grammar. A field without a default is a required key; its type says what a
value has to be, and ``Annotated[…, Form(…)]`` or ``Annotated[…, Range(…)]`` narrows it. The JSON
schema of ``x-job`` that editors use is written from the same classes.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from types import UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NamedTuple,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
    get_type_hints,
)

from redenlab.core.errors import SpecError
from redenlab.core.spec.blocks import Block

B = TypeVar("B", bound=Block)

Locate = Callable[[Any, str, str | None], SpecError]
"""Makes the error for a node, a problem and perhaps one of its keys; see `Spec.error`."""


class Form(NamedTuple):
    """The form of a text.

    Attributes:
        pattern: Regular expression for the whole text.
        description: What the text is, for error messages: ``a place in the request body``.
    """

    pattern: str
    description: str


class Range(NamedTuple):
    """The limits of a number; `above` is exclusive."""

    minimum: float | None = None
    above: float | None = None
    maximum: float | None = None

    @property
    def description(self) -> str:
        """For error messages."""
        if self.maximum is not None:
            return f"a number from {self.minimum:g} to {self.maximum:g}"
        if self.above is not None:
            return f"a number above {self.above:g}"
        return f"a number of at least {self.minimum:g}"


class Key(NamedTuple):
    """One key of a block.

    Attributes:
        name: In the spec.
        field: In the class.
    """

    name: str
    field: str
    kind: Any
    required: bool


@lru_cache(maxsize=64)
def keys(block: type[Block]) -> Mapping[str, Key]:
    """The keys that `block` knows, by their names in the spec."""
    hints = get_type_hints(block, include_extras=True)
    found: dict[str, Key] = {}
    for field, name in block.keys.items():
        found[name] = Key(name, field, hints[field], field not in block.defaults)
    return found


def read(block: type[B], node: Any, locate: Locate, name: str) -> B:
    """Read `node`, the value of the key `name`, as a `block`."""
    if not isinstance(node, Mapping):
        raise locate(node, f"{name} has to be a mapping", None)
    mapping = cast("Mapping[str, Any]", node)
    known: Mapping[str, Key] = keys(cast("Any", block))
    for key in mapping:
        if key not in known:
            raise locate(node, f"{name} has no key '{key}'; {_suggestion(key, known)}", key)
    for each in known.values():
        if each.required and each.name not in mapping:
            raise locate(node, f"{name} needs the key '{each.name}'", None)
    values = {
        key.field: _value(key.kind, mapping[key.name], node, locate, key.name)
        for key in known.values()
        if key.name in mapping
    }
    return block(**values)


def _suggestion(key: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - for a mistake alone

    close = get_close_matches(str(key), list(known), 1)
    return f"did you mean '{close[0]}'?" if close else f"it knows {', '.join(sorted(known))}"


def _value(kind: Any, value: Any, owner: Any, locate: Locate, name: str) -> Any:
    """`value` as `kind`, for the key `name` of `owner`."""
    form: Any = None
    if get_origin(kind) is Annotated:
        kind, form = get_args(kind)[:2]
    origin = get_origin(kind)
    if origin in {Union, UnionType}:
        kinds = [each for each in get_args(kind) if each is not type(None) or value is None]
        return _of_union(kinds, value, owner, locate, name)
    if isinstance(kind, type) and issubclass(kind, Block):
        return read(kind, value, locate, name)
    if origin is tuple and isinstance(value, list):
        items = cast("Iterable[Any]", value)
        return tuple(_value(get_args(kind)[0], item, owner, locate, name) for item in items)
    if origin is not None and origin is not Literal and issubclass(origin, Mapping):
        return _of_mapping(get_args(kind), value, owner, locate, name)
    if not _fits(kind, value) or not _is_of(form, value):
        expected = form.description if form is not None else _described(kind)
        raise locate(owner, f"{name} is {_shown(value)}; write {expected}", name)
    return value


def _of_union(kinds: Iterable[Any], value: Any, owner: Any, locate: Locate, name: str) -> Any:
    """The first of `kinds` that reads `value`; the error of the one that comes closest."""
    problem: SpecError | None = None
    for kind in kinds:
        try:
            return _value(kind, value, owner, locate, name)
        except SpecError as error:
            if problem is None or isinstance(value, Mapping):
                problem = error
    assert problem is not None  # noqa: S101 - a union has members
    raise problem


def _of_mapping(
    kinds: tuple[Any, ...], value: Any, owner: Any, locate: Locate, name: str
) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise locate(owner, f"{name} has to be a mapping", name)
    pairs = cast("Mapping[str, Any]", value)
    for key in pairs:
        _value(kinds[0], key, value, locate, key)
    return {key: _value(kinds[1], item, value, locate, key) for key, item in pairs.items()}


def _fits(kind: Any, value: Any) -> bool:
    if kind is Any:
        return True
    if get_origin(kind) is Literal:
        return any(value == choice and type(value) is type(choice) for choice in get_args(kind))
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind is type(None):
        return value is None
    return type(value) is kind


def _is_of(form: Any, value: Any) -> bool:
    if isinstance(form, Form):
        return re.fullmatch(form.pattern, value) is not None
    if isinstance(form, Range):
        low = form.minimum is None or value >= form.minimum
        high = form.maximum is None or value <= form.maximum
        return low and high and (form.above is None or value > form.above)
    return True


_NAMES = {str: "a text", bool: "true or false", int: "an integer", float: "a number"}


def _described(kind: Any) -> str:
    if get_origin(kind) is Literal:
        return f"one of {', '.join(map(str, get_args(kind)))}"
    return "a list" if get_origin(kind) is tuple else _NAMES.get(kind, "nothing")


def _shown(value: Any) -> str:
    return f"'{value}'" if isinstance(value, str) else str(value)[:60]
