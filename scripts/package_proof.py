"""Proves a generated package against its spec: every module, every model, every operation."""

import inspect
import json
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module, invalidate_caches
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

import redenlab_api
from preconditions import nodes
from redenlab.core.clients.spec_operation import bound
from redenlab.core.errors import SpecError
from redenlab.core.spec.document import Node, Spec
from redenlab.core.spec.expressions import Headers
from redenlab.sandbox.engine.invention import UNKNOWN, Inventor, plain
from redenlab.sandbox.engine.messages import Received
from redenlab.sandbox.engine.routes import Route
from redenlab.sandbox.engine.schemas import problems
from redenlab_api.codec import plain as as_json
from redenlab_api.multipart import Form
from redenlab_api.types import File, RawResponse, Request

BASE = "https://api.example.com"
ADVICE = "describe it more plainly there"
FILE = File.of(b"RIFF\x00\xff", "a.wav", "audio/wav")


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
        self._inventor = Inventor(spec.resolve, "closed loop", _file)
        self._modules: dict[str, ModuleType] = {}

    def prove(self) -> None:
        """Import everything, and try every model and operation.

        Raises:
            SpecError: Something is not as the spec says.
        """
        self._import_all()
        classes = self._classes()
        for name, schema in self._spec.schemas.items():
            found = classes.get(_folded(name))
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
        stem = _folded(short.rpartition(".")[2])
        schema = next((each for each in spec.schemas if _folded(each) == stem), None)
        operation = next((each for each in spec.operations if _folded(each) == stem), None)
        if short.startswith("models.") and schema is not None:
            return spec.error(spec.schemas, f"{text}; {ADVICE}", schema)
        if short.startswith("api.") and operation is not None:
            return self._of_operation(operation, f"{text}; {ADVICE}")
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
                found |= {_folded(c.__name__): c for c in own if c.__module__ == name}
        return found

    # -- models

    def _prove_model(self, name: str, schema: Any, model: Any) -> None:
        for which in ("everything optional", "what is required alone", "null"):
            try:
                value = self._value(name, schema, which)
                wrong = next(problems(_without_files(value), schema, self._spec.resolve), None)
                found = model.from_dict(value).to_dict() if wrong is None else {}
            except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault
                wrong = f"{type(error).__name__}: {error}"
            else:
                lost = {key for key, inner in value.items() if inner is None} - found.keys()
                kept = {key: inner for key, inner in value.items() if key not in lost}
                wrong = wrong or difference(kept, found)  # null may count as absent
            if wrong is not None:
                text = f"{name} with {which} does not survive the model {model.__name__}: {wrong}"
                raise self._spec.error(self._spec.schemas, f"{text}; {ADVICE}", name)

    def _value(self, name: str, schema: Any, which: str) -> dict[str, Any]:
        """An object of a schema; ``null`` has one wherever that is allowed."""
        made = self._inventor.value(schema, (name,), complete=which == "everything optional")
        if which == "null":
            properties = plain(schema, self._spec.resolve).get("properties", {})
            for key, inner in properties.items():
                if not list(problems(None, inner, self._spec.resolve)):
                    made[key] = None
        return made


def prove_schemas(spec: Spec) -> None:
    """Find a value of every schema.

    Raises:
        SpecError: A schema has none; it is one that refers to no other such schema.
    """
    found = {name: _no_value(spec, name) for name in spec.schemas}
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
    return next(problems(value, schema, spec.resolve), None)


# ---- operations --------------------------------------------------------------------------------

Build = Callable[[Mapping[str, Any], Any], Request]
Parse = Callable[[RawResponse], Any]


def generated(module: Any, classes: Mapping[str, Any]) -> tuple[Build, Parse]:
    """How a generated operation is built, from names and JSON of the wire, and parsed."""
    parameters = inspect.signature(module.build).parameters
    names = {_folded(name): name for name in parameters}

    def build(arguments: Mapping[str, Any], body: Any) -> Request:
        positional = [n for n, p in parameters.items() if p.kind is not p.KEYWORD_ONLY]
        given = {names[_folded(name)]: value for name, value in arguments.items()}
        if body is not None:
            words = re.findall(r"\w+", str(parameters["body"].annotation))
            models = [classes[_folded(word)] for word in words if _folded(word) in classes]
            given["body"] = models[0].from_dict(body) if models else body
        path = [given.pop(name) for name in positional if name in given]
        return module.build(*path, **given)

    return build, module.parse


def dynamic(spec: Spec, name: str) -> tuple[Build, Parse]:
    """The same of an operation that nothing was generated from."""
    found = bound(spec, name)

    def build(arguments: Mapping[str, Any], body: Any) -> Request:
        read = found.body if found.body is not None and not isinstance(body, File) else None
        given = {} if body is None else {"body": read(body) if read else body}
        return found.operation.build(**arguments, **given)

    return build, found.operation.parse


