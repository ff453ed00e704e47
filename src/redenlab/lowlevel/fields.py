"""What generated models have: the names, types and descriptions of their fields."""

import inspect
import json
import re
import sys
from collections.abc import Iterator
from types import NoneType, UnionType
from typing import Any, Literal, TypeAlias, Union, get_args, get_origin, get_type_hints

import attrs

from redenlab.lowlevel.display import descriptions
from redenlab.lowlevel.records import Record

Model: TypeAlias = type[Record]
"""A generated class."""

REST = "additional_properties"

_REST_TYPE = re.compile(rf"def {REST}\(self\) -> (dict\[.*\]):")
"""How a generated class says of what type its other keys are."""


@attrs.frozen
class ModelField:
    """A field of a generated model.

    Attributes:
        name: Of the attribute.
        wire: The key in JSON; empty for what is under all other keys.
        type: As it is written in Python; with ``None`` for what may be absent.
        required: Whether every object has it.
        description: What the spec says of it; empty for nothing.
        models: The models that its type names, each once.
    """

    name: str
    wire: str
    type: str
    required: bool
    description: str
    models: tuple[Model, ...]


def fields(model: Model) -> Iterator[ModelField]:
    """The fields of a generated model, in order.

    What is under all other keys comes last, where the spec says of what type it is.
    """
    types, said = _hints(model, model), descriptions(model)
    for name, field in model.__fields__.items():
        yield _field(name, field.wire, types[name], said.get(name, ""), required=field.required)
    rest = _REST_TYPE.search(_source(model))
    if rest is not None:
        kind = _hints(type("Rest", (), {"__annotations__": {REST: rest[1]}}), model)[REST]
        yield _field(REST, "", kind, "What is under all other keys.", required=True)


def _field(name: str, wire: str, kind: Any, said: str, *, required: bool) -> ModelField:
    found = tuple(dict.fromkeys(models_of(kind)))
    return ModelField(name, wire, type_name(kind), required, said, found)


def description(model: Model) -> str:
    """What the spec says of a generated model, in one line; empty for nothing."""
    text = " ".join((inspect.getdoc(model) or "").split())
    return "" if text == model.__name__ else text


def type_name(kind: Any) -> str:
    """A type as it is written in Python: ``float | None``, ``list[Turn]``, ``Literal["a"]``."""
    if kind is NoneType:
        return "None"
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in {Union, UnionType}:
        parts = [type_name(part) for part in arguments]
        return " | ".join(sorted(parts, key=lambda part: part == "None"))
    if origin is Literal:
        words = (json.dumps(word) if isinstance(word, str) else repr(word) for word in arguments)
        return f"Literal[{', '.join(words)}]"
    name = str(getattr(origin or kind, "__name__", kind))
    return f"{name}[{', '.join(map(type_name, arguments))}]" if arguments else name


def models_of(kind: Any) -> Iterator[Model]:
    """The generated models that a type names, however deep, some of them more than once."""
    if isinstance(kind, type) and issubclass(kind, Record):
        yield kind
    for part in get_args(kind):
        yield from models_of(part)


class _Siblings(dict[str, Any]):
    """The models of the package of a model, each imported when it is first asked for."""

    def __init__(self, model: Model) -> None:
        super().__init__()
        self._package = sys.modules.get(model.__module__.rpartition(".")[0])

    def __missing__(self, name: str) -> Any:
        if name not in getattr(self._package, "__all__", ()):
            raise KeyError(name)
        return getattr(self._package, name)


def _hints(annotated: type[Any], model: Model) -> dict[str, Any]:
    """The types of annotations in the module of `model`, which imports others for types alone."""
    return get_type_hints(annotated, vars(sys.modules[model.__module__]), _Siblings(model))


def _source(model: Model) -> str:
    try:
        return inspect.getsource(model)
    except OSError:
        return ""
