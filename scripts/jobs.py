"""The input of the template of jobs: the jobs of a spec with their names and types in Python."""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from opc import Field, Names, Parsed, class_name
from redenlab.core.jobs.snapshots import Outcome
from redenlab.core.spec.bounds import bounds
from redenlab.core.spec.document import Spec
from redenlab.core.spec.expressions import pointer
from redenlab.core.spec.grammar import Option, Result
from redenlab.core.spec.job_spec import JobSpec
from redenlab.core.spec.naming import argument
from redenlab.core.spec.x_client import x_client

OWN = {name for name in dir(Outcome) if not name.startswith("_")} | {
    *("job_id", "status", "state", "envelope", "notes", "seen", "result", "files")
}
"""Attributes of every job."""


@dataclass(frozen=True, slots=True)
class Model:
    """One model of a job: its route name, its result type, its parameters."""

    name: str
    result: str
    parameters: list[Field]

    @property
    def call(self) -> Hashable:
        """What its overloads say: models that are equal in it share them."""
        fields = frozenset((field.name, field.type, field.required) for field in self.parameters)
        return self.result, fields


@dataclass(frozen=True, slots=True)
class Job:
    """One job.

    Attributes:
        operations: The Python side of every operation, by its ``operationId``.
        models: In the order of the spec.
        given: What the caller gives whatever the model, required values first.
        fields: What a poll's response has beyond id, status and result.
        names: Wire names of parameters, by their Python names where they differ.
        result: The type of a result that no model decides on; ``None`` for plain JSON.
        arrays: Classes of the elements of results that are arrays, by their schemas.
    """

    spec: JobSpec
    operations: Mapping[str, Names]
    models: list[Model]
    given: list[Field]
    fields: Mapping[str, Field]
    names: Mapping[str, str]
    result: str | None
    arrays: Mapping[str, str]

    @property
    def name(self) -> str:
        return self.spec.name

    @staticmethod
    def attribute(field: Field) -> str:
        """The name of a field as an attribute of a job; some names every job has."""
        return f"{field.name}_" if field.name in OWN else field.name

    @property
    def referenced(self) -> bool:
        """Whether callers name a model that the spec does not list."""
        return self.spec.x_job.model is not None and not self.models

    @property
    def envelope(self) -> str:
        """The type of a poll's response."""
        name = class_name(self.spec.envelope) if self.spec.envelope else "dict[str, Any]"
        return name + (" | None" if self.bodiless else "")

    @property
    def classes(self) -> dict[str, str]:
        """The class of each schema that the job names, where it is called otherwise."""
        found = {name: class_name(name) for name in self.spec.schemas}
        if self.spec.envelope:
            found[self.spec.envelope] = class_name(self.spec.envelope)
        return {name: other for name, other in found.items() if name != other}

    @property
    def bodiless(self) -> bool:
        """Whether a response to a poll may be no JSON object: a redirect, a picture."""
        return bool(self.spec.x_job.states)

    def read_later(self, asynchronous: bool) -> str | None:
        """The type of a result that is read when it is wanted; ``None`` for JSON."""
        prefix = "Async" if asynchronous else ""
        found = {"binary": f"_outputs.{prefix}FileOutput", "jsonl": f"_outputs.{prefix}Rows"}
        return (found | {"text": "str"}).get(self.spec.x_job.result.media)

    @property
    def calls(self) -> list[list[Model]]:
        """The models by their results and parameters: an overload for each group."""
        return _grouped(self.models, lambda model: model.call)

    @property
    def results(self) -> list[list[Model]]:
        """The models by their results alone."""
        return _grouped(self.models, lambda model: model.result)

    @property
    def aliases(self) -> Mapping[str, str]:
        """Further names of its methods."""
        return self.spec.x_job.aliases

    @property
    def demanding(self) -> list[list[Model]]:
        """The groups of `calls` whose models cannot do without a parameter."""
        return [
            models
            for models in self.calls
            if models[0].parameters and models[0].parameters[0].required
        ]

    @property
    def takes_recording(self) -> bool:
        """Whether it begins with a recording."""
        return self.spec.takes_recording

    @property
    def scored(self) -> list[Model]:
        """The models whose recordings may be cut into segments."""
        segments = self.spec.x_job.segments
        scores = segments.scores if segments else {}
        return [model for model in self.models if model.result in map(class_name, scores)]

    @property
    def scored_groups(self) -> list[list[Model]]:
        """Those models by their results."""
        return _grouped(self.scored, lambda model: model.result)

    @property
    def types(self) -> Iterator[str]:
        """Every type that its signatures name."""
        yield self.envelope
        yield self.result or ""
        for model in self.models:
            yield model.result
            yield from (field.type for field in model.parameters)
        yield from (field.type for field in self.given)
        yield from (field.type for field in self.fields.values())


def _grouped(models: list[Model], key: Callable[[Model], Hashable]) -> list[list[Model]]:
    groups: dict[Hashable, list[Model]] = {}
    for model in models:
        groups.setdefault(key(model), []).append(model)
    return list(groups.values())


def jobs(spec: Spec, described: Iterable[JobSpec], parsed: Parsed) -> list[Job]:
    """The jobs of a spec that are `described`, with what they are called in Python."""
    names = parsed.named(spec.operations)
    return [_job(spec, job, parsed, names) for job in described]


