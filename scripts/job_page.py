"""The input of ``JOBS.md``: what jobs take and what they return, as tables.

Types are those of the generated classes, as callers meet them.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import chain
from types import ModuleType
from typing import Any, get_type_hints
from uuid import UUID

from jobs import Job
from opc import Field, class_name
from redenlab.core.spec.bounds import bounds
from redenlab.core.spec.job_spec import Parameter
from redenlab.lowlevel import fields as model_fields


class _Sources:
    """Stands for the module that signatures have `Source` from."""

    class Source:
        """A file in any form."""


@dataclass(frozen=True, slots=True)
class Row:
    """A parameter or a field.

    Attributes:
        required: Whether it has to be given, or is always there.
        models: The generated classes that its type names.
        default: As it is written in Python; ``None`` for none.
    """

    name: str
    type: str
    required: bool
    description: str
    models: tuple[model_fields.Model, ...] = ()
    bounds: str = ""
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """An object.

    Attributes:
        used_by: The models of jobs that take or return it; empty for a part of another object.
    """

    name: str
    description: str
    used_by: list[str]
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Entry:
    """A job.

    Attributes:
        arguments: What the caller gives whatever the model.
        outcome: What it returns, beside the result of a model.
    """

    job: Job
    arguments: list[Row]
    outcome: list[Row]


class JobPage:
    """The jobs of a backend, and every object that they take or return.

    Attributes:
        entries: The jobs.
        parameters: The objects that models take, each before its parts.
        results: The objects that come back, each before its parts.
        names: Of all these objects.
    """

    def __init__(self, jobs: list[Job], package: ModuleType) -> None:
        """`package` is what was generated for the jobs."""
        self._classes = import_module(f"{package.__name__}.models")
        self.names: set[str] = set()
        self.entries: list[Entry] = [self._entry(job) for job in jobs]
        self.parameters: list[Section] = _joined(map(self._parameters, self.entries))
        self.results: list[Section] = _joined(map(self._results, self.entries))

    def _entry(self, job: Job) -> Entry:
        submit = job.spec.x_job.submit
        known = {**job.spec.arguments, **job.spec.parameters}
        known |= {name: Parameter(schema=each.schema) for name, each in submit.options.items()}
        reference: list[Row] = []
        if job.referenced:
            said = getattr(job.spec.x_job.model, "description", "")
            reference.append(Row("model_name", "str", required=True, description=said))
        arguments = [*reference, *self._given(job, job.given, known)]
        return Entry(job, arguments, list(self._outcome(job)))

    def _given(
        self, job: Job, given: Iterable[Field], known: Mapping[str, Parameter]
    ) -> Iterator[Row]:
        """What the caller of a job gives."""
        kinds, options = self._kinds(given), job.spec.x_job.submit.options
        for field in given:
            kind, parameter = kinds[field.name], known[job.names.get(field.name, field.name)]
            said = options[field.name].description if field.name in options else field.description
            yield Row(
                field.name,
                model_fields.type_name(kind),
                parameter.must_be_given,
                said,
                tuple(model_fields.models_of(kind)),
                bounds(parameter.schema),
                None if parameter.default is None else repr(parameter.default),
            )

    def _kinds(self, given: Iterable[Field]) -> dict[str, Any]:
        """The types of arguments, with what their aliases stand for."""
        scope = {name: getattr(self._classes, name) for name in self._classes.__all__}
        scope |= {"Any": Any, "Mapping": Mapping, "Sequence": Sequence, "UUID": UUID}
        scope |= {"datetime": datetime, "_sources": _Sources}
        texts = {field.name: field.type for field in given}
        return get_type_hints(type("Arguments", (), {"__annotations__": texts}), localns=scope)

    def _outcome(self, job: Job) -> Iterator[Row]:
        envelope = self._class(job.spec.envelope)
        known = {row.name: row for row in _rows(envelope)} if envelope else {}
        if not job.models:
            yield self._result(job, known)
        for field in job.fields.values():
            row = known[field.name]
            always = row.required and not job.bodiless
            kind = row.type if always or row.type.endswith("None") else f"{row.type} | None"
            yield replace(row, name=job.attribute(field), type=kind, required=True)

    def _result(self, job: Job, known: Mapping[str, Row]) -> Row:
        """The result of a job without models; `known` is what a poll's response has."""
        result = job.spec.x_job.result
        found = self._class(result.type)
        if found is not None:
            said = model_fields.description(found)
            return Row("result", found.__name__, required=True, description=said, models=(found,))
        kind = (job.read_later(asynchronous=False) or "Any").removeprefix("_outputs.")
        place = known.get(str(result.value).rpartition("/")[2])
        return Row("result", kind, required=True, description=place.description if place else "")

    def _parameters(self, entry: Entry) -> Iterator[Section]:
        yield from self._parts(entry.arguments)
        job = entry.job
        given = {model.name: model.parameters for model in job.models}
        for schema, names in _users(job, "schema").items():
            known = job.spec.models[names[0]].parameters
            rows = list(self._given(job, given[names[0]], known))
            for section in self._sections(self._class(schema), names):
                yield replace(section, rows=rows) if section.used_by else section

    def _results(self, entry: Entry) -> Iterator[Section]:
        for schema, names in _users(entry.job, "result").items():
            yield from self._sections(self._class(schema), names)
        yield from self._parts(entry.outcome)

    def _class(self, schema: str | None) -> model_fields.Model | None:
        """The class of a schema; ``None`` where there is none."""
        found = getattr(self._classes, class_name(schema), None) if schema else None
        return found if isinstance(found, type) else None

    def _sections(self, model: model_fields.Model | None, used_by: list[str]) -> Iterator[Section]:
        """The section of a class and those of its parts, unless they are there already."""
        if model is None or model.__name__ in self.names:
            return
        self.names.add(model.__name__)
        rows = _rows(model)
        yield Section(model.__name__, model_fields.description(model), used_by, rows)
        yield from self._parts(rows)

    def _parts(self, rows: Iterable[Row]) -> Iterator[Section]:
        """The sections of what the types of `rows` name."""
        for row in rows:
            for part in row.models:
                yield from self._sections(part, [])


def _joined(sections: Iterable[Iterator[Section]]) -> list[Section]:
    return list(chain.from_iterable(sections))


def _rows(model: model_fields.Model) -> list[Row]:
    found = model_fields.fields(model)
    return [Row(f.name, f.type, f.required, f.description, f.models) for f in found]


def _users(job: Job, attribute: str) -> dict[str, list[str]]:
    """The models of a job by the schema that they have as `attribute`."""
    found: dict[str, list[str]] = {}
    for name, model in job.spec.models.items():
        schema = getattr(model, attribute)
        if schema is not None:
            found.setdefault(schema, []).append(name)
    return found
