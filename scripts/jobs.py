"""What the template of jobs has to know: blueprints of a spec with the names of Python."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from opc import Field, Names, Parsed, identifier
from redenlab.core.blueprints import ANY, Blueprint, values
from redenlab.core.extension import blueprints
from redenlab.core.spec import Spec

MOST_OVERLOADS = 50


@dataclass(frozen=True, slots=True)
class Model:
    """One model of a job: its route name, its result type, its parameters."""

    name: str
    result: str
    parameters: list[Field]

    @property
    def attribute(self) -> str:
        """Its name as a Python constant."""
        return identifier(self.name).upper()


@dataclass(frozen=True, slots=True)
class Job:
    """One job.

    Attributes:
        operations: The Python side of every operation, by its ``operationId``.
        models: In the order of the spec.
        given: What the caller gives whatever the model, required values first.
        fields: What a look at the job says beyond id, status and result.
        names: Python names of arguments and parameters where they differ from the wire's.
    """

    blueprint: Blueprint
    operations: Mapping[str, Names]
    models: list[Model]
    given: list[Field]
    fields: Mapping[str, Field]
    names: Mapping[str, str]

    @property
    def name(self) -> str:
        return self.blueprint.name

    @property
    def overloaded(self) -> bool:
        """Whether models get overloads; beyond 50 they cost type checkers too much."""
        return 0 < len(self.models) <= MOST_OVERLOADS

    @property
    def takes_recording(self) -> bool:
        """Whether it begins with a recording."""
        return "upload" in self.blueprint.block or "file" in self.blueprint.block

    @property
    def scored(self) -> list[Model]:
        """The models whose recordings may be cut into pieces."""
        scores = self.blueprint.block.get("chunks", {}).get("scores", {})
        return [model for model in self.models if model.result in scores]

    @property
    def result(self) -> str | None:
        """The schema of a result that no model decides on."""
        name = self.blueprint.block["result"].get("type")
        return None if name == ANY else name

    @property
    def types(self) -> Iterator[str]:
        """Every type that its signatures name."""
        yield self.blueprint.envelope
        yield self.result or ""
        for model in self.models:
            yield model.result
            yield from (field.type for field in model.parameters)
        yield from (field.type for field in self.given)
        yield from (field.type for field in self.fields.values())


def jobs(spec: Spec, parsed: Parsed) -> list[Job]:
    """Every job of a spec.

    Raises:
        SpecError: An ``x-job`` is incomplete or does not fit the rest of the spec.
    """
    names = parsed.named(spec.operations)
    return [_job(blueprint, parsed, names) for blueprint in blueprints(spec)]


def _job(blueprint: Blueprint, parsed: Parsed, names: Mapping[str, Names]) -> Job:
    submit = names[blueprint.submit]
    sent = parsed.fields(submit.body) if submit.body else {}
    given = {name: submit.arguments[name] for name in blueprint.arguments}
    given |= {name: sent[name].given() for name in blueprint.parameters}
    own = {
        name: _given(parsed, model.parameters) if model.parameters else {}
        for name, model in blueprint.models.items()
    }
    linked = [names[name].arguments for name in blueprint.operations]
    renamed = {
        wire: field.name
        for fields in (given, *own.values(), *linked)
        for wire, field in fields.items()
        if wire != field.name
    }
    block = blueprint.block
    hidden = {block["poll"]["status"], block["id"], *_places(block["result"])}
    hidden = {text.rpartition("/")[2] for text in hidden}
    envelope = parsed.fields(blueprint.envelope)
    return Job(
        blueprint=blueprint,
        operations={name: names[name] for name in blueprint.operations},
        models=[
            Model(name, model.result, _parameters(blueprint, name, own[name]))
            for name, model in blueprint.models.items()
        ],
        given=sorted(given.values(), key=lambda field: not field.required),
        fields={name: field for name, field in envelope.items() if name not in hidden},
        names=renamed,
    )


def _parameters(blueprint: Blueprint, model: str, fields: Mapping[str, Field]) -> list[Field]:
    """What the caller of a model gives; what has a default need not be given."""
    defaults = blueprint.defaults.get(model, {})
    given = [replace(f, required=f.required and k not in defaults) for k, f in fields.items()]
    return sorted(given, key=lambda field: not field.required)


def _places(result: Mapping[str, Any]) -> Iterator[str]:
    """Every place that a result is made of."""
    for value in values(result):
        yield from [value] if isinstance(value, str) else value.values()


def _given(parsed: Parsed, schema: str) -> dict[str, Field]:
    return {name: field.given() for name, field in parsed.fields(schema).items()}
