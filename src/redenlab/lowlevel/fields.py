"""What generated models have: the names, types and descriptions of their fields."""

import inspect
import json
import re
import sys
from collections.abc import Iterator, Mapping
from types import NoneType, UnionType
from typing import Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

import attrs

from redenlab.lowlevel.types import Unset

Model: TypeAlias = type[Any]
"""A generated class."""

REST = "additional_properties"
"""The field for what a JSON object has beyond the fields of its model."""

_ATTRIBUTE = re.compile(r"^    (\w+): (.*(?:\n {5,}.*)*)", re.MULTILINE)


@attrs.frozen
class ModelField:
    """A field of a generated model.

    Attributes:
        name: Of the attribute.
        type: As it is written in Python; that a value may be `UNSET` is not part of it.
        required: Whether every object has it.
        description: What the spec says of it; empty for nothing.
        models: The models that its type names, each once.
    """

    name: str
    type: str
    required: bool
    description: str
    models: tuple[Model, ...]


def fields(model: Model) -> Iterator[ModelField]:
    """The fields of a generated model, in order.

    The rest of an object is one of them only where the spec says of what type it is.
    """
    types = get_type_hints(model, localns=_siblings(model))
    said = descriptions(model)
    for name in (field.name for field in attrs.fields(model)):
        kind = types[name]
        if name == REST and kind == dict[str, Any]:
            continue
        required = Unset not in get_args(kind)
        models = tuple(dict.fromkeys(models_of(kind)))
        yield ModelField(name, type_name(kind), required, said.get(name, ""), models)


def descriptions(model: Model) -> Mapping[str, str]:
    """What is said of the fields of a generated model, by their names, each in one line."""
    found = _ATTRIBUTE.findall(inspect.getdoc(model) or "")
    return {name: " ".join(text.split()) for name, text in found}


def description(model: Model) -> str:
    """What is said of a generated model itself, in one line; empty for nothing."""
    text = (inspect.getdoc(model) or "").partition("\n\nAttributes:")[0]
    return "" if text.strip() == model.__name__ else " ".join(text.split())


def type_name(kind: Any) -> str:
    """A type as it is written in Python: ``float | None``, ``list[Turn]``, ``Literal["a"]``."""
    if kind is NoneType:
        return "None"
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        parts = [type_name(part) for part in arguments if part is not Unset]
        return " | ".join(sorted(parts, key=lambda part: part == "None"))
    if origin is Literal:
        words = (json.dumps(word) if isinstance(word, str) else repr(word) for word in arguments)
        return f"Literal[{', '.join(words)}]"
    name = str(getattr(origin or kind, "__name__", kind))
    return f"{name}[{', '.join(map(type_name, arguments))}]" if arguments else name


def models_of(kind: Any) -> Iterator[Model]:
    """The generated models that a type names, however deep, some of them more than once."""
    if isinstance(kind, type) and attrs.has(kind):
        yield kind
    for part in get_args(kind):
        if part is not Unset:
            yield from models_of(part)


def _siblings(model: Model) -> dict[str, Any]:
    """Every model of the package of `model`, by name: models import each other for types alone."""
    package = sys.modules.get(model.__module__.rpartition(".")[0])
    return {name: getattr(package, name) for name in getattr(package, "__all__", ())}
