"""What the schemas of a spec demand of a value, without what only describes it.

A `redenlab.core.spec.job_spec.JobSpec` carries these schemas, and callers' values are held against
them by `redenlab.core.spec.schemas`.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

from redenlab.core.errors import SpecError
from redenlab.core.spec.document import Node, Spec
from redenlab.core.spec.schemas import SUBSCHEMAS, problems
from redenlab.core.spec.terms import FORMATS, TERMS
from redenlab.core.text import sanitize

NUMBER = "a number"
FLAG = "true or false"
COUNT = "a whole number from 0"
TEXT = "a text"
LIST = "a list"
MAPPING = "a mapping"

_FORMS: Mapping[str, tuple[str, ...]] = {
    "type": (TEXT, LIST),
    "nullable": (FLAG,),
    "enum": (LIST,),
    **dict.fromkeys(("minimum", "maximum", "multipleOf"), (NUMBER,)),
    **dict.fromkeys(("exclusiveMinimum", "exclusiveMaximum"), (NUMBER, FLAG)),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems"), (COUNT,)),
    **dict.fromkeys(("minProperties", "maxProperties"), (COUNT,)),
    "uniqueItems": (FLAG,),
    **dict.fromkeys(("pattern", "format", "$ref"), (TEXT,)),
    "required": (LIST,),
    **dict.fromkeys(("properties", "patternProperties"), (MAPPING,)),
    **dict.fromkeys(("additionalProperties", "items", "not"), (MAPPING, FLAG)),
    **dict.fromkeys(("prefixItems", "allOf", "anyOf", "oneOf"), (LIST,)),
}
"""What a keyword has to be; ``const`` is any JSON."""

_KEPT = {"type", "nullable", *TERMS, *SUBSCHEMAS}


class _Read(NamedTuple):
    """A schema of the spec, and what it demands."""

    node: Node
    demands: Mapping[str, Any]


class Constraints:
    """Collects what schemas demand.

    Attributes:
        definitions: What they refer to, by their ``$ref``.
    """

    def __init__(self, spec: Spec) -> None:
        self.definitions: dict[str, dict[str, Any]] = {}
        self._spec = spec
        self._read: list[_Read] = []

    def of(self, node: Any) -> dict[str, Any]:
        """What `node` demands; empty where any JSON will do, or where a file is sent.

        Raises:
            SpecError: A keyword has not the form that it needs.
        """
        if not isinstance(node, Mapping):
            return {} if node is not False else {"not": {}}
        mapping = cast("Node", node)
        if mapping.get("format") == "binary":
            return {}
        found: dict[str, Any] = {}
        for key in mapping:
            if key in _KEPT:
                self._check_form(mapping, key)
                found |= self._kept(key, mapping[key])
        if "additionalProperties" not in found and not any(found.get("properties", {}).values()):
            found.pop("properties", None)
        self._read.append(_Read(mapping, found))
        return found

    def check(self) -> None:
        """Refuse defaults, examples and members of enumerations that their own schema refuses."""
        for node, demands in self._read:
            for key, value in _samples(node):
                limits = {k: v for k, v in demands.items() if (k, key) != ("enum", "enum")}
                problem = next(problems(value, limits, self.definitions.__getitem__), None)
                if problem is not None:
                    name = f"a value of {key}" if key in {"enum", "examples"} else key
                    inner = f" at {problem.pointer}" if problem.pointer else ""
                    raise self._spec.error(node, f"{name}{inner} {problem.text}", key)

    def _check_form(self, node: Node, key: str) -> None:
        value, forms = node[key], _FORMS.get(key, ())
        if forms and not any(_is_of(form, value) for form in forms):
            raise self._error(node, key, " or ".join(forms))
        if key == "multipleOf" and value <= 0:
            raise self._error(node, key, "a number above 0")

    def _error(self, node: Node, key: str, wanted: str) -> SpecError:
        found = sanitize(str(node[key]))
        return self._spec.error(node, f"{key} is '{found}'; write {wanted}", key)

    def _kept(self, key: str, value: Any) -> Mapping[str, Any]:
        """What a keyword demands; empty where that is nothing."""
        if key == "$ref":
            return {key: value} if self._refers(value) else {}
        if key in {"properties", "patternProperties"}:
            return {key: {name: self.of(part) for name, part in value.items()}}
        if key in {"prefixItems", "allOf", "anyOf", "oneOf"}:
            parts = [self.of(part) for part in value]
            if key == "allOf":
                parts = [part for part in parts if part]
            empty = not any(parts) if key != "anyOf" else not all(parts)
            return {} if empty else {key: parts}
        if key in {"items", "additionalProperties"}:
            part = False if value is False else self.of(value)
            return {} if part == {} else {key: part}
        if key == "not":
            return {key: self.of(value)}
        nothing = (value is False and key != "const") or (key == "required" and not value)
        nothing |= key == "format" and value not in FORMATS
        return {} if nothing else {key: _plain(value)}

    def _refers(self, reference: str) -> bool:
        """Read what `reference` points to, once; whether it demands anything."""
        if reference not in self.definitions:
            self.definitions[reference] = {}  # for schemas that contain themselves
            found = self.of(self._spec.resolve({"$ref": reference}))
            self.definitions[reference] = found
            if not found:
                del self.definitions[reference]
            return bool(found)
        return True


def _samples(node: Node) -> Iterator[tuple[str, Any]]:
    """Values that a schema gives, each with its key; ``null`` for a default is none."""
    for key in ("default", "example"):
        if node.get(key) is not None:
            yield key, node[key]
    for key in ("enum", "examples"):
        listed = node.get(key)
        for value in cast("Sequence[Any]", listed if isinstance(listed, list) else ()):
            yield key, value


def _is_of(form: str, value: Any) -> bool:
    if form == FLAG:
        return isinstance(value, bool)
    if form == NUMBER:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if form == COUNT:
        return isinstance(value, int) and not isinstance(value, bool) and value >= 0
    return isinstance(value, {TEXT: str, LIST: list, MAPPING: Mapping}[form])


def _plain(value: Any) -> Any:
    """`value` in plain dictionaries and lists."""
    if isinstance(value, Mapping):
        return {name: _plain(item) for name, item in cast("Node", value).items()}
    if isinstance(value, list):
        return [_plain(item) for item in cast("Sequence[Any]", value)]
    return value
