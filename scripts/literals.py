"""Descriptions as Python source: objects as calls, without the fields that have defaults."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from redenlab.core.spec.blocks import Block

UNUSED = {"types"}
"""Fields of a result that other parts of the description repeat."""


def literal(value: Any) -> str:
    """The expression that makes `value` again, where every class is imported by its name."""
    if isinstance(value, Block):
        fields = (f"{name}={literal(item)}" for name, item in value.given() if name not in UNUSED)
        return f"{type(value).__name__}({', '.join(fields)})"
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = (
            f"{field.name}={literal(getattr(value, field.name))}"
            for field in dataclasses.fields(value)
            if getattr(value, field.name) != _default(field)
        )
        return f"{type(value).__name__}({', '.join(fields)})"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key!r}: {literal(item)}' for key, item in value.items())}}}"
    if isinstance(value, tuple):
        items = [literal(item) for item in value]
        return f"({', '.join(items)}{',' if len(items) == 1 else ''})"
    return repr(value)


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default
