"""Reads every ``x-job`` of a spec, checks it against the rest of the spec, and completes it.

Nothing is guessed: what is unknown, missing or contradictory is a `SpecError` with its place in
the file and what to write there. The generator and `redenlab.connect` both read jobs here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from redenlab.core.errors import SpecError
from redenlab.core.spec import forms
from redenlab.core.spec.document import Node, Spec
from redenlab.core.spec.grammar import ModelTypes, XJob
from redenlab.core.spec.job_spec import ANY_JSON, STATES, JobSpec, Model, Parameter, State

METHODS = (
    *("submit", "get_status", "get_result", "job", "upload", "health", "warm_up"),
    *("cancel", "pause", "resume"),
)
"""Methods that an alias may stand for, beside the one that has the job's name."""

RESERVED = frozenset(
    {"file_path", "s3_uri", "model_name", "parameters"}
    | {"timeout", "on_event", "filename", "content_type", "self"}
)
"""Names of arguments that every method has already."""


def job_specs(spec: Spec) -> list[JobSpec]:
    """Every job of a spec."""
    found: dict[str, JobSpec] = {}
    for name, operation in spec.operations.items():
        if "x-job" in operation:
            job = _Job(spec, name).complete()
            if job.name in found:
                problem = f"two jobs are named '{job.name}'; rename one"
                raise spec.error(operation["x-job"], problem, "name")
            found[job.name] = job
    return list(found.values())


