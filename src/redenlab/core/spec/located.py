"""From the text of a document, YAML or JSON, to mappings that know their lines.

YAML is read by the rules of version 1.2 (its core schema), which OpenAPI asks for (3.1, section
4.2): ``no``, ``12:30`` and ``2026-01-01`` are texts. Mappings are built from the events of the
parser; PyYAML's own constructors take four times as long for a document of three megabytes.
"""

import json
import re
from bisect import bisect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, NoReturn, cast

import yaml

from redenlab.core.errors import SpecError

MAX_DEPTH: Final = 200
"""How deep a document may be nested; every reader of it calls itself once a level."""

MAX_DIGITS: Final = 300
"""How many characters a number may have; a float holds no larger one."""

MAX_NODES: Final = 5_000_000
"""How many values a document may have once its aliases are written out."""


class Place(NamedTuple):
    """A line of a file, counted from one."""

    file: str
    line: int


class LocatedMapping(dict[str, Any]):
    """A mapping that knows where it stands, and where its keys do.

    Attributes:
        places: Of its keys; an overlay's keys stand in another file.
    """

    def __init__(self, place: Place = Place("", 1)) -> None:  # noqa: B008 - immutable
        super().__init__()
        self.place = place
        self.places: dict[str, Place] = {}

    def copy(self) -> "LocatedMapping":
        """The same keys and values at the same place."""
        made = LocatedMapping(self.place)
        made.update(self)
        made.places.update(self.places)
        return made


class _Anchored(NamedTuple):
    value: Any
    size: int


@dataclass(slots=True)
class _Open:
    """A mapping or a list that has begun.

    Attributes:
        key: The key whose value comes next.
        before: How many values the document had before it.
        merged: Values of its merge keys.
    """

    value: Any
    anchor: str | None
    before: int
    key: str | None = None
    merged: list[LocatedMapping] = field(default_factory=list[LocatedMapping])


class _Builder:
    """Builds a document from what a parser reports, one value after the other."""

    def __init__(self, file: str) -> None:
        self.document: Any = None
        self._file = file
        self._open: list[_Open] = []
        self._anchors: dict[str, _Anchored | None] = {}
        self._size = 0

    def error(self, line: int, problem: str) -> SpecError:
        return SpecError(f"{self._file}:{line}: {problem}")

    def open(self, value: Any, line: int, anchor: str | None = None) -> None:
        """Begin a mapping or a list."""
        if len(self._open) >= MAX_DEPTH:
            raise self.error(line, f"this is nested deeper than {MAX_DEPTH} levels")
        if anchor is not None:
            self._anchors[anchor] = None
        self._open.append(_Open(value, anchor, self._size))

    def close(self, line: int) -> None:
        """End what was begun last."""
        ended = self._open.pop()
        if ended.merged:
            _merge(ended.value, ended.merged)
        self._add(ended.value, line, ended.anchor, self._size - ended.before)

    def scalar(self, value: Any, line: int, anchor: str | None = None) -> None:
        """A value that is no mapping and no list."""
        self._add(value, line, anchor, 0)

    def key(self, name: str, line: int) -> None:
        """The key of the value that comes next."""
        places = cast("LocatedMapping", self._open[-1].value).places
        if name in places and name != "<<":
            other = places[name].line
            raise self.error(line, f"the key '{name}' is here twice; it is in line {other}, too")
        places[name] = Place(self._file, line)
        self._open[-1].key = name

    def alias(self, name: str, line: int) -> None:
        """A value that stands elsewhere."""
        found = self._anchors.get(name)
        if found is None:
            problem = "stands within itself" if name in self._anchors else "does not exist"
            raise self.error(line, f"the anchor '{name}' {problem}")
        self._size += found.size
        self._add(found.value, line, None, 0)

    @property
    def wants_key(self) -> bool:
        """Whether the next value is the key of a mapping."""
        return bool(self._open) and (
            self._open[-1].key is None and isinstance(self._open[-1].value, dict)
        )

    def mapping(self, line: int) -> LocatedMapping:
        """A new mapping."""
        return LocatedMapping(Place(self._file, line))

    def _add(self, value: Any, line: int, anchor: str | None, size: int) -> None:
        self._size += 1
        if self._size > MAX_NODES:
            raise self.error(line, "its aliases stand for more values than a document may have")
        if anchor is not None:
            self._anchors[anchor] = _Anchored(value, size + 1)
        if not self._open:
            self.document = value
            return
        owner = self._open[-1]
        if owner.value.__class__ is list:  # of which type checkers ask no more
            owner.value.append(value)
            return
        name, owner.key = owner.key, None
        if name != "<<":
            owner.value[name] = value
            return
        for each in cast("Iterable[Any]", value) if isinstance(value, list) else [value]:
            if not isinstance(each, LocatedMapping):
                raise self.error(line, "'<<' takes a mapping, or a list of mappings")
            owner.merged.append(each)


def _merge(mapping: LocatedMapping, others: list[LocatedMapping]) -> None:
    """Put the keys of `others` first (the merge key of YAML 1.1); its own values stay."""
    own = mapping.copy()
    mapping.clear()
    for each in (*reversed(others), own):
        mapping.update(each)
        mapping.places.update(each.places)
    mapping.places.pop("<<", None)


