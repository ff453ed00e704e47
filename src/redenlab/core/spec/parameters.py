"""What the caller of a submit gives, told apart from what the job fills in itself."""

from collections.abc import Iterable
from copy import copy
from typing import Any

from redenlab.core.spec.constraints import Constraints
from redenlab.core.spec.document import Node, Spec
from redenlab.core.spec.expressions import pointer, steps_of
from redenlab.core.spec.grammar import XJob
from redenlab.core.spec.job_spec import Parameter

_TOGETHER = ("minProperties", "maxProperties", "anyOf", "oneOf", "not")
"""Keywords that are about all properties of an object together."""


class Parameters:
    """What the caller of one submit gives.

    Attributes:
        constraints: What the schemas of all of it demand.
        body: The schema of the submit's body; empty where there is none.
        filled: Places of the request that are filled without the caller. What the client makes up
            itself, the caller may give instead.
    """

    def __init__(self, spec: Spec, operation: Node, x_job: XJob) -> None:
        self._spec = spec
        self._operation = operation
        self._bound = set(x_job.submit.bind)
        self.constraints: Constraints = Constraints(spec)
        node = spec.body_node(operation)
        self.body: Node = spec.resolve(node) if node is not None else {}
        made_up = {place for place, value in x_job.submit.bind.items() if value == "$call.id"}
        options = {option.place for option in x_job.submit.options.values()}
        models = {x_job.model_place} if x_job.model_place else set[str]()
        instead = {x_job.file.instead} if x_job.file and x_job.file.instead else set[str]()
        self.filled: set[str] = ((self._bound - made_up) | options | models) - instead

    @property
    def free(self) -> bool:
        """Whether the body takes properties that the spec does not list."""
        return any(part.get("additionalProperties") is True for part in self._spec.parts(self.body))

    def arguments(self, names: Iterable[str]) -> dict[str, Parameter]:
        """These path, query and header parameters."""
        declared = self._spec.arguments(self._operation)
        return {name: self._argument(declared[name]) for name in names}

    def properties(self, others: Iterable[str]) -> dict[str, Parameter]:
        """The properties of the body that nothing fills, without `others`."""
        taken = {pointer(place).removeprefix("/") for place in self.filled} | set(others)
        required = self._spec.required(self.body)
        return {
            name: self._property(name, node, required=name in required)
            for name, node in self._spec.properties(self.body).items()
            if name not in taken
        }

    def of_model(self, schema: str | None) -> dict[str, Parameter]:
        """The parameters of a model; what is optional is left to the service's own default."""
        node: Node = self._spec.schemas[schema] if schema else {}
        required = self._spec.required(node)
        return {
            name: self._parameter(part, part, required=name in required)
            for name, part in self._spec.properties(node).items()
        }

    def check_variants(self, model: str, schema: str) -> None:
        """The parameters of a model have to be the same whatever their values.

        Raises:
            SpecError: A variant of `schema` has properties of its own.
        """
        known = self._spec.properties(schema)
        for part in self._spec.parts(self._spec.schemas[schema]):
            for key in ("oneOf", "anyOf"):
                for variant in part.get(key, ()):
                    if other := [n for n in self._spec.properties(variant) if n not in known]:
                        text = (
                            f"the parameters of model '{model}' cannot be read: {other} stand in "
                            f"{key} alone; list them in the properties of {schema} as well"
                        )
                        raise self._spec.error(part, text, key)

    def together(self, schema: Any) -> dict[str, Any]:
        """What an object demands of all its properties together."""
        demands = [self.constraints.of(part) for part in self._spec.parts(schema)]
        found = [{key: part[key] for key in _TOGETHER if key in part} for part in demands]
        found = [part for part in found if part]
        return {"allOf": found} if len(found) > 1 else found[0] if found else {}

    @property
    def body_together(self) -> dict[str, Any]:
        """The same of the body; nothing where parts of it come after the check."""
        later = any(place.startswith("$request.body") for place in self.filled | self._bound)
        return {} if later else self.together(self.body)

    def _argument(self, declared: Node) -> Parameter:
        node = declared.get("schema", {})
        bound = f"$request.{declared['in']}.{declared['name']}" in self._bound
        required = bool(declared.get("required")) and not bound
        return self._parameter(node, node, required=required)

    def _property(self, name: str, node: Any, *, required: bool) -> Parameter:
        """One property of the body, without what the job itself puts into it."""
        places = [steps_of(pointer(place)) for place in self.filled | self._bound]
        inside = [steps[1:] for steps in places if steps and steps[0] == name]
        given: Any = node
        for steps in inside:
            given = self._without(given, steps)
        found = self._parameter(node, given, required=required and not inside)
        default = self._spec.resolve(node).get("default")
        return found if default is None else found.replace(default=default)

    def _parameter(self, node: Any, given: Any, *, required: bool) -> Parameter:
        default = self._spec.resolve(node).get("default") if required else None
        return Parameter(required=required, default=default, schema=self.constraints.of(given))

    def _without(self, schema: Any, steps: list[str]) -> Any:
        """`schema`, where what is at `steps` need not be given."""
        found: dict[str, Any] = copy(self._spec.resolve(schema))  # which keeps its line
        if not steps or steps[0] not in found.get("properties", {}):
            return found
        first, *rest = steps
        if rest:
            inner = self._without(found["properties"][first], rest)
            found["properties"] = {**found["properties"], first: inner}
        else:
            found["required"] = [name for name in found.get("required", ()) if name != first]
        return found
