"""``x-job-states`` of an enumeration: the class of every status value."""

from collections.abc import Mapping
from typing import Any, get_args

from redenlab.core.spec.document import Node, Spec
from redenlab.core.spec.grammar import State

STATES: tuple[State, ...] = get_args(State)


def status_schema(spec: Spec, node: Any) -> Node | None:
    """The enumeration of a status property: itself, or what ``x-states`` leads to."""
    found: Node = spec.resolve(node)
    if "x-job-states" in found:
        return found
    return spec.at(found["x-states"], found) if "x-states" in found else None


def classed(spec: Spec, schema: Node) -> Mapping[str, State]:
    """The class of every value of an enumeration.

    Raises:
        SpecError: A value has no class or two, or a class does not exist.
    """
    found: dict[str, State] = {}
    listed = [str(value) for value in schema.get("enum", ())]
    classes = schema.get("x-job-states", {})
    for state, values in classes.items():
        if state not in STATES:
            problem = f"'{state}' is no state; write one of {', '.join(STATES)}"
            raise spec.error(classes, problem, state)
        if twice := [value for value in values if str(value) in found]:
            raise spec.error(classes, f"{twice} stand in two classes", state)
        found |= dict.fromkeys(map(str, values), state)
    if missing := [value for value in listed if value not in found]:
        problem = f"x-job-states must class every status; unclassed: {missing}"
        raise spec.error(schema, problem, "enum")
    if unknown := [value for value in found if value not in listed]:
        problem = f"x-job-states classes {unknown}, which enum does not have"
        raise spec.error(schema, problem, "enum")
    folded: dict[str, State] = {}
    for value, state in found.items():
        if folded.setdefault(value.casefold(), state) != state:
            problem = f"'{value}' stands in two classes, in different case"
            raise spec.error(schema, problem, "enum")
    return found
