"""JSON objects with typed attributes: the base of every generated model.

A `Record` is a ``dict``: it holds the JSON object as it was sent, under the names of the wire, and
goes wherever a ``dict`` goes (``json.dumps``, ``**``, pandas, FastAPI, pickle). Its attributes are
the documented fields, typed: timestamps are ``datetime``, objects are records, an optional field
that was not sent is ``None``. Both are views of one value, so that they never disagree.
"""

from collections.abc import Callable, Iterator, Mapping, MutableSequence, Sequence
from contextlib import suppress
from contextvars import ContextVar
from importlib import import_module
from typing import Any, ClassVar, Self, TypeVar, cast, dataclass_transform

import attrs

from redenlab.lowlevel import decoding, encoding
from redenlab.lowlevel.decoding import Decoder
from redenlab.lowlevel.errors import SchemaError

_ABSENT: Any = object()


class Field:
    """A documented field: reads and writes one key of a record.

    Attributes:
        name: Of the attribute.
        wire: The key.
        required: Whether every record has the key.
        default: What a new record has where nothing else is given.
        accepts: Types of JSON values that need no look by the decoder.
        spellings: Further keys under which services send it.
        secret: Whether its value is never shown.
    """

    __slots__ = (
        *("_passes", "accepts", "decoder", "default", "name", "required"),
        *("secret", "spellings", "wire"),
    )

    def __init__(  # noqa: PLR0913 - what a field is made of
        self,
        decoder: Decoder[Any],
        wire: str | None,
        default: Any,
        *,
        required: bool,
        spellings: tuple[str, ...] = (),
        secret: bool = False,
    ) -> None:
        self.decoder: Decoder[Any] = decoder
        self.wire: str = wire or ""
        self.default: Any = default
        self.required: bool = required
        self.spellings: tuple[str, ...] = spellings
        self.secret: bool = secret
        self._passes = decoder.passes
        self.accepts: frozenset[type] = (
            decoder.passes if self.required else decoder.passes | {type(None)}
        )

    def __set_name__(self, owner: type, name: str) -> None:
        self.name: str = name
        self.wire = self.wire or name

    def __get__(self, record: "Record | None", owner: type | None = None) -> Any:
        if record is None:
            return self
        value = record.get(self.wire)
        if type(value) in self._passes:
            return value
        if value is None and not self.required:
            return None
        try:
            return self._decoded(record, value)
        except SchemaError:
            if self.required:
                raise
            return None  # the value is not as documented; it is in the mapping as it was sent

    def __set__(self, record: "Record", value: Any) -> None:
        if value is None and not self._takes_null():
            record.pop(self.wire, None)
        else:
            self._decoded(record, encoding.plain(value), keep=True)

    def _takes_null(self) -> bool:
        try:
            return self.decoder.decode(None) is None
        except SchemaError:
            return False

    def check(self, record: "Record") -> None:
        """Make the value of a record that is read the typed one, where that is JSON itself.

        Raises:
            SchemaError: It is missing or does not fit.
        """
        value = record.get(self.wire, _ABSENT)
        if value is _ABSENT:
            if self.required:
                raise SchemaError("a value", "nothing", f"/{self.wire}")
            return
        try:
            self._decoded(record, value)
        except SchemaError as error:
            noted, error = decoding.notes.get(), error.prefixed(self.wire)
            if self.required or noted is None:
                raise error from None
            noted.append(error.problem)

    def _decoded(self, record: "Record", value: Any, *, keep: bool = False) -> Any:
        found = self.decoder.decode(value)
        if self.decoder.in_place:
            record[self.wire] = found
        elif keep:
            record[self.wire] = value
        return found


def field(  # noqa: PLR0913 - what the spec says of a property
    decoder: Decoder[Any],
    *,
    name: str | None = None,
    default: Any = _ABSENT,
    required: bool = False,
    spellings: tuple[str, ...] = (),
    secret: bool = False,
) -> Any:
    """A field of a record.

    Args:
        decoder: Of its values.
        name: The key, where it is no Python name or another than the attribute's.
        default: What a new record has where the field is not given; ``None`` leaves the key out.
            A field without a default is required.
        required: Whether every record has the key, although a new one has a default.
        spellings: Further keys under which services send it; it is kept under its own.
        secret: Whether its value stays out of the text of a record, and of tables.
    """
    return Field(
        decoder,
        name,
        default,
        required=required or default is _ABSENT,
        spellings=spellings,
        secret=secret,
    )


