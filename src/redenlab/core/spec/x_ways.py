"""``x-ways`` of a spec and of its operations, checked against the rest of the spec."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from redenlab.core.spec import forms
from redenlab.core.spec.document import Node, Spec
from redenlab.core.spec.expressions import expressions, pointer, root, steps_of
from redenlab.core.spec.ways import CALLS, Passage, Procedure, Way, XWay

KEY = "x-ways"


def x_ways(spec: Spec) -> Mapping[str, Way]:
    """The ways of a spec, by their names; empty where it has none.

    Raises:
        SpecError: One of them contradicts itself, or an operation has another.
    """
    block = cast("Node", spec.document.get(KEY, {}))
    known = {name: forms.read(XWay, each, spec.error, name) for name, each in block.items()}
    for name, way in known.items():
        for meaning in way.statuses:
            _check_pattern(spec, block[name], meaning.text)
    passages: dict[str, dict[str, Passage]] = {name: {} for name in known}
    for operation_id, operation in spec.operations.items():
        for name, node in cast("Node", operation.get(KEY, {})).items():
            if name not in known:
                listed = ", ".join(known) or "none"
                raise spec.error(operation[KEY], f"there is no way '{name}'; ways: {listed}", name)
            passages[name][operation_id] = _passage(spec, operation, name, node)
    return {name: Way(way, passages[name]) for name, way in known.items()}


def _check_pattern(spec: Spec, node: Node, pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise spec.error(node, f"'{pattern}' is no regular expression: {error}") from None


def _passage(spec: Spec, operation: Node, name: str, node: Any) -> Passage:
    found = forms.read(Procedure, node, spec.error, name)
    for each in (found, found.then):
        if each is not None and sum(getattr(each, key) is not None for key in CALLS) != 1:
            raise spec.error(node, f"{name} needs one of {', '.join(CALLS)}")
    for expression, roots in _readings(found):
        if root(expression) not in roots:
            wanted = " and ".join(f"${each}" for each in roots)
            raise spec.error(node, f"{expression} is not known here; there are {wanted}", name)
        _check_request(spec, operation, node, expression)
    status = next(int(each) for each in operation["responses"] if str(each).startswith("2"))
    types = {
        wire: str(kind)
        for wire, argument in spec.arguments(operation).items()
        if (kind := cast("Node", spec.resolve(argument.get("schema", {}))).get("type")) != "string"
        and argument["in"] == "query"
    }
    return Passage(found, operation["path"], status, types)


def _readings(procedure: Procedure) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every expression, and the roots that it may have."""
    for each in (procedure, procedure.then):
        if each is not None:
            yield from ((text, ("request",)) for text in expressions(each.input))
            yield from ((text, ("response", "entry")) for text in expressions(each.output))


def _check_request(spec: Spec, operation: Node, node: Any, expression: str) -> None:
    """Refuse an expression for what the operation does not carry."""
    if root(expression) != "request":
        return
    place, _, name = expression.partition("#")[0].removeprefix("$request.").partition(".")
    if place == "body":
        schema = spec.body_node(operation)
        for step in steps_of(pointer(expression)):
            schema, known = spec.below(schema, step)
            if known is not None:
                raise spec.error(node, f"{expression} points to nothing: there are {known}")
    elif spec.arguments(operation).get(name, {}).get("in") != place:
        raise spec.error(node, f"{expression} points to nothing; the operation has no such one")
