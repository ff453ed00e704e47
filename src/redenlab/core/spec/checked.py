"""Reading an OpenAPI document: its overlay, which of its operations count, and their check.

What is not selected is not looked at. What is selected has the shape of OpenAPI, leads to nothing
that is missing, and has its schemas written in few words, when a `CheckedDocument` is there.
"""

import re
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, cast
from urllib.parse import unquote

from redenlab.core.errors import SpecError
from redenlab.core.spec import located, overlays
from redenlab.core.spec.expressions import steps_of
from redenlab.core.spec.joins import Joins
from redenlab.core.spec.naming import snake
from redenlab.core.spec.shapes import METHODS, Shapes
from redenlab.core.spec.unions import Unions

VERSIONS = ("3.0", "3.1")
"""The versions of OpenAPI that are read."""

Node = Mapping[str, Any]

_MESSAGES = "-realtime.yaml"


class CheckedDocument:
    """A document that was read, changed by its overlay, and checked.

    Attributes:
        backend: The file's stem; names the generated package.
        document: The document, with the changes of the overlay.
        selected: The operations that are read, by ``operationId``: those of jobs, and those that
            ``operations`` of ``x-client`` names; ``None`` for all.
    """

    def __init__(self, path: Path, overlay: Path | None = None) -> None:
        """Read a document.

        Args:
            path: YAML or JSON.
            overlay: An OpenAPI Overlay; ``None`` takes ``<stem>.overlay.yaml`` beside the document,
                if there is one.

        Raises:
            SpecError: It cannot be read, or something that is selected has the wrong shape; the
                text has file, line and what to write.
        """
        self.path: Path = path
        self.backend: str = path.stem
        document = _read(path)
        beside = path.with_name(f"{path.stem}.overlay.yaml")
        if overlay is None and beside.exists():
            overlay = beside
        if overlay is not None:
            document = overlays.applied(_read(overlay), document, overlay.name)
        self.document: dict[str, Any] = document
        self._shapes = Shapes(self.at, self.resolve, self.error)
        self._simplified = 0
        self._check_root()
        self.selected: frozenset[str] | None = self._selection()
        if self.selected is None:
            self._shapes.check(document["paths"], "{path}", document, "paths")
            self._shapes.check(self.schemas, "{schema}", document, "schemas")
        for operation in self.operations.values():
            self._check(operation)
        self._simplify()

    def error(self, node: Any, problem: str, key: str | None = None) -> SpecError:
        """The spec error for `node` (or its `key`), with its place in the file."""
        if isinstance(node, located.LocatedMapping):
            return overlays.at(node, problem, key)
        return SpecError(f"{self.path.name}:1: {problem}")

    @property
    def references(self) -> Mapping[str, str]:
        """Every reference below the operations that are read, with the shape of its target."""
        return self._shapes.references

    @property
    def read_schemas(self) -> list[str]:
        """The component schemas that what is read leads to; all without a selection."""
        if self.selected is None:
            return list(self.schemas)
        start = "#/components/schemas/"
        named = [r.removeprefix(start) for r in self.references if r.startswith(start)]
        return [name for name in self.schemas if name in named]

    @cached_property
    def operations(self) -> Mapping[str, dict[str, Any]]:
        """The operations that are read, by ``operationId``; method and path are among their keys.

        One without an ``operationId`` is named by method and path: ``get_result_job_id``.
        """
        found: dict[str, dict[str, Any]] = {}
        spelt: dict[str, str] = {}
        for name, operation in self.every:
            if self.selected is not None and name not in self.selected:
                continue
            other = spelt.setdefault(snake(name), name)
            if name in found or other != name:
                node = self.node(operation)
                text = f"'{other}' and '{name}' have the same name in Python; rename one"
                raise self.error(node, text, "operationId")
            found[name] = operation
        return found

    @cached_property
    def every(self) -> list[tuple[str, dict[str, Any]]]:
        """Every operation of the document with its name, whether it is read or not."""
        found: list[tuple[str, dict[str, Any]]] = []
        paths: Node = self.document["paths"]
        for path, entry in paths.items():
            item = self._mapping(paths, path, self.resolve(entry))
            for key in (key for key in item if key in METHODS):
                method = METHODS[key]
                node = self._mapping(item, key, item[key])
                parameters = _listed(item, "parameters") + _listed(node, "parameters")
                more = {"method": method, "path": path, "parameters": parameters}
                name = node.get("operationId") or _identifier(f"{method}{path}")
                found.append((str(name), {**node, **more}))
        return found

    def _mapping(self, owner: Node, key: str, value: Any) -> Node:
        """A mapping; with a selection, anything else is taken for an empty one."""
        if isinstance(value, Mapping):
            return cast("Node", value)
        if "operations" in self.document.get("x-client", {}):
            return {}
        raise self.error(owner, f"{key} has to be a mapping", key)

    def node(self, operation: Node) -> Node:
        """An operation as it stands in the document, with its line."""
        item = self.resolve(self.document["paths"][operation["path"]])
        keys = (key for key, method in METHODS.items() if method == operation["method"])
        return cast("Node", item[next(keys)])

    def _check_root(self) -> None:
        document: Any = self.document
        if not isinstance(document, located.LocatedMapping):
            raise SpecError(f"{self.path.name}:1: this is no OpenAPI document")
        self._shapes.check(document, "document", document)
        version = document["openapi"]
        if not version.startswith(VERSIONS):
            text = f"OpenAPI {version} is not read; write it as {' or '.join(VERSIONS)}"
            raise self.error(document, text, "openapi")

    def _check(self, operation: Node) -> None:
        """Refuse an operation that has the wrong shape, or what no client can be made of."""
        node, path = self.node(operation), str(operation["path"])
        self._shapes.check(self.resolve(self.document["paths"][path]), "path", node, path)
        self._shapes.check(node, "operation", node, path)
        if "callbacks" in node:
            text = "callbacks are not read; describe them as webhooks, or remove them by an overlay"
            raise self.error(node, text, "callbacks")
        schemes = self._components("securitySchemes")
        for requirement in node.get("security", self.document.get("security", [])):
            for name in requirement:
                if name not in schemes:
                    have = ", ".join(schemes) or "none"
                    text = f"there is no security scheme '{name}'; there is {have}"
                    raise self.error(requirement, text, name)
        places: dict[str, str] = {}
        for parameter in map(self.resolve, operation["parameters"]):
            places[parameter["name"]] = parameter["in"]
            if parameter["in"] == "cookie":
                text = f"the cookie '{parameter['name']}' cannot be sent; remove it by an overlay"
                raise self.error(parameter, text, "in")
        for name in re.findall(r"\{([^{}]+)\}", path):
            if places.get(name) != "path":
                raise self.error(node, f"{path} has no path parameter '{name}'; declare it")

    def _simplify(self) -> None:
        """Write the schemas that were checked in fewer words, in place: no ``allOf``, for one."""
        fresh = self._shapes.schemas[self._simplified :]
        self._simplified += len(fresh)
        joins, unions = Joins(self.resolve, self.error), Unions(self.resolve, self.error)
        for schema in fresh:
            joins.join(schema)
        for schema in fresh:
            unions.prepare(schema)

    def _selection(self) -> frozenset[str] | None:
        """The names of the operations that are read; ``None`` for all."""
        block: Node = self.document.get("x-client", {})
        if "operations" not in block:
            return None
        known = {name for name, _ in self.every}
        wanted = block["operations"]
        if not isinstance(wanted, list):
            raise self.error(block, "operations has to be a list of operationIds", "operations")
        named = [str(name) for name in cast("Iterable[Any]", wanted)]
        for name in named:
            if name not in known:
                raise self.error(block, f"there is no operation '{name}'", "operations")
        jobs = {name for name, operation in self.every if "x-job" in operation}
        steps = {
            str(text)
            for name, operation in self.every
            if name in jobs
            for text in _texts(operation["x-job"], ("operationId", "matches"))
        }
        return frozenset({*named, *jobs, *(steps & known)})

    @property
    def schemas(self) -> Node:
        """The component schemas by their names."""
        return self._components("schemas")

    def _components(self, kind: str) -> Node:
        components = cast("Node", self.document.get("components", {}))
        return cast("Node", components.get(kind, {}))

    def check_schema(self, name: str) -> None:
        """Check a component schema that no operation refers to, but ``x-job`` names.

        Raises:
            SpecError: It, or something below it, has the wrong shape.
        """
        self._shapes.check({"$ref": f"#/components/schemas/{name}"}, "schema")
        self._simplify()

    def resolve(self, node: Any) -> Any:
        """`node`, or what its ``$ref`` points to."""
        found: Any = node
        seen: list[str] = []
        while isinstance(found, Mapping) and "$ref" in found:
            reference = str(cast("Node", found)["$ref"])
            if reference in seen:
                raise self.error(node, f"{reference} refers to itself")
            seen.append(reference)
            found = self.at(reference, found)
        return cast("Any", found)

    def at(self, reference: str, owner: Any = None) -> Any:
        """What ``#/components/…`` points to.

        Args:
            reference: As it is written.
            owner: The node that has it.

        Raises:
            SpecError: It points to nothing.
        """
        if not reference.startswith("#/"):
            text = f"{reference} is in another file; bring all of it into one"
            raise self.error(owner, text, "$ref")
        node: Any = self.document
        for step in steps_of(unquote(reference[1:])):
            items = cast("Sequence[Any]", node if isinstance(node, list) else ())
            if step.isdecimal() and int(step) < len(items):
                node = items[int(step)]
            elif isinstance(node, Mapping) and step in node:
                node = cast("Node", node)[step]
            else:
                raise self.error(owner, f"{reference} does not exist", "$ref")
        return node


