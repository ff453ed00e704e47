"""``x-value`` of an operation: the property of its responses that its methods return."""

from redenlab.core.spec.document import Spec
from redenlab.core.spec.expressions import pointer, steps_of

ENVELOPE = "$response.body#/"
"""What the expression begins with."""


def x_value(spec: Spec, name: str) -> str | None:
    """The property that ``x-value`` of an operation names; ``None`` for the whole body.

    Raises:
        SpecError: Its responses have no such property, or not always.
    """
    operation = spec.operations[name]
    expression = operation.get("x-value")
    if expression is None:
        return None
    node = spec.node(operation)
    steps = steps_of(pointer(str(expression))) if str(expression).startswith(ENVELOPE) else ()
    if len(steps) != 1:
        problem = f"x-value is {expression}; write a property of the body: {ENVELOPE}data"
        raise spec.error(node, problem, "x-value")
    required = spec.required(spec.response_node(operation))
    if steps[0] not in required:
        listed = ", ".join(required) or "nothing"
        problem = f"{expression} may be absent: required is {listed}"
        raise spec.error(node, problem, "x-value")
    return steps[0]