def read(content: bytes, file: str) -> Any:
    """The document that `content` is; `file` names it in errors.

    Raises:
        SpecError: It is neither YAML nor JSON; the text has the line.
    """
    if file.endswith(".json") or content.lstrip()[:1] == b"{":
        try:
            text = _json_text(content)
        except ValueError as error:
            if file.endswith(".json"):
                line = f":{error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
                raise SpecError(f"{file}{line}: this is not valid JSON: {error}") from None
        except RecursionError:
            raise SpecError(f"{file}: this is nested deeper than {MAX_DEPTH} levels") from None
        else:
            return _read_json(text, file)
    try:
        return _read_yaml(content, file)
    except yaml.YAMLError as error:
        raise _not_yaml(error, file) from None


def _not_yaml(error: yaml.YAMLError, file: str) -> SpecError:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        line = error.problem_mark.line + 1
        said = " ".join(filter(None, (error.context, error.problem)))
        return SpecError(f"{file}:{line}: this is not valid YAML: {said}")
    return SpecError(f"{file}: this is not valid YAML: {' '.join(str(error).split())}")


# ---- YAML --------------------------------------------------------------------------------------

_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLS: Final = {
    word: word.lower() == "true" for word in ("true", "True", "TRUE", "false", "False", "FALSE")
}
_NUMBER: Final = re.compile(
    r"(?P<int>[-+]?[0-9]+)|(?P<octal>0o[0-7]+)|(?P<hex>0x[0-9a-fA-F]+)"
    r"|(?P<float>[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?)"
)


def _read_yaml(content: bytes, file: str) -> Any:
    builder = _Builder(file)
    documents = 0
    event: Any
    for event in yaml.parse(content, _Loader):
        kind: type[object] = event.__class__
        line: int = event.start_mark.line + 1
        if kind is yaml.ScalarEvent:
            if builder.wants_key:
                builder.key(event.value, line)
            else:
                builder.scalar(_scalar(event, builder, line), line, event.anchor)
        elif builder.wants_key and kind in _VALUES:
            raise builder.error(line, "a key has to be a text")
        elif kind in {yaml.MappingStartEvent, yaml.SequenceStartEvent}:
            _refuse_tag(event, builder, line)
            mapping = kind is yaml.MappingStartEvent
            builder.open(builder.mapping(line) if mapping else [], line, event.anchor)
        elif kind in {yaml.MappingEndEvent, yaml.SequenceEndEvent}:
            builder.close(line)
        elif kind is yaml.AliasEvent:
            builder.alias(event.anchor, line)
        elif kind is yaml.DocumentStartEvent:
            documents += 1
            if documents > 1:
                raise builder.error(line, "a second document begins here; a spec is one")
    return builder.document


_VALUES: Final = {yaml.MappingStartEvent, yaml.SequenceStartEvent, yaml.AliasEvent}


_TAGS: Final = {f"tag:yaml.org,2002:{name}" for name in ("int", "float", "bool", "null")}
_TEXT: Final = "tag:yaml.org,2002:str"
_COLLECTIONS: Final = {"tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"}


def _refuse_tag(event: Any, builder: _Builder, line: int) -> None:
    if event.tag is not None and event.tag not in {*_TAGS, *_COLLECTIONS, _TEXT}:
        raise builder.error(line, f"the tag '{event.tag}' is none of JSON's types; remove it")


def _scalar(event: Any, builder: _Builder, line: int) -> Any:
    """The value of a scalar: by its tag, or where it is plain, by its form."""
    text: str = event.value
    _refuse_tag(event, builder, line)
    if not event.implicit[0] and event.tag not in _TAGS:
        return text
    if text in _NULLS:
        return None
    if text in _BOOLS:
        return _BOOLS[text]
    if text[0] not in "0123456789+-.":
        return text
    found = _NUMBER.fullmatch(text)
    if found is None:
        return text
    if len(text) > MAX_DIGITS:
        raise builder.error(line, f"this number has more than {MAX_DIGITS} digits")
    return _number(found)


def _number(found: re.Match[str]) -> float:
    if found["octal"] or found["hex"]:
        return int(found[0], 0)
    return int(found[0]) if found["int"] else float(found[0])


def _is_text(value: str) -> bool:
    """Whether it can be written: half of a surrogate pair, which JSON can escape, cannot."""
    return value.isascii() or not re.search("[\ud800-\udfff]", value)


# ---- JSON --------------------------------------------------------------------------------------

_TOKENS: Final = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\]]|[^\s{}\[\]:,"]+')


def _json_text(content: bytes) -> str:
    """The text of a JSON document, checked by the parser of the standard library."""
    text = content.decode(json.detect_encoding(content))  # as the parser itself does
    json.loads(text, parse_constant=_no_number)
    return text


def _read_json(text: str, file: str) -> Any:
    """Valid JSON, read again for its lines, which that parser does not tell."""
    newlines = [found.start() for found in re.finditer("\n", text)]
    builder = _Builder(file)
    for found in _TOKENS.finditer(text):
        line = bisect(newlines, found.start()) + 1
        _JSON.get(found[0][0], _json_scalar)(builder, found[0], line)
    return builder.document


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no JSON number")


def _json_scalar(builder: _Builder, token: str, line: int) -> None:
    plain = token[0] == '"' and "\\" not in token
    value = token[1:-1] if plain else json.loads(token)
    if isinstance(value, str) and not _is_text(value):
        raise builder.error(line, "this text has half a character; write both of its halves")
    if builder.wants_key:
        builder.key(value, line)
    else:
        builder.scalar(value, line)


_JSON: Final[Mapping[str, Callable[[_Builder, str, int], None]]] = {
    "{": lambda builder, _, line: builder.open(builder.mapping(line), line),
    "[": lambda builder, _, line: builder.open([], line),
    "}": lambda builder, _, line: builder.close(line),
    "]": lambda builder, _, line: builder.close(line),
}
