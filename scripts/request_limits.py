"""The limits of requests that oasdiff does not compare, by the places of their schemas."""

from collections.abc import Iterator, Mapping
from typing import Any

from redenlab.core.spec.document import Spec
from redenlab.core.spec.job_spec import JobSpec

LIMITS = (
    *("maxItems", "maxProperties", "minProperties"),
    *("multipleOf", "uniqueItems", "additionalProperties"),
)

Place = tuple[str, ...]

THERE = "there"
"""The value of something whose parts have places of their own."""


def request_limits(spec: Spec, jobs: list[JobSpec]) -> dict[Place, Any]:
    """Every such limit, below the operation or the component schema that has it."""
    found: dict[Place, Any] = {}
    waiting = dict(_schemas(spec, jobs))
    seen: set[Place] = set()
    while waiting:
        place, schema = waiting.popitem()
        seen.add(place)
        for path, node in _nodes(place, schema):
            if "$ref" in node:
                name = ("schemas", str(node["$ref"]).rpartition("/")[2])
                waiting |= {} if name in seen else {name: spec.resolve(node)}
            values = {(*path, key): node[key] for key in LIMITS if key in node}
            found[path] = THERE
            found |= {key: value for key, value in values.items() if not _is_schema(value)}
    return found


def _schemas(spec: Spec, jobs: list[JobSpec]) -> Iterator[tuple[Place, Any]]:
    """Every schema of something that is sent."""
    for name, operation in spec.operations.items():
        yield ("operations", name, "body"), spec.body_node(operation)
        for argument, declared in spec.arguments(operation).items():
            yield ("operations", name, "arguments", argument), declared.get("schema")
    for job in jobs:
        for model in job.models.values():
            if model.schema is not None:
                yield ("schemas", model.schema), spec.schemas[model.schema]


def _nodes(path: Place, schema: Any) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    """A schema, and those that stand in it."""
    if not _is_schema(schema):
        return
    yield path, schema
    for name, inner in schema.get("properties", {}).items():
        yield from _nodes((*path, name), inner)
    for key in ("items", "additionalProperties"):
        yield from _nodes((*path, "*"), schema.get(key))
    for key in ("allOf", "oneOf", "anyOf"):
        for index, inner in enumerate(schema.get(key, ())):
            yield from _nodes((*path, f"{key}[{index}]"), inner)


def _is_schema(value: Any) -> bool:
    return isinstance(value, Mapping)
