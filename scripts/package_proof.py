"""Proves a generated package against its spec: every module, every model, every operation."""

import pkgutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module, invalidate_caches
from pathlib import Path
from types import ModuleType
from typing import Any

import redenlab_api
from operation_proof import (
    ADVICE,
    difference,
    file_where_sent,
    folded,
    generated,
    node_of,
    prove_operation,
)
from redenlab.core.errors import SpecError
from redenlab.core.spec.document import Spec
from redenlab.core.spec.schemas import problems
from redenlab.lowlevel.encoding import plain as as_json
from redenlab.lowlevel.types import File
from redenlab.sandbox.engine.invention import Inventor, plain
from schema_nodes import nodes


@contextmanager
def imported(folder: Path) -> Iterator[ModuleType]:
    """The generated package in `folder`, whatever package of its name is imported already.

    Raises:
        ImportError: There is no such package.
    """
    name = f"{redenlab_api.__name__}.{folder.name}"
    others = _taken(name)
    bytecode, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    redenlab_api.__path__.insert(0, str(folder.parent))
    invalidate_caches()
    try:
        yield import_module(name)
    finally:
        redenlab_api.__path__.remove(str(folder.parent))
        sys.dont_write_bytecode = bytecode
        _taken(name)
        sys.modules.update(others)
        vars(redenlab_api).pop(folder.name, None)
        if name in others:
            setattr(redenlab_api, folder.name, others[name])


def _taken(name: str) -> dict[str, ModuleType]:
    """The modules of a package, which are imported no more."""
    own = [each for each in sys.modules if each == name or each.startswith(f"{name}.")]
    return {each: sys.modules.pop(each) for each in own}


class PackageProof:
    """One generated package."""

    def __init__(self, spec: Spec, package: ModuleType) -> None:
        self._spec = spec
        self._package = package
        self._inventor = Inventor(spec.resolve, "closed loop", file_where_sent)
        self._modules: dict[str, ModuleType] = {}

    def prove(self) -> None:
        """Import everything, and try every model and operation.

        Raises:
            SpecError: Something is not as the spec says.
        """
        self._import_all()
        classes = self._classes()
        for name in self._spec.read_schemas:
            schema = self._spec.schemas[name]
            found = classes.get(folded(name))
            if found is not None:
                self._prove_model(name, schema, found)
        operations = {m.OPERATION: m for m in self._modules.values() if hasattr(m, "OPERATION")}
        for name in self._spec.operations:
            if name not in operations:
                raise self._of_operation(name, f"there is no module for the operation {name}")
            how = generated(operations[name], classes)
            prove_operation(self._spec, name, how, typed=True)

    @property
    def clients(self) -> Mapping[str, tuple[type[Any], type[Any]]]:
        """The sync and the async client of each job."""
        return self._modules[f"{self._package.__name__}.jobs"].CLIENTS

    # -- modules

    def _import_all(self) -> None:
        prefix = f"{self._package.__name__}."
        for entry in pkgutil.walk_packages(self._package.__path__, prefix, onerror=self._broken):
            if entry.name != f"{prefix}server":
                try:
                    self._modules[entry.name] = import_module(entry.name)
                except Exception as error:
                    raise self._unimportable(entry.name, error) from error

    def _broken(self, name: str) -> None:
        raise self._unimportable(name, sys.exception() or ImportError(name))

    def _unimportable(self, name: str, error: BaseException) -> SpecError:
        """The error for a module, at what it was generated from."""
        short, spec = name.removeprefix(f"{self._package.__name__}."), self._spec
        text = f"the generated module {short} cannot be imported: {type(error).__name__}: {error}"
        stem = folded(short.rpartition(".")[2])
        if short.startswith(("api.", "models.")):  # a part without a name is called after its owner
            owners = [each for each in (*spec.schemas, *spec.operations) if folded(each)]
            found = max((o for o in owners if stem.startswith(folded(o))), key=len, default="")
            if found in spec.schemas and short.startswith("models."):
                return spec.error(spec.schemas, f"{text}; {ADVICE}", found)
            if found in spec.operations:
                return self._of_operation(found, f"{text}; {ADVICE}")
        jobs = (op["x-job"] for op in spec.operations.values() if "x-job" in op)
        node: Any = next(jobs, spec.document) if short == "jobs" else spec.document
        return spec.error(node, text)

    def _of_operation(self, name: str, text: str) -> SpecError:
        return self._spec.error(node_of(self._spec, name), text)

    def _classes(self) -> dict[str, Any]:
        """Every generated model, by its name without case."""
        found: dict[str, Any] = {}
        for name, module in self._modules.items():
            if name.startswith(f"{self._package.__name__}.models."):
                own = (v for v in vars(module).values() if hasattr(v, "from_dict"))
                found |= {folded(c.__name__): c for c in own if c.__module__ == name}
        return found

    # -- models

    def _prove_model(self, name: str, schema: Any, model: Any) -> None:
        for which in ("everything optional", "what is required alone", "null"):
            try:
                value = self._value(name, schema, which)
                wrong = next(problems(_without_files(value), schema, self._spec.at), None)
                wrong = wrong or self._difference(schema, value, model)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault
                wrong = f"{type(error).__name__}: {error}"
            if wrong is not None:
                text = f"{name} with {which} does not survive the model {model.__name__}: {wrong}"
                raise self._spec.error(self._spec.schemas, f"{text}; {ADVICE}", name)

    def _difference(self, schema: Any, value: Any, model: Any) -> str | None:
        """Where the attributes of a model are not what it was read from."""
        documented = plain(schema, self._spec.resolve).get("properties", {})
        fields = {each.wire: each.name for each in model.__fields__.values()}
        found = model.from_dict(value)
        typed = {wire: getattr(found, name) for wire, name in fields.items()}
        sent = {wire: value.get(wire) for wire in documented}  # null may count as absent
        return difference(sent, as_json(typed)) or difference(value, found)

    def _value(self, name: str, schema: Any, which: str) -> dict[str, Any]:
        """An object of a schema; ``null`` has one wherever that is allowed."""
        made = self._inventor.value(schema, (name,), complete=which == "everything optional")
        if which == "null":
            properties = plain(schema, self._spec.resolve).get("properties", {})
            for key, inner in properties.items():
                if not list(problems(None, inner, self._spec.at)):
                    made[key] = None
        return made


def prove_schemas(spec: Spec) -> None:
    """Find a value of every schema.

    Raises:
        SpecError: A schema has none; it is one that refers to no other such schema.
    """
    found = {name: _no_value(spec, name) for name in spec.read_schemas}
    wrong = {name: problem for name, problem in found.items() if problem is not None}
    for name, problem in wrong.items():
        others = wrong.keys() - {name}
        references = {str(each.get("$ref")) for each in nodes(spec.schemas[name])}
        if not any(f"#/components/schemas/{other}" in references for other in others):
            raise spec.error(spec.schemas, f"no value of {name} was found: {problem}", name)
    for name, problem in wrong.items():
        raise spec.error(spec.schemas, f"no value of {name} was found: {problem}", name)


def _no_value(spec: Spec, name: str) -> str | None:
    """Why no value of a schema is found."""
    schema = spec.schemas[name]
    try:
        value = Inventor(spec.resolve, "closed loop").value(schema, (name,))
    except ValueError as error:
        return str(error)
    return next(map(str, problems(value, schema, spec.at)), None)


def _without_files(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_files(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without_files(inner) for inner in value]
    return "file" if isinstance(value, File) else value