class _AttrsFields:
    """The fields for `attrs`: ``attrs.asdict``, ``attrs.fields``, ``attrs.evolve``."""

    def __get__(self, record: object, owner: type["Record"]) -> tuple[Any, ...]:
        given: dict[str, Any] = {
            each.name: attrs.field(
                default=attrs.NOTHING if each.default is _ABSENT else each.default
            )
            for each in owner.__fields__.values()
        }
        found = tuple(attrs.fields(attrs.make_class(owner.__name__, given, kw_only=True)))
        owner.__attrs_attrs__ = found
        return found


@dataclass_transform(kw_only_default=True, eq_default=False, field_specifiers=(field,))
class Record(dict[str, Any]):
    """A JSON object with typed attributes."""

    __fields__: ClassVar[Mapping[str, Field]] = {}
    """The documented fields, by the names of the attributes."""
    __attrs_attrs__: ClassVar[Any] = _AttrsFields()
    _checks: ClassVar[tuple[tuple[str, frozenset[type], Field], ...]] = ()
    _rest: ClassVar[Decoder[Any] | None] = None
    _spellings: ClassVar[tuple[tuple[str, str], ...]] = ()
    _request_id: str | None = None  # no field may be called so

    def __init_subclass__(cls, rest: Decoder[Any] | None = None) -> None:
        """Collect the fields; `rest` decodes what is under all other keys."""
        own = {name: each for name, each in vars(cls).items() if isinstance(each, Field)}
        cls.__fields__ = {**cls.__fields__, **own}
        cls._checks = tuple((each.wire, each.accepts, each) for each in cls.__fields__.values())
        cls._rest = rest or cls._rest
        cls._spellings = tuple(
            (other, each.wire) for each in cls.__fields__.values() for other in each.spellings
        )
        cls.__attrs_attrs__ = _AttrsFields()

    def __init__(self, **values: Any) -> None:
        """Make a record of the values of its fields.

        Raises:
            TypeError: There is no such field, or a required one is missing.
            SchemaError: A value does not fit.
        """
        super().__init__()
        if unknown := values.keys() - self.__fields__.keys():
            raise TypeError(f"{type(self).__name__} has no field {min(unknown)!r}")
        for name, each in self.__fields__.items():
            value = values.get(name, each.default)
            if value is _ABSENT:
                raise TypeError(f"{type(self).__name__} needs the field {name!r}")
            if value is not None or name in values:
                each.__set__(self, value)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        """Read a JSON object.

        Raises:
            SchemaError: A value is missing or has the wrong type.
        """
        found = cls.__new__(cls)
        found.update(decoding.mapping.decode(src_dict))
        found._respell()  # noqa: SLF001 - its own
        get = found.get
        for wire, accepts, each in cls._checks:
            if type(get(wire)) not in accepts:
                each.check(found)
        if cls._rest is not None:
            found._read_rest(cls._rest)  # noqa: SLF001 - its own
        return found

    @classmethod
    def from_list(cls, values: Sequence[Any]) -> "Records[Self]":
        """Read an array of JSON objects.

        Raises:
            SchemaError: One of them does not fit; the pointer begins with its index.
        """
        return cls.from_own([*values])

    @classmethod
    def from_own(cls, values: MutableSequence[Any]) -> "Records[Self]":
        """Read an array that is given up: its objects are replaced by their records.

        So a long array is not held twice. Raises as `from_list`.
        """
        if cls._rest is None and not cls._spellings and {dict}.issuperset(map(type, values)):
            # A field at a time: for long lists that costs half as much as a record at a time.
            kinds: dict[str, set[type[Any]]] = {
                wire: {type(value.get(wire)) for value in values} for wire, _, _ in cls._checks
            }
            unsure = [each for wire, accepts, each in cls._checks if not kinds[wire] <= accepts]
            for index, value in enumerate(values):
                values[index] = one = cls.__new__(cls)
                one.update(value)
            found = Records(values)
            with suppress(SchemaError):  # the error is looked for below, with its index
                for each in unsure:
                    for one in found:
                        each.check(one)
                return found
        return Records(decoding.elements(cls.from_dict, values))

    def _respell(self) -> None:
        """Move values that were sent under other keys to those of their fields."""
        for other, wire in self._spellings:
            if self.get(wire) is None and other in self:
                self[wire] = self.pop(other)

    def _read_rest(self, rest: Decoder[Any]) -> None:
        known = {each.wire for each in self.__fields__.values()}
        for key in self.keys() - known:
            try:
                decoded = rest.decode(self[key])
            except SchemaError as error:
                raise error.prefixed(key) from None
            if rest.in_place:
                self[key] = decoded

    @property
    def additional_properties(self) -> dict[str, Any]:
        """What the service sent beyond the documented fields."""
        known = {each.wire for each in self.__fields__.values()}
        found = {key: value for key, value in self.items() if key not in known}
        if self._rest is None:
            return found
        return {key: self._rest.decode(value) for key, value in found.items()}

    def to_dict(self) -> dict[str, Any]:
        """The JSON object as new plain containers."""
        return cast("dict[str, Any]", encoding.plain(self))

    def copy(self) -> Self:
        """A shallow copy."""
        found = type(self).__new__(type(self))
        found.update(self)
        return found

    def __setattr__(self, name: str, value: Any) -> None:
        """Set a field; another name is a typing error, and would be lost."""
        if name not in self.__fields__ and not name.startswith("_"):
            raise AttributeError(f"{type(self).__name__} has no field {name!r}")
        super().__setattr__(name, value)

    def __repr__(self) -> str:
        from redenlab.lowlevel import display  # noqa: PLC0415 - a program may never print one

        return display.text(self)

    def __rich_repr__(self) -> Iterator[tuple[str, Any]]:
        """The fields that there are, for `rich`."""
        from redenlab.lowlevel import display  # noqa: PLC0415 - a program may never print one

        for name, value in {**dict(display.present(self)), **self.additional_properties}.items():
            yield display.without_queries(name), display.without_secrets(value)

    def _repr_html_(self) -> str:
        from redenlab.lowlevel import display  # noqa: PLC0415 - for notebooks alone

        return display.html(self)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        """How pydantic reads and writes a record: by `from_dict` and `to_dict`."""
        from pydantic_core import core_schema  # noqa: PLC0415 - called by pydantic alone

        return core_schema.no_info_plain_validator_function(
            lambda value: value if type(value) is cls else cls.from_dict(value),
            serialization=core_schema.plain_serializer_function_ser_schema(encoding.plain),
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: Any) -> dict[str, Any]:
        """See `json_schema`."""
        return json_schema(cls)