def prove_operation(spec: Spec, name: str, how: tuple[Build, Parse], *, typed: bool) -> None:
    """Build an operation, and parse each of its documented successes.

    Args:
        spec: The spec.
        name: Of the operation.
        how: What builds and parses.
        typed: Whether it parses whatever is documented, and not JSON alone.

    Raises:
        SpecError: It cannot be, or is not what the spec says.
    """
    build, parse = how
    proof = _OperationProof(spec, name, typed=typed)
    for complete in (True, False):
        try:
            wrong = proof.built_wrong(build, complete=complete)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault
            wrong = f"{type(error).__name__}: {error}"
        if wrong is not None:
            text = f"the operation {name} cannot be built: {wrong}; {ADVICE}"
            raise spec.error(node_of(spec, name), text)
    for status, response in spec.operations[name]["responses"].items():
        if not str(status).startswith("2"):
            continue
        try:
            wrong = proof.parsed_wrong(parse, str(status), spec.resolve(response))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault
            wrong = f"{type(error).__name__}: {error}"
        if wrong is not None:
            text = f"the response {status} of {name} cannot be parsed: {wrong}; {ADVICE}"
            raise spec.error(node_of(spec, name), text)


class _OperationProof:
    def __init__(self, spec: Spec, name: str, *, typed: bool) -> None:
        self._spec = spec
        self._typed = typed
        self._route = Route(spec, name)
        self._inventor = Inventor(spec.resolve, f"closed loop {name}", _file)

    def built_wrong(self, build: Build, *, complete: bool) -> str | None:
        """What is wrong with the request."""
        route, arguments = self._route, dict[str, Any]()
        for name, declared in route.arguments.items():
            if complete or declared.get("required"):
                arguments[name] = self._inventor.value(declared.get("schema", {}), ("of", name))
        request = build(arguments, self._body(complete=complete))
        if request.method != route.method:
            return f"its method is {request.method}"
        sent = sent_request(request)
        path = route.matched(sent.method, sent.address.removeprefix(BASE))
        if path is None:
            return f"its path is {request.path}"
        if request.secured is not route.secured:
            return f"it is {'' if request.secured else 'not '}secured"
        wanted = {name: str(arguments[name]) for name in path}
        return difference(wanted, path) or next(route.problems(sent, path), None)

    def _body(self, *, complete: bool) -> Any:
        declared = self._spec.resolve(self._route.node.get("requestBody"))
        if not declared or not (complete or declared.get("required")):
            return None
        if self._route.body is None:
            return FILE
        return self._inventor.value(self._route.body, ("body",), complete=complete)

    def parsed_wrong(self, parse: Parse, status: str, response: Node) -> str | None:
        """What is wrong with what is read of a response."""
        code = int(status.upper().replace("X", "0"))
        content: Node = response.get("content", {})
        kind = next(iter(content), None)
        if kind is None:
            parse(RawResponse(code, {}, b""))
            return None
        headers = {"content-type": kind}
        if "json" not in kind:
            found = parse(RawResponse(code, headers, b"text")) if self._typed else b"text"
            return None if found in {"text", b"text"} else f"it becomes {found!r}"
        if "schema" not in content[kind]:
            return None
        schema = content[kind]["schema"]
        value = self._inventor.value(schema, ("response",))
        wrong = next(problems(value, schema, self._spec.resolve), None)
        if wrong is not None:
            return f"no value that fits it was found: {wrong}"
        found = parse(RawResponse(code, headers, json.dumps(value).encode()))
        return difference(value, as_json(found))


def sent_request(request: Request) -> Received:
    """A request as the service receives it."""
    query = "&".join(f"{_quoted(name)}={_quoted(value)}" for name, value in request.query)
    url = f"{BASE}{request.path}" + (f"?{query}" if query else "")
    headers, content = dict(request.headers), request.content
    if request.parts:
        form = Form(request.parts)
        headers |= form.headers
        content = b"".join(form.chunks())
    elif isinstance(content, File):
        content = b"".join(content.chunks())
    return Received(request.method, url, Headers(headers), content or b"")


def _quoted(text: str) -> str:
    return quote(text, safe="")


# ---- values ------------------------------------------------------------------------------------


def difference(one: Any, other: Any, at: str = "") -> str | None:
    """Where two JSON values differ first; ``None`` where they do not."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for name in {**one, **other}:
            if name not in other:
                return f"{at}/{name} is lost"
            if name not in one:
                return f"{at}/{name} is added"
            found = difference(one[name], other[name], f"{at}/{name}")
            if found is not None:
                return found
        return None
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        found = (difference(a, b, f"{at}/{n}") for n, (a, b) in pairs)
        return next((each for each in found if each is not None), None)
    return None if one == other else f"{at or '/'} becomes {other!r}"


def node_of(spec: Spec, name: str) -> Any:
    """An operation as it stands in the document, with its line."""
    found = spec.operations[name]
    return spec.document["paths"][found["path"]][found["method"]]


def _file(_path: tuple[str, ...], schema: Node) -> Any:
    """A file wherever one is sent."""
    return FILE if schema.get("format") == "binary" else UNKNOWN


def _without_files(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _without_files(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without_files(inner) for inner in value]
    return "file" if isinstance(value, File) else value


def _folded(name: str) -> str:
    """A name as it is the same on the wire and in Python."""
    return re.sub(r"[\W_]", "", name).lower()
