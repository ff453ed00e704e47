"""Proves operations: that they build the requests, and parse the responses, that the spec has."""

import inspect
import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

from redenlab.core.clients.spec_operation import bound
from redenlab.core.spec.document import Node, Spec
from redenlab.core.spec.expressions import Headers
from redenlab.core.spec.schemas import problems
from redenlab.lowlevel.encoding import plain as as_json
from redenlab.lowlevel.multipart import Form
from redenlab.lowlevel.types import File, RawResponse, Request
from redenlab.sandbox.engine.invention import UNKNOWN, Inventor
from redenlab.sandbox.engine.messages import Received
from redenlab.sandbox.engine.routes import Route

BASE = "https://api.example.com"
ADVICE = "describe it more plainly there"
FILE = File.of(b"RIFF\x00\xff", "a.wav", "audio/wav")

Build = Callable[[Mapping[str, Any], Any], Request]
Parse = Callable[[RawResponse], Any]


def generated(module: Any, classes: Mapping[str, Any]) -> tuple[Build, Parse]:
    """How a generated operation is built, from names and JSON of the wire, and parsed."""
    parameters = inspect.signature(module.build).parameters
    names = {folded(name): name for name in parameters}

    def build(arguments: Mapping[str, Any], body: Any) -> Request:
        positional = [n for n, p in parameters.items() if p.kind is not p.KEYWORD_ONLY]
        given = {names[folded(name)]: value for name, value in arguments.items()}
        if body is not None:
            words = re.findall(r"\b(?!models\.)\w+", str(parameters["body"].annotation))
            models = [classes[folded(word)] for word in words if folded(word) in classes]
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
        self._inventor = Inventor(spec.resolve, f"closed loop {name}", file_where_sent)

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
            is_text = self._spec.text_type(self._route.node) is not None
            return "two words" if is_text else FILE
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
        wrong = next(problems(value, schema, self._spec.at), None)
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
    return spec.node(spec.operations[name])


def file_where_sent(_path: tuple[str, ...], schema: Node) -> Any:
    """A file wherever one is sent."""
    return FILE if schema.get("format") == "binary" else UNKNOWN


def folded(name: str) -> str:
    """A name as it is the same on the wire and in Python."""
    return re.sub(r"[\W_]", "", name).lower()