R = TypeVar("R", bound=Record)


class Records(list[R]):
    """Records of one type: a list that is also a table with a column for each field."""

    def rows(self) -> list[dict[str, Any]]:
        """One ``dict`` a record, by names of attributes, typed; ``None`` where nothing was sent."""
        return [{name: getattr(each, name) for name in each.__fields__} for each in self]

    def to_pandas(self) -> Any:
        """The rows as a ``pandas.DataFrame``.

        Raises:
            ImportError: pandas is not installed.
        """
        pandas: Any = import_module("pandas")  # for those who have it
        return pandas.DataFrame(self.rows())

    def _repr_html_(self) -> str:
        from redenlab.lowlevel import display  # noqa: PLC0415 - for notebooks alone

        return display.table(self)


def record(of: Callable[[], type[R]]) -> Decoder[R]:
    """An object that is a record.

    Args:
        of: Returns its class, which need not be imported before.
    """

    def decode(value: Any) -> R:
        cls = of()
        return value if type(value) is cls else cls.from_dict(value)

    return Decoder(decode, schema=lambda: json_schema(of()))


def records(of: Callable[[], type[R]]) -> Decoder[Records[R]]:
    """An array of records; see `record`."""

    def decode(value: Any) -> Records[R]:
        if not isinstance(value, list):
            raise decoding.mismatch("an array", value)
        return of().from_list(cast("Sequence[Any]", value))

    return Decoder(decode, Records, schema=lambda: {"type": "array", "items": json_schema(of())})


_above: ContextVar[tuple[type[Record], ...]] = ContextVar("above", default=())


def json_schema(cls: type[Record]) -> dict[str, Any]:
    """The documented fields as JSON Schema; a record within one of its own type has none there."""
    from redenlab.lowlevel import display  # noqa: PLC0415 - for pydantic alone

    found: dict[str, Any] = {"type": "object", "title": cls.__name__}
    fields = cls.__fields__.values()
    if cls in _above.get():
        return found
    said = {name: {"description": text} for name, text in display.descriptions(cls).items()}
    token = _above.set((*_above.get(), cls))
    try:
        found["properties"] = {
            each.wire: {**each.decoder.schema(), **said.get(each.name, {})} for each in fields
        }
    finally:
        _above.reset(token)
    if required := [each.wire for each in fields if each.required]:
        found["required"] = required
    return found


def request_id_of(result: Record) -> str | None:
    """The service's id of the request that brought a record; ``None`` where it sent none."""
    return result._request_id  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - of this module
