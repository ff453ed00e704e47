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
MOST_OVERLOADS = 50

_KEYS: Mapping[str, tuple[set[str], set[str]]] = {  # required, optional
    "x-job": (
        {"version", "name", "idempotency", "id", "poll", "result"},
        {"aliases", "model", "upload"},
    ),
    "upload": (
        {"operationId", "request", "put", "bind"},
        {"id", "pending"},
    ),
    "put": ({"url"}, {"method", "headers", "expires_in"}),
    "pending": ({"statuses", "waits"}, set()),
    "poll": (
        {"operationId", "parameters", "status", "interval", "timeout"},
        {"error", "grace", "id"},
    ),
    "interval": ({"initial", "factor", "max"}, set()),
    "grace": ({"statuses", "seconds"}, set()),
    "result": ({"name", "value", "types"}, set()),
}


@dataclass(frozen=True, slots=True)
class Model:
    """One model of a job: its route name, its result type, its parameters by name."""

    name: str
    result: str
    parameters: Mapping[str, Field]


@dataclass(frozen=True, slots=True)
class Job:
    """All that the template needs to know of one job."""

    name: str
    block: Mapping[str, Any]
    submit: Names
    ask: Names | None
    look: Names
    models: list[Model]
    states: Mapping[str, str]
    envelope: str
    fields: Mapping[str, Field]
    model_argument: str | None
    poll_parameters: Mapping[str, str]

    @property
    def overloaded(self) -> bool:
        """Whether models get overloads; beyond 50 they cost type checkers too much."""
        return 0 < len(self.models) <= MOST_OVERLOADS


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
        poll, upload = block["poll"], block.get("upload")
        look = self._op(poll)
        envelope = self._spec.answer(look)
        if envelope is None:
            raise self._refuse(poll, "the poll operation needs a named object as its 200 answer")
        self._check_pointers(look)
        return Job(
            name=block["name"],
            block=block,
            submit=self._named(self._operation["operationId"]),
            ask=self._named(upload["operationId"]) if upload else None,
            look=self._named(poll["operationId"]),
            models=list(self._models()),
            states=self._states(look),
            envelope=envelope,
            fields=self._envelope_fields(envelope),
            model_argument=self._model_argument(),
            poll_parameters=self._poll_parameters(look),
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
        for key in ("status", "error", "id"):
            self._pointer(block["poll"], key, poll_answer)
        self._pointer(block["result"], "value", poll_answer)
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

    def _model_argument(self) -> str | None:
        expression = self._block.get("model")
        if expression is None:
            return None
        name = expression.removeprefix("$request.path.")
        parameters = self._named(self._operation["operationId"]).parameters
        if name not in parameters:
            raise self._refuse(
                self._block, f"{expression} is no path parameter of the submit operation", "model"
            )
        return parameters[name]

    def _poll_parameters(self, look: Mapping[str, Any]) -> Mapping[str, str]:
        poll = self._block["poll"]
        names = self._named(poll["operationId"]).parameters
        bound = poll["parameters"]
        for name in bound:
            if name not in names:
                raise self._refuse(bound, f"{poll['operationId']} has no parameter '{name}'", name)
        for parameter in look.get("parameters", ()):
            declared = self._spec.resolve(parameter)
            if declared["in"] == "path" and declared["name"] not in bound:
                raise self._refuse(
                    bound, f"the path parameter '{declared['name']}' is not bound; add it here"
                )
        return {names[name]: expression for name, expression in bound.items()}

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
        for name, entry in result["types"].items():
            schema = entry if isinstance(entry, str) else entry.get("result")
            if schema not in self._spec.document["components"]["schemas"]:
                raise self._refuse(
                    result["types"],
                    f"model '{name}' has no result type: there is no schema '{schema}'",
                    name,
                )
            parameters = {} if isinstance(entry, str) else self._parameters(entry, name)
            yield Model(name, schema, parameters)

    def _parameters(self, entry: Mapping[str, Any], model: str) -> Mapping[str, Field]:
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
