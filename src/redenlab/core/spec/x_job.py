"""``x-job`` checked against the rest of its spec: from a block to a `JobSpec`.

A block that contradicts its spec is a `SpecError`, with the line in the file and what to write
there. The generator and `redenlab.connect` both read jobs here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from redenlab.core.errors import SpecError
from redenlab.core.spec import forms
from redenlab.core.spec.document import Node, Spec
from redenlab.core.spec.expressions import pointer, root, steps_of
from redenlab.core.spec.grammar import ModelReference, ModelTypes, State, XJob
from redenlab.core.spec.job_spec import ANY_JSON, COMMANDS, JobSpec, Model, Parameter
from redenlab.core.spec.naming import ARGUMENTS, ATTRIBUTES, METHODS, clash, usable
from redenlab.core.spec.paging import XPage
from redenlab.core.spec.parameters import Parameters
from redenlab.core.spec.readings import Readings, names, problem
from redenlab.core.spec.states import classed, status_schema
from redenlab.core.spec.steps import Polling, Step, Until, UploadStep
from redenlab.core.spec.x_page import x_page

ALIASED = tuple(dict.fromkeys((*METHODS, "predict", *COMMANDS)))
"""Methods that an alias may stand for, beside the one that has the job's name."""


def job_specs(spec: Spec) -> list[JobSpec]:
    """Every job of a spec."""
    found: dict[str, JobSpec] = {}
    for name, operation in spec.operations.items():
        if "x-job" in operation:
            job = _Job(spec, name).complete()
            if job.name in found:
                text = f"two jobs are named '{job.name}'; rename one"
                raise spec.error(operation["x-job"], text, "name")
            found[job.name] = job
            for schema in job.schemas:
                spec.check_schema(schema)
    return list(found.values())


