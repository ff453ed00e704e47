"""From ``x-job`` to something that runs.

A `Blueprint` is an ``x-job`` that fits its spec, with the names of the wire; `describe` joins it
with operations, generated or not, into a `JobDescription`. `redenlab.core.extension` reads
blueprints from specs, and the generator writes them down as literals.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, cast, get_args

from redenlab.core.descriptions import (
    ChunksDescription,
    Control,
    HealthDescription,
    Hook,
    JobDescription,
    Limits,
    Link,
    Pending,
    PollDescription,
    ResultDescription,
    StartDescription,
    UploadDescription,
)
from redenlab.core.operations import Reader, Step
from redenlab.core.poll import Poll
from redenlab.core.results import Snapshot, State

CONTROLS: tuple[Control, ...] = get_args(Control)
ANY = "any"
"""The type of a result that may be any JSON."""

Block = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Model:
    """One model of a job.

    Attributes:
        result: Name of the schema of its result.
        parameters: Name of the schema whose properties are its parameters.
    """

    result: str
    parameters: str | None = None


@dataclass(frozen=True, slots=True)
class Blueprint:
    """An ``x-job`` that fits its spec.

    Attributes:
        service: The backend.
        submit: The operation that carries it.
        block: The ``x-job`` itself.
        states: The class of every status.
        models: What the spec knows of each model.
        arguments: Arguments of the submit that the caller gives.
        parameters: Properties of the submit body that the caller gives, whatever the model.
        model_parameters: Properties that one model adds.
        required: Those of them that it cannot do without.
        defaults: What is sent for those of them that have a default, if nobody gives them.
        limits: Between what the numbers among them have to lie.
        envelope: Name of the schema of a look at the job.
    """

    service: str
    submit: str
    block: Block
    states: Mapping[str, State]
    models: Mapping[str, Model]
    arguments: tuple[str, ...]
    parameters: tuple[str, ...]
    model_parameters: Mapping[str, tuple[str, ...]]
    required: Mapping[str, tuple[str, ...]]
    defaults: Mapping[str, Mapping[str, Any]]
    limits: Mapping[str, Mapping[str, Limits]]
    envelope: str

    @property
    def name(self) -> str:
        """Of the job, and of the method that runs it."""
        return str(self.block["name"])

    @property
    def operations(self) -> list[str]:
        """Every operation of its life, once."""
        keys = ("upload", "start", "poll", "events", "result", "health", *CONTROLS)
        nodes = [self.block.get(key, {}) for key in keys]
        ids = [self.submit, *(node["operationId"] for node in nodes if "operationId" in node)]
        return list(dict.fromkeys(ids))


@dataclass(frozen=True, slots=True)
class Parts:
    """What a blueprint is joined with.

    Attributes:
        steps: Every operation of the job by its ``operationId``.
        read: Finds what reads a schema.
        snapshot: Type of a look at the job.
        finished: Type of the end of a good job.
        names: Python names of arguments and parameters where they differ from the wire's.
    """

    steps: Mapping[str, Step]
    read: Callable[[str], Reader]
    snapshot: type[Snapshot[Any]]
    finished: type[Any]
    names: Mapping[str, str] = field(default_factory=dict[str, str])

    def name(self, wire: str) -> str:
        """The Python name of an argument or parameter."""
        return self.names.get(wire, wire)


def describe(blueprint: Blueprint, parts: Parts) -> JobDescription[Any]:
    """The runnable form of a job."""
    block = blueprint.block
    result, start = block["result"], block.get("start")
    has_source = "operationId" in result
    model = block.get("model")
    if model is not None and model.startswith("$request.path."):
        model = f"$request.path.{parts.name(model.removeprefix('$request.path.'))}"
    return JobDescription(
        service=blueprint.service,
        name=blueprint.name,
        submit=parts.steps[blueprint.submit],
        idempotency=block["idempotency"],
        id=block["id"],
        poll=_poll(blueprint, parts),
        result=ResultDescription(
            values=tuple(values(result)),
            models={name: model.result for name, model in blueprint.models.items()},
            schema=None if result.get("type") == ANY else result.get("type"),
            source=_link(blueprint, parts, result) if has_source else None,
            url=result.get("url"),
            linked=frozenset(result.get("linked", ())),
        ),
        states=blueprint.states,
        snapshot=parts.snapshot,
        finished=parts.finished,
        read=parts.read,
        model=model,
        file=block.get("file"),
        arguments=frozenset(map(parts.name, blueprint.arguments)),
        parameters=_places(blueprint.parameters, parts),
        model_parameters={
            name: _places(names, parts) for name, names in blueprint.model_parameters.items()
        },
        required={
            name: tuple(map(parts.name, names)) for name, names in blueprint.required.items()
        },
        defaults={
            name: {parts.name(key): value for key, value in given.items()}
            for name, given in blueprint.defaults.items()
        },
        limits={
            name: {parts.name(key): value for key, value in given.items()}
            for name, given in blueprint.limits.items()
        },
        parameter_schemas={
            name: model.parameters for name, model in blueprint.models.items() if model.parameters
        },
        upload=_upload(block["upload"], parts) if "upload" in block else None,
        inline=frozenset(block.get("inline", {}).get("statuses", ())),
        start=StartDescription(_link(blueprint, parts, start), start.get("unless"))
        if start
        else None,
        events=_link(blueprint, parts, block["events"]) if "events" in block else None,
        health=_health(blueprint, parts, block["health"]) if "health" in block else None,
        chunks=ChunksDescription(**block["chunks"]) if "chunks" in block else None,
        controls={name: _link(blueprint, parts, block[name]) for name in CONTROLS if name in block},
    )


def values(result: Block) -> list[str | Mapping[str, str]]:
    """The places of a result, as a list however they are written."""
    value: Any = result["value"]
    return cast("list[str | Mapping[str, str]]", value if isinstance(value, list) else [value])


def _health(blueprint: Blueprint, parts: Parts, node: Block) -> HealthDescription:
    return HealthDescription(_link(blueprint, parts, node), node["status"], node["ready"])


def _places(names: tuple[str, ...], parts: Parts) -> dict[str, str]:
    return {parts.name(name): f"/{name}" for name in names}


def _pointers(mapping: Mapping[str, str]) -> dict[str, str]:
    return {key.partition("#")[2]: value for key, value in mapping.items()}


def _link(blueprint: Blueprint, parts: Parts, node: Block) -> Link:
    model = blueprint.block.get("model")  # all that is left of the submit's arguments later on
    return Link(
        parts.steps[node["operationId"]].operation,
        {
            parts.name(name): "$job.model" if expression == model else expression
            for name, expression in node.get("parameters", {}).items()
        },
    )


def _poll(blueprint: Blueprint, parts: Parts) -> PollDescription:
    poll = blueprint.block["poll"]
    interval, grace = poll["interval"], poll.get("grace", {})
    return PollDescription(
        look=_link(blueprint, parts, poll),
        id=poll.get("id", blueprint.block["id"]),
        status=poll["status"],
        schedule=Poll(interval["initial"], interval["factor"], interval["max"]),
        timeout=poll["timeout"],
        error=poll.get("error"),
        progress=_progress(blueprint.service, poll.get("progress")),
        unknown=poll.get("unknown", "running"),
        fold_case=poll.get("fold_case", False),
        settled=_hook(blueprint.service, poll["settled"]) if "settled" in poll else None,
        grace=frozenset(grace.get("statuses", ())),
        grace_seconds=grace.get("seconds", 0.0),
    )


def _upload(block: Block, parts: Parts) -> UploadDescription:
    put, pending = block["put"], block.get("pending", {})
    return UploadDescription(
        ask=parts.steps[block["operationId"]],
        request=_pointers(block["request"]),
        url=put["url"],
        bind=_pointers(block["bind"]),
        headers=put.get("headers", {}),
        method=put.get("method", "PUT"),
        expires_in=put.get("expires_in"),
        id=block.get("id"),
        asset=block.get("asset"),
        pending=Pending(frozenset(pending.get("statuses", ())), tuple(pending.get("waits", ()))),
    )


def _progress(service: str, text: str | None) -> str | Hook | None:
    return text if text is None or text.startswith("$") else _hook(service, text)


def _hook(service: str, name: str) -> Hook:
    """A room's own word on its jobs, imported when it is first asked for."""

    def ask(seen: Snapshot[Any]) -> Any:
        return getattr(import_module(f"redenlab.{service}.workflows"), name)(seen)

    return ask
