"""``x-page`` of an operation, checked against the rest of its spec."""

from redenlab.core.spec import forms
from redenlab.core.spec.document import Spec
from redenlab.core.spec.expressions import pointer, steps_of
from redenlab.core.spec.paging import XPage


def x_page(spec: Spec, name: str) -> XPage | None:
    """The ``x-page`` of an operation; ``None`` where its responses are no pages.

    Raises:
        SpecError: The block is incomplete or contradicts the operation.
    """
    operation = spec.operations[name]
    block = operation.get("x-page")
    if block is None:
        return None
    found = forms.read(XPage, block, spec.error, "x-page")
    ways = [
        key for key in ("next", "cursor", "last", "offset", "page", "link") if getattr(found, key)
    ]
    if len(ways) != 1:
        raise spec.error(block, "x-page needs one of next, cursor, last, offset, page and link")
    if (ways[0] in {"cursor", "last"}) is (found.parameter is None):
        raise spec.error(block, "x-page needs 'parameter' with cursor and last, and there alone")
    arguments = spec.arguments(operation)
    for key in ("parameter", "offset", "page"):
        argument = getattr(found, key)
        if argument is not None and argument not in arguments:
            raise spec.error(block, f"{name} has no parameter '{argument}'", key)
    for key in ("items", "next", "cursor", "more"):
        expression = getattr(found, key)
        if expression is not None and expression.startswith("$response.body"):
            schema = spec.response_node(operation)
            for step in steps_of(pointer(expression)):
                schema, known = spec.below(schema, step)
                if known is not None:
                    text = f"{expression} points to nothing: there are {', '.join(known)}"
                    raise spec.error(block, text, key)
    return found
