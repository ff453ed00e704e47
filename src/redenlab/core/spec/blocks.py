"""The base of blocks: what stands in a spec, as an immutable value."""

from collections.abc import Iterator, Mapping
from inspect import get_annotations
from types import MappingProxyType
from typing import Any, ClassVar, Self, dataclass_transform

EMPTY: Mapping[str, Any] = MappingProxyType({})
"""The default of mappings, which nothing may write to."""


class Named:
    """A key of a block that has another name than its field."""

    def __init__(self, key: str, default: Any) -> None:
        self.key = key
        self.default = default


def named(key: str, *, default: Any = ...) -> Any:
    """A field that is called `key` in the spec; without a default it is required."""
    return Named(key, default)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(named,))
class Block:
    """A block of a spec: made by keyword, compared by value.

    It is no dataclass, since the methods that one generates cost each import of a client about a
    millisecond a class, and there are thirty.
    """

    keys: ClassVar[Mapping[str, str]] = EMPTY
    """The fields, and the key of each in the spec."""
    defaults: ClassVar[Mapping[str, Any]] = EMPTY
    """The fields that need not be given."""

    def __init_subclass__(cls) -> None:
        """Collect the fields: those of the bases first."""
        own = [name for name in get_annotations(cls) if name[0] != "_"]
        keys, defaults = dict(cls.keys), dict(cls.defaults)
        for name in own:
            value = cls.__dict__.get(name, ...)
            keys[name] = value.key if isinstance(value, Named) else name
            default = value.default if isinstance(value, Named) else value
            defaults.pop(name, None)
            if default is not ...:
                defaults[name] = default
                setattr(cls, name, default)
            elif name in cls.__dict__:
                delattr(cls, name)
        cls.keys, cls.defaults = keys, defaults

    def __init__(self, **values: Any) -> None:
        """Set the fields.

        Raises:
            TypeError: A field is missing, or there is no such field.
        """
        if unknown := values.keys() - self.keys.keys():
            raise TypeError(f"{type(self).__name__} has no {', '.join(sorted(unknown))}")
        if missing := self.keys.keys() - self.defaults.keys() - values.keys():
            raise TypeError(f"{type(self).__name__} needs {', '.join(sorted(missing))}")
        self.__dict__.update(values)

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"{type(self).__name__} cannot be changed")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} cannot be changed")

    def __eq__(self, other: object) -> bool:
        """Compare all fields."""
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.keys)

    def __hash__(self) -> int:
        raise TypeError(f"{type(self).__name__} cannot be hashed, since its fields may be mappings")

    def __repr__(self) -> str:
        given = ", ".join(f"{name}={value!r}" for name, value in self.given())
        return f"{type(self).__name__}({given})"

    def given(self) -> Iterator[tuple[str, Any]]:
        """The fields that have no default value, with their values."""
        for name in self.keys:
            value = getattr(self, name)
            if name not in self.defaults or value != self.defaults[name]:
                yield name, value

    def replace(self, **changes: Any) -> Self:
        """This block with other values of some fields."""
        values = {name: getattr(self, name) for name in self.keys}
        return type(self)(**{**values, **changes})
