"""``x-stream`` of an operation, checked against the rest of its spec."""

from redenlab.core.spec import forms
from redenlab.core.spec.conditions import operands
from redenlab.core.spec.document import Spec
from redenlab.core.spec.expressions import pointer, steps_of
from redenlab.core.spec.streams import XStream


def x_stream(spec: Spec, name: str) -> XStream | None:
    """The ``x-stream`` of an operation; ``None`` where it has none.

    Raises:
        SpecError: The block is incomplete, or contradicts the schema of the events.
    """
    block = spec.operations[name].get("x-stream")
    if block is None:
        return None
    found = forms.read(XStream, block, spec.error, "x-stream")
    if found.type not in spec.schemas:
        raise spec.error(block, f"there is no schema '{found.type}'", "type")
    for key in ("done", "failed", "error"):
        text = getattr(found, key)
        try:
            places = operands(text) if text is not None else ()
        except ValueError as error:
            raise spec.error(block, f"{key} cannot be read: {error}", key) from None
        for expression in places:
            schema = spec.schemas[found.type]
            for step in steps_of(pointer(expression)):
                schema, known = spec.below(schema, step)
                if known is not None:
                    text = f"{expression} points to nothing: there are {', '.join(known)}"
                    raise spec.error(block, text, key)
    return found
