"""JSON values held against the schemas of a spec, and what is said of those that do not fit.

What is said names the part, and never quotes a text that was sent: it may be private.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from redenlab.core.spec.document import Spec
from redenlab.core.spec.expressions import steps_of
from redenlab.core.spec.schemas import problems
from redenlab.core.text import sanitize

if TYPE_CHECKING:
    from pydantic import BaseModel


class Forms:
    """The schemas of a spec, and the pydantic models that were generated from them."""

    def __init__(self, spec: Spec, models: str = "") -> None:
        """`models` names their module; empty where there are none."""
        self._spec = spec
        self._models = models

    def problems(self, value: Any, schema: Any) -> Iterator[str]:
        """What is wrong with a value: ``path.to.part: what is wrong``.

        The schema is asked as well where there is a model, in which an optional value is nullable.
        """
        node = cast("Mapping[str, Any]", schema if isinstance(schema, Mapping) else {})
        name = str(node.get("$ref", "")).rpartition("/")[2]
        model: type[BaseModel] | None = getattr(self._module, name, None)
        if model is not None:
            yield from refusals(model, value)
        for problem in problems(value, schema, self._spec.at):
            yield f"{_place(*steps_of(problem.pointer))}: {problem.text}"

    @cached_property
    def _module(self) -> Any:
        return import_module(self._models) if self._models else None


def refusals(model: "type[BaseModel]", value: Any) -> Iterator[str]:
    """What a model says of a value; ``2.0`` is an integer, as JSON schemas have it."""
    from pydantic import ValidationError  # noqa: PLC0415 - only bundled backends have models

    plain = json.loads(json.dumps(value), parse_float=_number)
    try:
        model.model_validate_json(json.dumps(plain), strict=True)
    except ValidationError as error:
        for each in error.errors(include_input=False, include_context=False, include_url=False):
            yield f"{_place(*each['loc'])}: {each['msg']}"


def _number(text: str) -> float:
    return int(number) if (number := float(text)).is_integer() else number


def _place(*steps: str | int) -> str:
    return sanitize(".".join(map(str, steps))) or "body"