class _Job:
    """One ``x-job`` on its way to a `JobSpec`."""

    def __init__(self, spec: Spec, submit: str) -> None:
        self._spec = spec
        self._submit = submit
        self._operation = spec.operations[submit]
        self._block: Node = self._operation["x-job"]
        self._x_job = forms.read(XJob, self._block, spec.error, "x-job")

    def complete(self) -> JobSpec:
        self._check_operations()
        envelope = self._spec.response_schema(self._spec.operations[self._x_job.poll.operation])
        if envelope is None:
            raise self._error("the poll operation needs a named object as its 200 answer", "poll")
        self._check_result()
        self._check_idempotency()
        self._check_aliases()
        arguments = self._arguments()
        self._check_links()
        self._check_pointers(envelope)
        models = dict(self._models())
        self._check_segments()
        return JobSpec(
            service=self._spec.backend,
            submit=self._submit,
            x_job=self._x_job,
            states=self._states(envelope),
            envelope=envelope,
            arguments=arguments,
            parameters=self._parameters(),
            models=models,
        )

    def _error(self, problem: str, *path: str) -> SpecError:
        """The error for what stands at `path` in the block; its last step may be a plain value."""
        node: Any = self._block
        for step in path[:-1]:
            node = node[step]
        key = path[-1] if path else None
        inner = node.get(key) if key is not None else None
        if isinstance(inner, Mapping):
            return self._spec.error(inner, problem)
        return self._spec.error(node, problem, key)

    # -- checks

    def _check_operations(self) -> None:
        """Every operation that the block names exists."""
        links = {key: link.operation for key, link in self._x_job.links.items()}
        if self._x_job.upload is not None:
            links["upload"] = self._x_job.upload.operation
        for key, operation in links.items():
            if operation not in self._spec.operations:
                known = ", ".join(self._spec.operations)
                problem = f"there is no operation '{operation}'; the spec has {known}"
                raise self._error(problem, key, "operationId")

    def _check_result(self) -> None:
        result = self._x_job.result
        if not result.types and result.type is None:
            raise self._error("result needs 'types' by model, or 'type'", "result")
        if result.type not in {None, ANY_JSON, *self._spec.schemas}:
            raise self._error(f"there is no schema '{result.type}'", "result", "type")
        if result.parameters and result.operation is None:
            raise self._error("parameters need the operationId that they are for", "result")
        for name in result.linked:
            if name not in result.types:
                raise self._error(f"'{name}' is no model of types", "result", "linked")

    def _check_idempotency(self) -> None:
        upload = self._x_job.upload
        if self._x_job.idempotency == "reconcile" and (upload is None or upload.id is None):
            raise self._error(
                "to reconcile, the job id has to be known before the submit: give 'upload.id'",
                "idempotency",
            )

    def _check_aliases(self) -> None:
        for alias, method in self._x_job.aliases.items():
            if method not in {self._x_job.name, *METHODS}:
                known = ", ".join((self._x_job.name, *METHODS))
                problem = f"there is no method '{method}'; there are {known}"
                raise self._error(problem, "aliases", alias)

    def _check_links(self) -> None:
        """Every argument of a call exists, has a value that is still known, and none is missing."""
        for key, link in self._x_job.links.items():
            arguments = self._spec.arguments(self._spec.operations[link.operation])
            for name, expression in link.parameters.items():
                if name not in arguments:
                    problem = f"{link.operation} has no parameter '{name}'"
                    raise self._error(problem, key, "parameters", name)
                known = {"$job.id", self._x_job.model}
                if expression.startswith("$") and expression not in known:
                    raise self._error(
                        f"{expression} is not known any more when {link.operation} is called; "
                        "write $job.id, the text of 'model', or a literal",
                        *(key, "parameters", name),
                    )
            for name, declared in arguments.items():
                if declared["in"] == "path" and name not in link.parameters:
                    path = (key, "parameters") if link.parameters else (key,)
                    raise self._error(
                        f"the path parameter '{name}' is not bound; add it here", *path
                    )

    def _check_pointers(self, envelope: str) -> None:
        """Every pointer into a body leads to a property of its schema."""
        job, spec = self._x_job, self._spec

        def bodies(operation: str) -> tuple[str | None, str | None]:
            called = spec.operations[operation]
            return spec.body_schema(called), spec.response_schema(called)

        sent, accepted = bodies(self._submit)
        link = job.result.link
        schemas: dict[tuple[str, ...], tuple[str | None, str | None]] = {
            (): (sent, accepted),
            ("poll",): (sent, envelope),
            ("result",): (sent, bodies(link.operation)[1] if link else envelope),
            ("result", "url"): (sent, envelope),
        }
        if job.health is not None:
            schemas["health",] = bodies(job.health.operation)
        if job.upload is not None:
            asked, ticket = bodies(job.upload.operation)
            schemas |= {("upload",): (asked, ticket), ("upload", "bind"): (sent, ticket)}
        for path, text in _texts(self._block):
            ends = range(len(path), -1, -1)
            request, response = next(schemas[path[:n]] for n in ends if path[:n] in schemas)
            self._check_pointer(text, response if "response" in text else request, path)

    def _check_pointer(self, expression: str, schema: str | None, path: tuple[str, ...]) -> None:
        match = re.fullmatch(r"\$(request|response)\.body#/(.+)", expression)
        if match is None:
            return
        owner: Any = self._spec.schemas.get(schema, {}) if schema else {}
        for step in match[2].split("/"):
            properties = self._spec.resolve(owner).get("properties", {})
            if step not in properties:
                known = ", ".join(properties) or "no properties"
                raise self._error(f"{expression} points to nothing: {schema} has {known}", *path)
            owner = properties[step]

    def _check_segments(self) -> None:
        """Every score is a number of a result that a model gives."""
        segments = self._x_job.segments
        results = {types.result for types in self._types().values()}
        for result, score in segments.scores.items() if segments else ():
            kind = self._spec.resolve(self._spec.properties(result).get(score, {})).get("type")
            if result not in results or kind not in {"number", "integer"}:
                problem = f"no model has a result {result} with a number '{score}'"
                raise self._error(problem, "segments", "scores", result)

    # -- what follows from the rest of the spec

    def _arguments(self) -> tuple[str, ...]:
        """Arguments of the submit but for the one that selects the model."""
        arguments = self._spec.arguments(self._operation)
        expression = self._x_job.model or ""
        if not expression.startswith("$request.path."):
            return tuple(arguments)
        name = expression.removeprefix("$request.path.")
        if name not in arguments:
            problem = f"{expression} is no path parameter of the submit operation"
            raise self._error(problem, "model")
        return tuple(argument for argument in arguments if argument != name)

    def _bound(self) -> set[str]:
        """Places of the submit's body that are filled without the caller."""
        bind = self._x_job.upload.bind if self._x_job.upload else ()
        return {*bind, self._x_job.model or "", self._x_job.file or ""}

    def _parameters(self) -> tuple[str, ...]:
        """Properties of the submit's body that nothing else decides on."""
        taken = {text.partition("#/")[2] for text in self._bound()}
        for types in self._types().values():
            taken |= set(self._spec.properties(types.parameters))
        sent = self._spec.properties(self._spec.body_schema(self._operation))
        return tuple(name for name in sent if name not in taken)

    def _states(self, envelope: str) -> Mapping[str, State]:
        """The class of every status value; the enumeration is found through ``x-states``."""
        pointer = self._x_job.poll.status.partition("#/")[2]
        node: Any = self._spec.schemas[envelope]
        for step in pointer.split("/"):
            node = self._spec.resolve(node["properties"][step])
        if "x-states" not in node:
            problem = "the status needs 'x-states: #/components/schemas/…' with its values"
            raise self._spec.error(node, problem)
        schema = self._spec.at(node["x-states"])
        found: dict[str, State] = {}
        classes = schema.get("x-job-states", {})
        for state, values in classes.items():
            if state not in STATES:
                problem = f"'{state}' is no state; write one of {', '.join(STATES)}"
                raise self._spec.error(classes, problem, state)
            if twice := [value for value in values if value in found]:
                raise self._spec.error(classes, f"{twice} stand in two classes", state)
            found |= dict.fromkeys(values, state)
        if missing := [value for value in schema["enum"] if value not in found]:
            problem = f"x-job-states must class every status; unclassed: {missing}"
            raise self._spec.error(schema, problem, "enum")
        if unknown := [value for value in found if value not in schema["enum"]]:
            problem = f"x-job-states classes {unknown}, which enum does not have"
            raise self._spec.error(schema, problem, "enum")
        return found

    def _types(self) -> dict[str, ModelTypes]:
        return {
            name: ModelTypes(result=entry) if isinstance(entry, str) else entry
            for name, entry in self._x_job.result.types.items()
        }

    def _models(self) -> Iterator[tuple[str, Model]]:
        for name, types in self._types().items():
            for schema in (types.result, types.parameters):
                if schema is not None and schema not in self._spec.schemas:
                    problem = f"model '{name}': there is no schema '{schema}'"
                    raise self._error(problem, "result", "types", name)
            parameters = dict(self._parameters_of(types.parameters))
            if types.parameters is not None:
                self._check_admitted(name, parameters)
            yield name, Model(result=types.result, schema=types.parameters, parameters=parameters)

    def _parameters_of(self, schema: str | None) -> Iterator[tuple[str, Parameter]]:
        """The parameters of a model, by their names."""
        required = self._spec.schemas[schema].get("required", ()) if schema else ()
        for name, node in self._spec.properties(schema).items():
            part = self._spec.resolve(node)
            yield (
                name,
                Parameter(
                    required=name in required,
                    default=part.get("default") if name in required else None,
                    minimum=part.get("minimum"),
                    maximum=part.get("maximum"),
                ),
            )

    def _check_admitted(self, model: str, parameters: Mapping[str, Parameter]) -> None:
        """The submit's body takes the parameters of the model."""
        path = ("result", "types", model)
        for name in parameters:
            if name in RESERVED or f"$request.body#/{name}" in self._bound():
                problem = f"the parameter '{name}' of model '{model}' has a name that is taken"
                raise self._error(problem, *path)
        body = self._spec.body_schema(self._operation)
        schema: Node = self._spec.schemas.get(body, {}) if body else {}
        if schema.get("additionalProperties", True) is not False:
            return
        sent = self._spec.properties(body)
        if missing := [name for name in parameters if name not in sent]:
            raise self._error(
                f"{body} does not admit {missing} of model '{model}': "
                "list them there, or set its additionalProperties to true",
                *path,
            )


def _texts(node: Any, *path: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text below `node`, keys included, with its path."""
    if isinstance(node, str):
        yield path, node
    elif isinstance(node, Mapping):
        for key, value in cast("Node", node).items():
            yield (*path, key), key
            yield from _texts(value, *path, key)
    elif isinstance(node, list):
        for value in cast("Iterable[Any]", node):
            yield from _texts(value, *path)