def _job(spec: Spec, job: JobSpec, parsed: Parsed, names: Mapping[str, Names]) -> Job:
    submit = names[job.submit]
    sent = parsed.fields(submit.body) if submit.body else {}
    given = {
        name: replace(submit.arguments[name], required=parameter.must_be_given)
        for name, parameter in job.arguments.items()
    }
    given |= {
        name: replace(sent[name].given(), required=parameter.must_be_given)
        for name, parameter in job.parameters.items()
    }
    if x_client(spec).checked:
        nodes = spec.properties(spec.body_node(spec.operations[job.submit]))
        for name in job.parameters:
            wider = widened(spec, parsed, nodes[name], given[name])
            given[name] = replace(wider, type=wider.type.replace("list[", "Sequence["))
    given |= {name: _option(name, how) for name, how in job.x_job.submit.options.items()}
    given = {name: _argument(job, field) for name, field in given.items()}
    own = {
        name: _given(job, parsed, model.schema) if model.schema else {}
        for name, model in job.models.items()
    }
    place = pointer(job.x_job.files.place).removeprefix("/") if job.x_job.files else ""
    for fields in (given, *own.values()):
        if place in fields:
            fields[place] = replace(fields[place], type=f"{fields[place].type} | _sources.Source")
    renamed = {
        field.name: wire
        for fields in (given, *own.values())
        for wire, field in fields.items()
        if wire != field.name
    }
    places = (job.x_job.poll.status or "", *job.x_job.ids, *_places(job.x_job.result))
    hidden = {text.rpartition("/")[2] for text in places if text.startswith(("$response", "$poll"))}
    envelope = parsed.fields(job.envelope) if job.envelope else {}
    item = _item(spec, parsed, job.x_job.result.type)
    return Job(
        spec=job,
        operations={name: names[name] for name in job.operations},
        models=[
            Model(name, _class(parsed, model.result) or "JSON", _parameters(job, name, own[name]))
            for name, model in job.models.items()
        ],
        given=sorted(given.values(), key=lambda field: not field.required),
        fields={
            name: _table(parsed, field) for name, field in envelope.items() if name not in hidden
        },
        names=renamed,
        result=_class(parsed, job.x_job.result.type) or (f"list[{item}]" if item else None),
        arrays={str(job.x_job.result.type): item} if item else {},
    )


_TYPES = {"integer": "int", "number": "float", "string": "str", "boolean": "bool"}


def _option(name: str, option: Option) -> Field:
    """An option of the submit as an argument."""
    limits = bounds({"minimum": option.minimum, "maximum": option.maximum})
    said = "; ".join(filter(None, (option.description.rstrip("."), limits)))
    description = f"{said}." if said else ""
    types = [
        *(["bool"] if option.flag or option.deadline else []),
        "float" if option.hold else _TYPES[option.type],
    ]
    type_ = " | ".join(types)
    return Field(name, type_, required=False, description=description, free=False)


def _parameters(job: JobSpec, model: str, fields: Mapping[str, Field]) -> list[Field]:
    """What the caller of a model gives; what has a default need not be given."""
    known = job.models[model].parameters
    given = [replace(field, required=known[wire].must_be_given) for wire, field in fields.items()]
    return sorted(given, key=lambda field: not field.required)


def _table(parsed: Parsed, field: Field) -> Field:
    """A field of a record, where a list of records is a table as well."""
    inner = field.type.removeprefix("list[").removesuffix("]")
    is_table = field.type.startswith("list[") and inner in parsed.classes()
    return replace(field, type=f"_records.Records[{inner}]") if is_table else field


def _class(parsed: Parsed, schema: str | None) -> str | None:
    """The class of a result; ``None`` for what is no object, and stays plain JSON."""
    found = class_name(schema or "")
    return found if schema and found in parsed.classes() else None


def widened(spec: Spec, parsed: Parsed, node: Any, part: Field) -> Field:
    """`part` as it is taken where arguments are checked: objects as mappings too, or bytes."""
    if "default" in spec.resolve(node):
        part = replace(part, required=False)
    if spec.resolve(node).get("contentEncoding") == "base64":
        return replace(part, type=part.type.replace("str", "bytes | str"))
    names = [name for name in re.findall(r"\w+", part.type) if name in parsed.classes()]
    models = [name for name in names if spec.properties(_schema(spec, name))]
    kind = part.type
    for name in models:
        kind = kind.replace(name, f"{name} | Mapping[str, Any]")
    return replace(part, type=kind)


def _schema(spec: Spec, name: str) -> str:
    return next((each for each in spec.schemas if class_name(each) == name), name)


def _item(spec: Spec, parsed: Parsed, schema: str | None) -> str | None:
    """The class of the elements of a result that is an array; ``None`` for any other."""
    items: Any = spec.resolve(spec.schemas.get(schema or "", {})).get("items", {})
    return _class(parsed, str(items.get("$ref", "")).rpartition("/")[2])


def _places(result: Result) -> Iterator[str]:
    """Every place that a result is made of."""
    for value in result.places:
        yield from [value] if isinstance(value, str) else value.values()


def _given(job: JobSpec, parsed: Parsed, schema: str) -> dict[str, Field]:
    fields = parsed.fields(schema).items()
    return {name: _argument(job, field.given()) for name, field in fields}


def _argument(job: JobSpec, field: Field) -> Field:
    return replace(field, name=argument(field.name, model=job.x_job.model is not None))
