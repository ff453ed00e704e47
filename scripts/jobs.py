"""The input of the template of jobs: the jobs of a spec with their names and types in Python."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from opc import Field, Names, Parsed, identifier
from redenlab.core.spec.document import Spec
from redenlab.core.spec.grammar import Result
from redenlab.core.spec.job_spec import ANY_JSON, JobSpec
from redenlab.core.spec.x_job import job_specs

MAX_OVERLOADS = 50


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
        fields: What a poll's response has beyond id, status and result.
        names: Wire names of parameters, by their Python names where they differ.
    """

    spec: JobSpec
    operations: Mapping[str, Names]
    models: list[Model]
    given: list[Field]
    fields: Mapping[str, Field]
    names: Mapping[str, str]

    @property
    def name(self) -> str:
        return self.spec.name

    @property
    def overloaded(self) -> bool:
        """Whether models get overloads; beyond 50 they slow type checkers down too much."""
        return 0 < len(self.models) <= MAX_OVERLOADS

    @property
    def takes_recording(self) -> bool:
        """Whether it begins with a recording."""
        return self.spec.takes_recording

    @property
    def scored(self) -> list[Model]:
        """The models whose recordings may be cut into segments."""
        segments = self.spec.x_job.segments
        scores = segments.scores if segments else {}
        return [model for model in self.models if model.result in scores]

    @property
    def result(self) -> str | None:
        """The schema of a result that no model decides on."""
        name = self.spec.x_job.result.type
        return None if name == ANY_JSON else name

    @property
    def types(self) -> Iterator[str]:
        """Every type that its signatures name."""
        yield self.spec.envelope
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
    return [_job(job, parsed, names) for job in job_specs(spec)]


def _job(job: JobSpec, parsed: Parsed, names: Mapping[str, Names]) -> Job:
    submit = names[job.submit]
    sent = parsed.fields(submit.body) if submit.body else {}
    given = {name: submit.arguments[name] for name in job.arguments}
    given |= {name: sent[name].given() for name in job.parameters}
    own = {
        name: _given(parsed, model.schema) if model.schema else {}
        for name, model in job.models.items()
    }
    renamed = {
        field.name: wire
        for fields in (given, *own.values())
        for wire, field in fields.items()
        if wire != field.name
    }
    hidden = {job.x_job.poll.status, job.x_job.id, *_places(job.x_job.result)}
    hidden = {text.rpartition("/")[2] for text in hidden}
    envelope = parsed.fields(job.envelope)
    return Job(
        spec=job,
        operations={name: names[name] for name in job.operations},
        models=[
            Model(name, model.result, _parameters(job, name, own[name]))
            for name, model in job.models.items()
        ],
        given=sorted(given.values(), key=lambda field: not field.required),
        fields={name: field for name, field in envelope.items() if name not in hidden},
        names=renamed,
    )


def _parameters(job: JobSpec, model: str, fields: Mapping[str, Field]) -> list[Field]:
    """What the caller of a model gives; what has a default need not be given."""
    known = job.models[model].parameters
    given = [replace(field, required=known[wire].must_be_given) for wire, field in fields.items()]
    return sorted(given, key=lambda field: not field.required)


def _places(result: Result) -> Iterator[str]:
    """Every place that a result is made of."""
    for value in result.places:
        yield from [value] if isinstance(value, str) else value.values()


def _given(parsed: Parsed, schema: str) -> dict[str, Field]:
    return {name: field.given() for name, field in parsed.fields(schema).items()}