def messages_of(path: Path) -> Path:
    """Where the messages of a socket of the service are described (AsyncAPI), if they are."""
    return path.with_name(f"{path.stem}{_MESSAGES}")


def documents(folder: Path) -> list[Path]:
    """The OpenAPI documents of a folder.

    The names of overlays and JSON schemas have a second dot; those of `messages_of` have an end.
    """
    kinds = {".yaml", ".yml", ".json"}
    found = [path for path in folder.iterdir() if path.suffix in kinds]
    return sorted(
        path for path in found if "." not in path.stem and not path.name.endswith(_MESSAGES)
    )


def _read(path: Path) -> Any:
    try:
        kind = path.stat().st_mode
        if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):  # reading it might never end
            raise SpecError(f"{path.name}:1: this is no regular file")
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or "its path is malformed"
        raise SpecError(f"{path.name}: this cannot be read: {problem}") from None
    return located.read(content, path.name)


def _listed(node: Node, key: str) -> list[Any]:
    """The list at `key`; empty where there is none, or something else, which is refused later."""
    found = node.get(key)
    return list(cast("Iterable[Any]", found)) if isinstance(found, list) else []


def _identifier(text: str) -> str:
    return re.sub(r"\W+", "_", text).strip("_")


def _texts(node: Any, keys: tuple[str, ...]) -> Iterator[str]:
    """Every text below `node` that has one of `keys`."""
    if isinstance(node, Mapping):
        for key, value in cast("Node", node).items():
            if key in keys and isinstance(value, str):
                yield value
            yield from _texts(value, keys)
    elif isinstance(node, list):
        for item in cast("Iterable[Any]", node):
            yield from _texts(item, keys)