class _Job:
    """One ``x-job`` on its way to a `JobSpec`."""

    def __init__(self, spec: Spec, submit: str) -> None:
        self._spec = spec
        self._submit = submit
        self._operation = spec.operations[submit]
        self._block: Node = self._operation["x-job"]
        self._x_job = forms.read(XJob, self._block, spec.error, "x-job")
        self._given = Parameters(spec, self._operation, self._x_job)

    def complete(self) -> JobSpec:
        self._check_operations()
        self._check_result()
        self._check_idempotency()
        self._check_aliases()
        self._check_name()
        arguments = self._given.arguments(self._arguments())
        self._check_steps()
        self._check_expressions()
        matches = self._x_job.poll.matches
        polled = self._x_job.poll.operation or matches
        envelopes = self._spec.response_nodes(self._spec.operations[polled]) if polled else []
        models = dict(self._models())
        parameters = self._given.properties({p for m in models.values() for p in m.parameters})
        together = self._given.body_together
        self._check_arguments(models, arguments, parameters, self._x_job.submit.options)
        self._given.constraints.check()
        self._check_segments()
        return JobSpec(
            service=self._spec.backend,
            submit=self._submit,
            x_job=self._x_job,
            states=self._states(envelopes),
            envelope=self._spec.response_schema(self._spec.operations[polled]) if polled else None,
            arguments=arguments,
            parameters=parameters,
            together=together,
            definitions=self._given.constraints.definitions,
            models=models,
            free=self._given.free,
            path=str(self._spec.operations[matches]["path"]) if matches else "",
            pages=self._pages(),
            uris=dict(self._uris()),
        )

    def _error(self, text: str, *path: str | int) -> SpecError:
        """The error for what stands at `path` in the block, or for the last of it that is there."""
        node: Any = self._block
        for step in path[:-1]:
            inner = _inner(node, step)
            if not isinstance(inner, Mapping | list):
                return self._spec.error(node, text, str(step))
            node = cast("Any", inner)
        key = path[-1] if path else None
        inner = _inner(node, key)
        if isinstance(inner, Mapping):
            return self._spec.error(cast("Any", inner), text)
        return self._spec.error(node, text, str(key))

    # -- checks

    def _check_operations(self) -> None:
        """Every operation that the block names exists."""
        named = self._steps() | {("poll", "matches"): self._x_job.poll.matches}
        for path, operation in named.items():
            if operation is not None and operation not in self._spec.operations:
                known = ", ".join(self._spec.operations)
                text = f"there is no operation '{operation}'; the spec has {known}"
                raise self._error(text, *path)

    def _steps(self) -> dict[tuple[str | int, ...], str | None]:
        """Every operation that is named, by the path of its key."""
        reference = self._x_job.model
        steps: dict[str, Step] = {**self._x_job.uploads, **self._x_job.steps}
        if isinstance(reference, ModelReference) and reference.resolve is not None:
            steps["model/resolve"] = reference.resolve
        if isinstance(reference, ModelReference) and reference.schemas is not None:
            lookups = enumerate(reference.schemas.lookups)
            steps |= {f"model/schemas/lookups/{number}": step for number, step in lookups}
        return {(*_keys(name), "operationId"): step.operation for name, step in steps.items()}

    def _check_result(self) -> None:
        result = self._x_job.result
        if not result.types and result.type is None and not result.parts and result.media == "json":
            raise self._error("result needs 'types' by model, or 'type'", "result")
        if result.type not in {None, ANY_JSON, *self._spec.schemas}:
            raise self._error(f"there is no schema '{result.type}'", "result", "type")
        if result.parameters and not result.is_step:
            raise self._error("parameters need the operationId that they are for", "result")
        for name in result.linked:
            if name not in result.types:
                raise self._error(f"'{name}' is no model of types", "result", "linked")
        for name, part in {"": result, **result.parts}.items():
            path = ("result", "parts", name) if name else ("result",)
            if part.pages and (not part.operation or x_page(self._spec, part.operation) is None):
                raise self._error("pages need an operation that has x-page", *path, "pages")

    def _check_idempotency(self) -> None:
        early = {"upload", "call", "request"}
        ids = [text for text in self._x_job.ids if not text.startswith("$") or root(text) in early]
        if self._x_job.idempotency == "reconcile" and not ids:
            raise self._error(
                "to reconcile, the job id has to be known before the submit: let 'id' name a value "
                "that the upload kept ($upload.job_id) or that the client chose ($call.id) as well",
                "idempotency",
            )

    def _check_aliases(self) -> None:
        for alias, method in self._x_job.aliases.items():
            if method not in {self._x_job.name, *ALIASED}:
                known = ", ".join((self._x_job.name, *ALIASED))
                text = f"there is no method '{method}'; there are {known}"
                raise self._error(text, "aliases", alias)

    def _check_name(self) -> None:
        """The method that runs the job has a name that is free."""
        paths: dict[str, tuple[str, ...]] = {self._x_job.name: ("name",)}
        paths |= {alias: ("aliases", alias) for alias in self._x_job.aliases}
        for name, path in paths.items():
            if not usable(name) or name in ATTRIBUTES or name in METHODS:
                text = f"the name '{name}' is taken, by every client or by Python; choose another"
                raise self._error(text, *path)

    def _check_arguments(self, models: Mapping[str, Model], *given: Mapping[str, Any]) -> None:
        """No two parameters of a model, or of the job itself, are one argument in Python."""
        shared = [name for parameters in given for name in parameters]
        own = {f"of model '{name}' ": list(model.parameters) for name, model in models.items()}
        for owner, parameters in {"": [], **own}.items():
            found = clash((*shared, *parameters))
            if found is not None:
                text = f"the parameters '{found[0]}' and '{found[1]}' {owner}are one name in Python"
                raise self._error(text, "submit")

    def _check_steps(self) -> None:
        """A step calls an operation or a URL; its arguments exist, and none is missing."""
        steps: dict[str, Step] = {**self._x_job.uploads, **self._x_job.steps}
        if self._x_job.poll.operation is None and self._x_job.poll.url is None:
            raise self._error("poll needs the key 'operationId', or 'url'", "poll")
        for name, step in steps.items():
            path = _keys(name)
            self._check_interval(step, *path)
            if (step.operation is None) is (step.url is None):
                raise self._error("a step has either an operationId or a url", *path)
            if step.operation is None:
                continue
            arguments = self._spec.arguments(self._spec.operations[step.operation])
            for argument in step.parameters:
                if argument not in arguments:
                    text = f"{step.operation} has no parameter '{argument}'"
                    raise self._error(text, *path, "parameters", argument)
            for argument, declared in arguments.items():
                if declared["in"] == "path" and argument not in step.parameters:
                    text = f"the path parameter '{argument}' is not bound; add it here"
                    raise self._error(text, *path, "parameters")

    def _check_interval(self, step: Step, *path: str | int) -> None:
        """The longest pause is no shorter than the first."""
        path = (*path, "until") if isinstance(step, UploadStep) else path
        holder = step.until if isinstance(step, UploadStep) else step
        if isinstance(holder, Until | Polling):
            longest, first = holder.interval.max, holder.interval.initial
            if longest < first:
                text = f"max is {longest:g}, less than initial, {first:g}; write that or more"
                raise self._error(text, *path, "interval", "max")

    def _check_expressions(self) -> None:
        """Every expression is one, and refers to something that is known there."""
        try:
            known = names(self._spec, self._submit, self._x_job)
        except re.error as error:
            raise self._error(f"the pattern cannot be read: {error}", "model", "pattern") from None
        for reading in Readings(self._spec, self._submit, self._x_job):
            text = problem(self._spec, reading, known)
            if text is not None:
                raise self._error(text, *reading.path)

    def _check_segments(self) -> None:
        """Every score is a number of a result that a model gives."""
        segments = self._x_job.segments
        results = {types.result for types in self._types().values()}
        for result, score in segments.scores.items() if segments else ():
            kind = self._spec.resolve(self._spec.properties(result).get(score, {})).get("type")
            if result not in results or kind not in {"number", "integer"}:
                text = f"no model has a result {result} with a number '{score}'"
                raise self._error(text, "segments", "scores", result)

    # -- what follows from the rest of the spec

    def _arguments(self) -> tuple[str, ...]:
        """Arguments of the submit that the caller gives."""
        arguments = self._spec.arguments(self._operation)
        place = self._x_job.model_place or ""
        if place.startswith("$request.path.") and place.split(".", 2)[2] not in arguments:
            raise self._error(f"{place} is no path parameter of the submit operation", "model")
        taken = set(_arguments_of(self._given.filled))
        for name in (*taken, *_arguments_of(self._x_job.submit.bind)):
            if name not in arguments:
                raise self._error(f"{self._submit} has no parameter '{name}'", "submit")
        for name in self._x_job.submit.options:
            if name in ARGUMENTS or (name in arguments and name not in taken):
                raise self._error(f"'{name}' is an argument already", "submit", "options", name)
        return tuple(argument for argument in arguments if argument not in taken)

    def _states(self, envelopes: list[Any]) -> Mapping[str, State]:
        """The class of every status value; the enumeration is found through ``x-states``."""
        status = self._x_job.poll.status
        if status is None:
            if not self._x_job.states:
                raise self._error("poll needs the key 'status', or the job 'states'", "poll")
            return {}
        node: Any = envelopes[0] if envelopes else {}
        for step in steps_of(pointer(status)):
            node, _ = self._spec.below(node, step)
        schema = status_schema(self._spec, node)
        if schema is not None:
            return classed(self._spec, schema)
        if self._x_job.states and not envelopes:
            return {}
        text = "the status needs 'x-states: #/components/schemas/…' with its values"
        raise self._spec.error(node, text) if node else self._error(text, "poll", "status")

    def _pages(self) -> dict[str, XPage]:
        """How the operations page whose pages are joined."""
        result = self._x_job.result
        named = [each.operation for each in (result, *result.parts.values()) if each.pages]
        found = {name: x_page(self._spec, name) for name in named if name}
        return {name: how for name, how in found.items() if how}

    def _uris(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Where the results have URLs, where they become files by their format."""
        result = self._x_job.result
        if result.files == "declared":
            schemas = {result.type, *(types.result for types in self._types().values())}
            for name in sorted(schemas - {None, ANY_JSON}, key=str):
                yield str(name), tuple(self._spec.formatted(self._spec.schemas[str(name)], "uri"))

    def _types(self) -> dict[str, ModelTypes]:
        return {
            name: ModelTypes(result=entry) if isinstance(entry, str) else entry
            for name, entry in self._x_job.result.types.items()
        }

    def _models(self) -> Iterator[tuple[str, Model]]:
        for name, types in self._types().items():
            for schema in (types.result, types.parameters):
                if schema is not None and schema not in self._spec.schemas:
                    text = f"model '{name}': there is no schema '{schema}'"
                    raise self._error(text, "result", "types", name)
            parameters = self._given.of_model(types.parameters)
            together: dict[str, Any] = {}
            if types.parameters is not None:
                self._check_admitted(name, parameters)
                self._given.check_variants(name, types.parameters)
                together = self._given.together(self._spec.schemas[types.parameters])
            yield (
                name,
                Model(
                    result=types.result,
                    schema=types.parameters,
                    parameters=parameters,
                    together=together,
                ),
            )

    def _check_admitted(self, model: str, parameters: Mapping[str, Parameter]) -> None:
        """The submit's body takes the parameters of the model."""
        path = ("result", "types", model)
        for name in parameters:
            if f"$request.body#/{name}" in self._given.filled:
                text = f"the parameter '{name}' of model '{model}' has a name that is taken"
                raise self._error(text, *path)
        parts = self._spec.parts(self._given.body)
        if all(part.get("additionalProperties") is not False for part in parts):
            return
        sent = self._spec.properties(self._given.body)
        if missing := [name for name in parameters if name not in sent]:
            body = self._spec.body_schema(self._operation) or "the request body"
            raise self._error(
                f"{body} does not admit {missing} of model '{model}': "
                "list them there, or set its additionalProperties to true",
                *path,
            )


def _keys(name: str) -> tuple[str | int, ...]:
    """The keys of a block that has this name among the steps: ``upload/0``."""
    return tuple(int(step) if step.isdecimal() else step for step in name.split("/"))


def _arguments_of(places: Iterable[str]) -> Iterator[str]:
    """The names of those places of a request that are no part of its body."""
    return (text.split(".", 2)[2] for text in places if not text.startswith("$request.body"))


def _inner(node: Any, step: str | int | None) -> Any:
    if isinstance(node, Mapping):
        return cast("Node", node).get(str(step))
    if isinstance(node, list) and isinstance(step, int):
        items = cast("Sequence[Any]", node)
        return items[step] if step < len(items) else None
    return None
