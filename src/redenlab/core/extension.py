"""``x-job`` in a spec: read, and checked against the rest of the spec.

Nothing is guessed: what is unknown, missing or contradictory is refused with its place in the file
and what to write there.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast, get_args

from redenlab.core.blueprints import ANY, CONTROLS, Blueprint, Model, values
from redenlab.core.descriptions import Limits
from redenlab.core.results import State
from redenlab.core.spec import Node, Spec, SpecError

STATES: tuple[State, ...] = get_args(State)
VERSION = 1
METHODS = ("submit", "get_status", "get_result", "job", "upload", "health", "warm_up")
"""Methods of every client beside the one that has the job's name."""

RESERVED = frozenset(
    {"file_path", "s3_uri", "model_name", "parameters"}
    | {"timeout", "on_event", "filename", "content_type", "self"}
)
"""Names of arguments that every method has already."""

_KEYS: Mapping[str, tuple[set[str], set[str]]] = {  # required, optional
    "x-job": (
        {"version", "name", "idempotency", "id", "poll", "result"},
        {"aliases", "chunks", "events", "file", "health", "inline", "model", "start", "upload"}
        | {*CONTROLS},
    ),
    "upload": ({"operationId", "request", "put", "bind"}, {"asset", "id", "pending"}),
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
    "health": ({"operationId", "parameters", "status", "ready"}, set()),
    "chunks": ({"seconds", "overlap", "scores"}, set()),
    "result": ({"name", "value"}, {"operationId", "parameters", "type", "types", "url", "linked"}),
    **dict.fromkeys(("events", *CONTROLS), ({"operationId", "parameters"}, set())),
}


def blueprints(spec: Spec) -> list[Blueprint]:
    """Every job of a spec.

    Raises:
        SpecError: An ``x-job`` is incomplete or does not fit the rest of the spec.
    """
    found: dict[str, Blueprint] = {}
    for name, operation in spec.operations.items():
        if "x-job" in operation:
            blueprint = _Reader(spec, name).blueprint()
            if blueprint.name in found:
                raise spec.refuse(
                    operation["x-job"],
                    f"two jobs are named '{blueprint.name}'; rename one",
                    "name",
                )
            found[blueprint.name] = blueprint
    return list(found.values())


