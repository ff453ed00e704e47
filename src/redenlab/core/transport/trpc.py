"""tRPC 11 over HTTP with SuperJSON: what wraps a call and its answer.

https://trpc.io/docs/rpc, https://github.com/flightcontrolhq/superjson
"""

import json
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from typing import Any, cast
from urllib.parse import quote

from redenlab.core.spec.expressions import MISSING, child

SEPARATOR = "/"
"""Between the base URL and the name of a procedure."""


def query(name: str, given: Any) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Path and query of a procedure that reads; `given` is `MISSING` for no input."""
    wrapped = () if given is MISSING else (("input", _text({"json": given})),)
    return f"{SEPARATOR}{quote(name, safe='.')}", wrapped


def mutation(name: str, given: Any) -> tuple[str, bytes]:
    """Path and body of a procedure that changes something."""
    wrapped = {} if given is MISSING else {"json": given}
    return f"{SEPARATOR}{quote(name, safe='.')}", _text(wrapped).encode()


def value(document: Any) -> Any:
    """What a success wraps; `MISSING` where that is undefined, or nothing is wrapped.

    Dates stay texts, as in JSON; what is undefined is left out of objects, and is null in arrays.
    """
    data = _below(document, "result", "data")
    if not isinstance(data, Mapping) or "json" not in data:
        return MISSING
    found: Any = cast("Mapping[str, Any]", data)["json"]
    for path in _undefined(_below(data, "meta", "values"), ()):
        if not path:
            return MISSING
        parent = _below(found, *path[:-1])
        if isinstance(parent, MutableMapping):
            cast("MutableMapping[str, Any]", parent).pop(path[-1], None)
    return found


def failure(document: Any) -> Mapping[str, Any] | None:
    """What a failure wraps: `code`, `message`, `issues`; ``None`` where the document is none."""
    found = _below(document, "error", "json")
    if not isinstance(found, Mapping):
        return None
    inner = cast("Mapping[str, Any]", found)
    code = _below(inner, "data", "code")
    return told(str(code if isinstance(code, str) else "ERROR"), str(inner.get("message", "")))


def told(code: str, message: str) -> Mapping[str, Any]:
    """A failure in words; a message that is a list of issues gives them."""
    issues = _issues(message)
    if issues:
        message = "; ".join(str(each.get("message")) for each in issues)
    return {"code": code, "message": message, **({"issues": issues} if issues else {})}


def _issues(message: str) -> Sequence[Mapping[str, Any]]:
    """The mistakes that a message lists as JSON; empty where it is a sentence."""
    try:
        found = json.loads(message) if message.startswith("[") else None
    except ValueError:
        return ()
    listed = cast("Sequence[Any]", found) if isinstance(found, list) else ()
    return [cast("Mapping[str, Any]", each) for each in listed if isinstance(each, Mapping)]


def _undefined(tree: Any, above: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Where values are undefined, by SuperJSON's tree of what they are."""
    if isinstance(tree, list) and tree:
        tag, *rest = cast("Sequence[Any]", tree)
        if tag == "undefined":
            yield above
        yield from (path for each in rest for path in _undefined(each, above))
    elif isinstance(tree, Mapping):
        for text, inner in cast("Mapping[str, Any]", tree).items():
            yield from _undefined(inner, (*above, *_steps(text)))


def _steps(text: str) -> Iterator[str]:
    """The keys of a dotted path, in which dots of keys are escaped."""
    key = ""
    letters = iter(text)
    for letter in letters:
        if letter == ".":
            yield key
            key = ""
        else:
            key += next(letters, "") if letter == "\\" else letter
    yield key


def _below(node: Any, *steps: str) -> Any:
    """What is below some keys and indexes; ``None`` where there is nothing."""
    for step in steps:
        inner = child(node, step)
        node = None if inner is MISSING else inner
    return node


def _text(document: Any) -> str:
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False)
