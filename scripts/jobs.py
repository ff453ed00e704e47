"""``x-job`` in a spec: read, checked against the rest of the spec, and made ready for a template.

Nothing is guessed: what is unknown, missing or contradictory is refused with its place in the file
and what to write there.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from opc import Field, GenerationError, Names, Parsed
from spec import Spec

STATES = ("unsubmitted", "running", "succeeded", "failed", "cancelled")
CONTROLS = ("cancel", "pause", "resume")
MOST_OVERLOADS = 50

_KEYS: Mapping[str, tuple[set[str], set[str]]] = {  # required, optional
    "x-job": (
        {"version", "name", "idempotency", "id", "poll", "result"},
        {"aliases", "model", "file", "upload", "inline", "start", *CONTROLS},
    ),
    "upload": ({"operationId", "request", "put", "bind"}, {"id", "pending"}),
    "put": ({"url"}, {"method", "headers", "expires_in"}),
    "pending": ({"statuses", "waits"}, set()),
    "inline": ({"statuses"}, set()),
    "start": ({"operationId", "parameters"}, {"unless"}),
    "poll": (
        {"operationId", "parameters", "status", "interval", "timeout"},
        {"error", "fold_case", "grace", "id", "progress", "settled", "unknown"},
    ),
    "interval": ({"initial", "factor", "max"}, set()),
    "grace": ({"statuses", "seconds"}, set()),
    "result": ({"name", "value"}, {"operationId", "parameters", "type", "types", "url"}),
    **dict.fromkeys(CONTROLS, ({"operationId", "parameters"}, set())),
}


@dataclass(frozen=True, slots=True)
class Model:
    """One model of a job: its route name, its result type, its parameters by name."""

    name: str
    result: str
    parameters: Mapping[str, Field]


@dataclass(frozen=True, slots=True)
class Link:
    """An operation and its arguments by their Python names."""

    operation: Names
    parameters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Job:
    """All that the template needs to know of one job."""

    name: str
    block: Mapping[str, Any]
    submit: Names
    ask: Names | None
    look: Link
    start: Link | None
    source: Link | None
    controls: Mapping[str, Link]
    model: str | None
    models: list[Model]
    arguments: Mapping[str, Field]
    parameters: Mapping[str, Field]
    states: Mapping[str, str]
    envelope: str
    fields: Mapping[str, Field]

    @property
    def overloaded(self) -> bool:
        """Whether models get overloads; beyond 50 they cost type checkers too much."""
        return 0 < len(self.models) <= MOST_OVERLOADS

    @property
    def takes_recording(self) -> bool:
        """Whether it begins with a recording."""
        return self.ask is not None or "file" in self.block

    @property
    def result(self) -> str | None:
        """The schema of a result whose model is not known."""
        return self.block["result"].get("type")

    @property
    def given(self) -> list[Field]:
        """What the caller gives whatever the model, required values first."""
        fields = [*self.arguments.values(), *self.parameters.values()]
        return sorted(fields, key=lambda field: not field.required)

    @property
    def operations(self) -> list[Names]:
        """Every operation of its life, once."""
        links = [self.look, self.start, self.source, *self.controls.values()]
        names = [self.submit, self.ask, *(link.operation for link in links if link)]
        return list({name.module: name for name in names if name}.values())

    @property
    def types(self) -> list[str]:
        """Every type that its signatures name."""
        models = [model.result for model in self.models]
        fields = [field.type for model in self.models for field in model.parameters.values()]
        own = [field.type for field in (*self.given, *self.fields.values())]
        return [self.envelope, *filter(None, [self.result]), *models, *fields, *own]


def jobs(spec: Spec, parsed: Parsed) -> list[Job]:
    """Every job of a spec.

    Raises:
        GenerationError: An ``x-job`` is incomplete or does not fit the rest of the spec.
    """
    names = dict(parsed.operations())
    found: dict[str, Job] = {}
    for operation in spec.operations.values():
        if "x-job" in operation:
            job = _Reader(spec, parsed, names, operation).job()
            if job.name in found:
                raise spec.refuse(
                    operation["x-job"], f"two jobs are named '{job.name}'; rename one", "name"
                )
            found[job.name] = job
    return list(found.values())


class _Reader:
    """Reads one ``x-job``."""

    def __init__(
        self,
        spec: Spec,
        parsed: Parsed,
        names: Mapping[str, Names],
        operation: Mapping[str, Any],
    ) -> None:
        self._spec = spec
        self._parsed = parsed
        self._names = names
        self._operation = operation
        self._block = operation["x-job"]

    def job(self) -> Job:
        block = self._block
        self._check_keys("x-job", block)
        if block["version"] != 1:
            raise self._refuse(block, "this generator knows version 1 of x-job", "version")
        poll, upload, result = block["poll"], block.get("upload"), block["result"]
        look = self._op(poll)
        envelope = self._spec.answer(look)
        if envelope is None:
            raise self._refuse(poll, "the poll operation needs a named object as its 200 answer")
        if not result.get("types") and "type" not in result:
            raise self._refuse(result, "result needs 'types' by model, or 'type'")
        self._check_pointers(look)
        model = self._model()
        return Job(
            name=block["name"],
            block=block,
            submit=self._named(self._operation["operationId"]),
            ask=self._named(upload["operationId"]) if upload else None,
            look=self._link(poll),
            start=self._link(block["start"]) if "start" in block else None,
            source=self._link(result) if "operationId" in result else None,
            controls={name: self._link(block[name]) for name in CONTROLS if name in block},
            model=model,
            models=list(self._models()),
            arguments=self._arguments(model),
            parameters=self._parameters(),
            states=self._states(look),
            envelope=envelope,
            fields=self._envelope_fields(envelope),
        )

    def _refuse(self, node: Any, problem: str, key: Any = None) -> GenerationError:
        return self._spec.refuse(node, problem, key)

    def _check_keys(self, kind: str, node: Mapping[str, Any]) -> None:
        required, optional = _KEYS[kind]
        for key in node:
            if key not in required | optional:
                known = ", ".join(sorted(required | optional))
                raise self._refuse(node, f"{kind} has no key '{key}'; it knows {known}", key)
            if key in _KEYS and isinstance(node[key], Mapping):
                self._check_keys(key, node[key])
        for key in sorted(required - set(node)):
            raise self._refuse(node, f"{kind} needs the key '{key}'")

    def _op(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        name = node["operationId"]
        if name not in self._spec.operations:
            known = ", ".join(self._spec.operations)
            raise self._refuse(
                node, f"there is no operation '{name}'; the spec has {known}", "operationId"
            )
        return self._spec.operations[name]

    def _named(self, operation_id: str) -> Names:
        return self._names[operation_id]

    def _check_pointers(self, look: Mapping[str, Any]) -> None:
        """Every pointer into a body leads to a property of its schema."""
        block, upload = self._block, self._block.get("upload")
        submit_body, submit_answer = (
            self._spec.body(self._operation),
            self._spec.answer(self._operation),
        )
        self._pointer(block, "id", submit_answer)
        poll_answer = self._spec.answer(look)
        for key in ("status", "error", "id", "progress"):
            self._pointer(block["poll"], key, poll_answer)
        result = block["result"]
        source = self._spec.answer(self._op(result)) if "operationId" in result else poll_answer
        self._pointer(result, "value", source)
        self._pointer(result, "url", poll_answer)
        for key in ("model", "file"):
            self._pointer(block, key, submit_body)
        self._pointer(block.get("start", {}), "unless", submit_body)
        if upload is None:
            return
        ask = self._op(upload)
        ticket = self._spec.answer(ask)
        for key in upload["request"]:
            self._pointer(upload["request"], key, self._spec.body(ask), key)
        for key in upload["bind"]:
            self._pointer(upload["bind"], key, submit_body, key)
            self._pointer(upload["bind"], key, ticket)
        self._pointer(upload, "id", ticket)
        for key in ("url", "expires_in"):
            self._pointer(upload["put"], key, ticket)

    def _pointer(
        self, node: Mapping[str, Any], key: str, schema: str | None, text: str | None = None
    ) -> None:
        expression = text or node.get(key)
        match = re.fullmatch(r"\$(request|response)\.body#/(.+)", str(expression or ""))
        if match is None:
            return
        owner: Any = self._spec.at(f"#/components/schemas/{schema}") if schema else {}
        for step in match[2].split("/"):
            properties = self._spec.resolve(owner).get("properties", {})
            if step not in properties:
                known = ", ".join(properties) or "no properties"
                raise self._refuse(
                    node, f"{expression} points to nothing: {schema} has {known}", key
                )
            owner = properties[step]

    def _model(self) -> str | None:
        """Where the model goes, by the Python name of an argument."""
        expression = self._block.get("model")
        if expression is None or not expression.startswith("$request.path."):
            return expression
        name = expression.removeprefix("$request.path.")
        arguments = self._named(self._operation["operationId"]).arguments
        if name not in arguments:
            raise self._refuse(
                self._block, f"{expression} is no path parameter of the submit operation", "model"
            )
        return f"$request.path.{arguments[name].name}"

    def _link(self, node: Mapping[str, Any]) -> Link:
        operation = self._op(node)
        names = self._named(node["operationId"])
        bound = node.get("parameters", {})
        for name in bound:
            if name not in names.arguments:
                raise self._refuse(bound, f"{node['operationId']} has no parameter '{name}'", name)
        for parameter in operation.get("parameters", ()):
            declared = self._spec.resolve(parameter)
            if declared["in"] == "path" and declared["name"] not in bound:
                raise self._refuse(
                    bound or node,
                    f"the path parameter '{declared['name']}' is not bound; add it here",
                )
        model = self._block.get("model")  # all that is left of the submit's arguments later on
        return Link(
            names,
            {
                names.arguments[name].name: "$job.model" if text == model else text
                for name, text in bound.items()
            },
        )

    def _arguments(self, model: str | None) -> Mapping[str, Field]:
        """Arguments of the submit that neither the model nor anything else decides on."""
        taken = (model or "").removeprefix("$request.path.")
        arguments = self._named(self._operation["operationId"]).arguments
        return {k: v for k, v in arguments.items() if v.name != taken}

    def _parameters(self) -> Mapping[str, Field]:
        """Properties of the submit body that the caller decides on, whatever the model."""
        body = self._spec.body(self._operation)
        if body is None:
            return {}
        bound = [*self._block.get("upload", {}).get("bind", ())]
        bound += [self._block.get("model"), self._block.get("file")]
        taken = {str(text).partition("#/")[2] for text in bound}
        return {k: v for k, v in self._parsed.fields(body).items() if k not in taken}

    def _states(self, look: Mapping[str, Any]) -> Mapping[str, str]:
        """The class of every status; the enumeration is found through ``x-states``."""
        pointer = self._block["poll"]["status"].partition("#")[2]
        node: Any = self._spec.at(f"#/components/schemas/{self._spec.answer(look)}")
        for step in pointer.split("/")[1:]:
            node = self._spec.resolve(node["properties"][step])
        if "x-states" not in node:
            raise self._refuse(
                node, "the status needs 'x-states: #/components/schemas/…' with its words"
            )
        schema = self._spec.at(node["x-states"])
        classes = schema.get("x-job-states", {})
        found: dict[str, str] = {}
        for state, words in classes.items():
            if state not in STATES:
                raise self._refuse(
                    classes, f"'{state}' is no state; write one of {', '.join(STATES)}", state
                )
            found |= dict.fromkeys(words, state)
        if missing := [word for word in schema["enum"] if word not in found]:
            raise self._refuse(
                schema, f"x-job-states must class every status; unclassed: {missing}", "enum"
            )
        if strangers := [word for word in found if word not in schema["enum"]]:
            raise self._refuse(
                schema, f"x-job-states classes {strangers}, which enum does not have", "enum"
            )
        return found

    def _models(self) -> Iterator[Model]:
        result = self._block["result"]
        for name, entry in result.get("types", {}).items():
            schema = entry if isinstance(entry, str) else entry.get("result")
            if schema not in self._spec.document["components"]["schemas"]:
                raise self._refuse(
                    result["types"],
                    f"model '{name}' has no result type: there is no schema '{schema}'",
                    name,
                )
            parameters = {} if isinstance(entry, str) else self._own_parameters(entry, name)
            yield Model(name, schema, parameters)

    def _own_parameters(self, entry: Mapping[str, Any], model: str) -> Mapping[str, Field]:
        """A model's parameters are the properties of a schema of their own."""
        schema = entry.get("parameters")
        if schema is None:
            return {}
        if schema not in self._spec.document["components"]["schemas"]:
            raise self._refuse(
                entry, f"model '{model}': there is no schema '{schema}'", "parameters"
            )
        return self._parsed.fields(schema)

    def _envelope_fields(self, envelope: str) -> Mapping[str, Field]:
        """What a look at the job says beyond id, status and result."""
        block = self._block
        taken = {block["poll"]["status"], block["result"]["value"], block["id"]}
        shown = {text.rpartition("/")[2] for text in taken}
        return {k: v for k, v in self._parsed.fields(envelope).items() if k not in shown}