class _Reader:
    """Reads one ``x-job``."""

    def __init__(self, spec: Spec, submit: str) -> None:
        self._spec = spec
        self._submit = submit
        self._operation = spec.operations[submit]
        self._block: Node = self._operation["x-job"]

    def blueprint(self) -> Blueprint:
        block = self._block
        self._check_keys("x-job", block)
        if block["version"] != VERSION:
            raise self._refuse(block, f"only version {VERSION} of x-job is known", "version")
        poll, result = block["poll"], block["result"]
        envelope = self._spec.answer(self._op(poll))
        if envelope is None:
            raise self._refuse(poll, "the poll operation needs a named object as its 200 answer")
        if not result.get("types") and "type" not in result:
            raise self._refuse(result, "result needs 'types' by model, or 'type'")
        if result.get("type", ANY) not in {ANY, *self._spec.schemas}:
            raise self._refuse(result, f"there is no schema '{result['type']}'", "type")
        if block["idempotency"] == "reconcile" and "id" not in block.get("upload", {}):
            raise self._refuse(
                block,
                "to reconcile, the job id has to be known before the submit: give 'upload.id'",
                "idempotency",
            )
        for alias, method in block.get("aliases", {}).items():
            if method not in {block["name"], *METHODS}:
                known = ", ".join((block["name"], *METHODS))
                raise self._refuse(
                    block["aliases"], f"there is no method '{method}'; there are {known}", alias
                )
        arguments = self._arguments()
        self._check_links()
        self._check_pointers(envelope)
        models = dict(self._models())
        self._check_scores()
        for name in result.get("linked", ()):
            if name not in models:
                raise self._refuse(result, f"'{name}' is no model of types", "linked")
        return Blueprint(
            service=self._spec.backend,
            submit=self._submit,
            block=cast("Node", _plain(block)),
            states=self._states(envelope),
            models=models,
            arguments=arguments,
            parameters=self._parameters(),
            model_parameters={
                name: tuple(self._spec.properties(model.parameters))
                for name, model in models.items()
                if model.parameters
            },
            required={
                name: tuple(key for key, part in self._required(model) if "default" not in part)
                for name, model in models.items()
                if model.parameters
            },
            defaults={
                name: found
                for name, model in models.items()
                if (found := {k: p["default"] for k, p in self._required(model) if "default" in p})
            },
            limits={
                name: found
                for name, model in models.items()
                if (found := dict(self._limits(model)))
            },
            envelope=envelope,
        )

    def _limits(self, model: Model) -> Iterator[tuple[str, Limits]]:
        """The parameters of a model that are numbers with a least or a most, by their names."""
        for name, node in self._spec.properties(model.parameters).items():
            part = self._spec.resolve(node)
            if "minimum" in part or "maximum" in part:
                yield name, (part.get("minimum"), part.get("maximum"))

    def _required(self, model: Model) -> Iterator[tuple[str, Node]]:
        """The parameters that a model cannot do without, by their names."""
        schema: Node = self._spec.schemas[model.parameters] if model.parameters else {}
        for name in schema.get("required", ()):
            yield name, self._spec.resolve(schema["properties"][name])

    def _refuse(self, node: Any, problem: str, key: str | None = None) -> SpecError:
        return self._spec.refuse(node, problem, key)

    def _check_keys(self, kind: str, node: Node) -> None:
        required, optional = _KEYS[kind]
        for key in node:
            if key not in required | optional:
                known = ", ".join(sorted(required | optional))
                raise self._refuse(node, f"{kind} has no key '{key}'; it knows {known}", key)
            if key in _KEYS and isinstance(node[key], Mapping):
                self._check_keys(key, node[key])
        for key in sorted(required - set(node)):
            raise self._refuse(node, f"{kind} needs the key '{key}'")

    def _op(self, node: Node) -> Node:
        name = node["operationId"]
        if name not in self._spec.operations:
            known = ", ".join(self._spec.operations)
            raise self._refuse(
                node, f"there is no operation '{name}'; the spec has {known}", "operationId"
            )
        return self._spec.operations[name]

    def _check_links(self) -> None:
        """Every linked operation exists, and each of its path parameters is bound."""
        nodes = [
            self._block[key]
            for key in ("poll", "start", "events", "health", *CONTROLS)
            if key in self._block
        ]
        if "operationId" in self._block["result"]:
            nodes.append(self._block["result"])
        for node in nodes:
            arguments = self._spec.arguments(self._op(node))
            bound = node.get("parameters", {})
            for name, expression in bound.items():
                if name not in arguments:
                    raise self._refuse(
                        bound, f"{node['operationId']} has no parameter '{name}'", name
                    )
                if str(expression).startswith("$") and expression not in {
                    "$job.id",
                    self._block.get("model"),
                }:
                    raise self._refuse(
                        bound,
                        f"{expression} is not known any more when {node['operationId']} is called; "
                        "write $job.id, the text of 'model', or a literal",
                        name,
                    )
            for name, declared in arguments.items():
                if declared["in"] == "path" and name not in bound:
                    raise self._refuse(
                        bound or node, f"the path parameter '{name}' is not bound; add it here"
                    )

    def _check_pointers(self, envelope: str) -> None:
        """Every pointer into a body leads to a property of its schema."""
        block, spec = self._block, self._spec
        sent, accepted = spec.body(self._operation), spec.answer(self._operation)
        result = block["result"]
        source = spec.answer(self._op(result)) if "operationId" in result else envelope
        self._pointers(block, ("id",), accepted)
        self._pointers(block["poll"], ("status", "error", "id", "progress"), envelope)
        for value in values(result):
            if isinstance(value, str):
                self._pointer(result, "value", value, source)
            else:
                self._pointers(value, tuple(value), source)
        self._pointers(result, ("url",), envelope)
        if "health" in block:
            told = spec.answer(self._op(block["health"]))
            self._pointers(block["health"], ("status", "ready"), told)
        self._pointers(block, ("model", "file"), sent)
        self._pointers(block.get("start", {}), ("unless",), sent)
        upload = block.get("upload")
        if upload is None:
            return
        ask = self._op(upload)
        ticket = spec.answer(ask)
        for key in upload["request"]:
            self._pointer(upload["request"], key, key, spec.body(ask))
        for key in upload["bind"]:
            self._pointer(upload["bind"], key, key, sent)
        self._pointers(upload["bind"], tuple(upload["bind"]), ticket)
        self._pointers(upload, ("id", "asset"), ticket)
        self._pointers(upload["put"], ("url", "expires_in"), ticket)

    def _pointers(self, node: Node, keys: tuple[str, ...], schema: str | None) -> None:
        for key in keys:
            if key in node:
                self._pointer(node, key, node[key], schema)

    def _pointer(self, node: Node, key: str, expression: str, schema: str | None) -> None:
        match = re.fullmatch(r"\$(request|response)\.body#/(.+)", expression)
        if match is None:
            return
        owner: Any = self._spec.schemas.get(schema, {}) if schema else {}
        for step in match[2].split("/"):
            properties = self._spec.resolve(owner).get("properties", {})
            if step not in properties:
                known = ", ".join(properties) or "no properties"
                raise self._refuse(
                    node, f"{expression} points to nothing: {schema} has {known}", key
                )
            owner = properties[step]

    def _arguments(self) -> tuple[str, ...]:
        """Arguments of the submit but for the one that selects the model."""
        arguments = self._spec.arguments(self._operation)
        expression = str(self._block.get("model", ""))
        if not expression.startswith("$request.path."):
            return tuple(arguments)
        name = expression.removeprefix("$request.path.")
        if name not in arguments:
            raise self._refuse(
                self._block, f"{expression} is no path parameter of the submit operation", "model"
            )
        return tuple(argument for argument in arguments if argument != name)

    def _bound(self) -> list[Any]:
        """Places of the submit body that are filled without the caller."""
        bound = [*self._block.get("upload", {}).get("bind", ())]
        return [*bound, self._block.get("model"), self._block.get("file")]

    def _parameters(self) -> tuple[str, ...]:
        """Properties of the submit body that nothing else decides on."""
        taken = {str(text).partition("#/")[2] for text in self._bound()}
        for model in self._models_of_types().values():
            taken |= set(self._spec.properties(model.parameters))
        sent = self._spec.properties(self._spec.body(self._operation))
        return tuple(name for name in sent if name not in taken)

    def _states(self, envelope: str) -> Mapping[str, State]:
        """The class of every status; the enumeration is found through ``x-states``."""
        pointer = self._block["poll"]["status"].partition("#/")[2]
        node: Any = self._spec.schemas[envelope]
        for step in pointer.split("/"):
            node = self._spec.resolve(node["properties"][step])
        if "x-states" not in node:
            raise self._refuse(
                node, "the status needs 'x-states: #/components/schemas/…' with its words"
            )
        schema = self._spec.at(node["x-states"])
        found: dict[str, State] = {}
        classes = schema.get("x-job-states", {})
        for state, words in classes.items():
            if state not in STATES:
                raise self._refuse(
                    classes, f"'{state}' is no state; write one of {', '.join(STATES)}", state
                )
            if twice := [word for word in words if word in found]:
                raise self._refuse(classes, f"{twice} stand in two classes", state)
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

    def _models(self) -> Iterator[tuple[str, Model]]:
        types = self._block["result"].get("types", {})
        for name, model in self._models_of_types().items():
            if model.result not in self._spec.schemas:
                raise self._refuse(
                    types,
                    f"model '{name}' has no result type: there is no schema '{model.result}'",
                    name,
                )
            if model.parameters is not None and model.parameters not in self._spec.schemas:
                raise self._refuse(
                    types, f"model '{name}': there is no schema '{model.parameters}'", name
                )
            if model.parameters is not None:
                self._check_admitted(types, name, model.parameters)
            yield name, model

    def _check_scores(self) -> None:
        """Every score is a number of a result that a model gives."""
        scores = self._block.get("chunks", {}).get("scores", {})
        results = {model.result for model in self._models_of_types().values()}
        for result, score in scores.items():
            kind = self._spec.resolve(self._spec.properties(result).get(score, {})).get("type")
            if result not in results or kind not in {"number", "integer"}:
                raise self._refuse(
                    scores, f"no model has a result {result} with a number '{score}'", result
                )

    def _models_of_types(self) -> dict[str, Model]:
        types = self._block["result"].get("types", {})
        found: dict[str, Model] = {}
        for name, entry in types.items():
            block: Node = cast("Node", entry if isinstance(entry, Mapping) else {})
            if isinstance(entry, str):
                found[name] = Model(entry)
            elif "result" in block and not block.keys() - {"result", "parameters"}:
                found[name] = Model(block["result"], block.get("parameters"))
            else:
                raise self._refuse(
                    types,
                    f"model '{name}' needs the name of a schema, or {{result: …, parameters: …}}",
                    name,
                )
        return found

    def _check_admitted(self, types: Node, model: str, parameters: str) -> None:
        """The submit body takes the parameters of the model."""
        body = self._spec.body(self._operation)
        for name in self._spec.properties(parameters):
            if name in RESERVED or f"$request.body#/{name}" in self._bound():
                raise self._refuse(
                    types,
                    f"the parameter '{name}' of model '{model}' has a name that is taken",
                    model,
                )
        schema: Node = self._spec.schemas.get(body, {}) if body else {}
        if schema.get("additionalProperties", True) is not False:
            return
        sent = self._spec.properties(body)
        if missing := [name for name in self._spec.properties(parameters) if name not in sent]:
            raise self._refuse(
                types,
                f"{body} does not admit {missing} of model '{model}': "
                "list them there, or set its additionalProperties to true",
                model,
            )


def _plain(node: Any) -> Any:
    """Without places."""
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, value in cast("Node", node).items()}
    if isinstance(node, list):
        return [_plain(value) for value in cast("Iterable[Any]", node)]
    return node
