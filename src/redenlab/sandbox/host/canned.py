"""Results and ends that a test orders in advance."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from redenlab.core.errors import ConfigurationError
from redenlab.core.spec.grammar import ModelReference
from redenlab.core.spec.job_spec import JobSpec
from redenlab.core.spec.schemas import Problem
from redenlab.sandbox.engine.backend import INVENTED
from redenlab.sandbox.engine.engine import Engine
from redenlab.sandbox.engine.looks import looks
from redenlab.sandbox.engine.results import misfits
from redenlab.sandbox.faults import one_of


@dataclass(frozen=True, slots=True)
class Order:
    """What jobs end with.

    Attributes:
        result: JSON, or bytes where a file is the result; `INVENTED` where none is given.
        end: The name of a status, or its class; ``None`` is a good end.
        reason: Why they end badly; ``None`` where nothing is said of it.
        backend: Whose jobs; ``None`` is any.
        model: Of which model; ``None`` is any.
        file: Pattern of the names of recordings; ``None`` is any.
        check: Whether it is for those jobs alone whose results have this form.
    """

    result: Any = INVENTED
    end: str | None = None
    reason: str | None = None
    backend: str | None = None
    model: str | None = None
    file: str | None = None
    check: bool = True


class _Kind(NamedTuple):
    """Jobs that have the same form of result."""

    engine: Engine
    job: JobSpec
    model: str | None

    def problems(self, order: Order) -> list[Problem]:
        """What is wrong with the result for such jobs."""
        if order.result is INVENTED or not order.check:
            return []
        return list(misfits(self.engine.service, self.job, self.model, order.result))


class Canned:
    """The orders of a sandbox; the newest that fits counts."""

    def __init__(self) -> None:
        self._orders: list[Order] = []

    def add(self, order: Order, engines: Mapping[str, Engine]) -> None:
        """Order what jobs end with.

        Raises:
            ConfigurationError: There is no such backend, model or end, or no job has such a result.
        """
        kinds = _kinds(order, engines)
        found = [kind.problems(order) for kind in kinds]
        if all(found):
            kind, (problem, *_) = min(zip(kinds, found, strict=True), key=lambda e: _distance(e[1]))
            more = "" if len(kinds) == 1 else "; the argument model names the one that it is for"
            raise ConfigurationError(
                f"no result of {kind.model or kind.job.name} is like this: {problem}",
                hint=f"correct it, or give check=False to have it sent as it is{more}",
            )
        self._orders = [order, *self._orders]

    def clear(self) -> None:
        """Cancel all orders."""
        self._orders = []

    def order(
        self, backend: str, engine: Engine, job: JobSpec, model: str | None, file: str
    ) -> Order | None:
        """What a job ends with; ``None`` where nothing was ordered."""
        for order in self._orders:
            if (
                order.backend in {None, backend}
                and order.model in {None, model}
                and (order.file is None or fnmatchcase(file, order.file))
                and (order.end is None or order.end in _ends(job))
                and not _Kind(engine, job, model).problems(order)
            ):
                return order
        return None


def as_json(value: Any) -> Any:
    """A copy of a result, which later changes do not reach.

    Raises:
        ConfigurationError: It is neither JSON nor bytes.
    """
    try:
        return value if isinstance(value, bytes) else json.loads(json.dumps(value))
    except (TypeError, ValueError) as error:
        raise ConfigurationError(
            f"the result is no JSON: {error}", hint="give what json.dumps takes, or bytes"
        ) from None


def _distance(found: list[Problem]) -> tuple[int, int]:
    """How far a result is from a form: a wrong value is nearer than a key that is not there."""
    return sum(not problem.pointer for problem in found), len(found)


def _kinds(order: Order, engines: Mapping[str, Engine]) -> list[_Kind]:
    """The jobs that an order is for, where all that it names is there."""
    if order.backend is not None:
        engines = {order.backend: engines[one_of("backend", order.backend, engines)]}
    jobs = [(engine, job) for engine in engines.values() for job in engine.jobs]
    if order.model is not None:
        fits = [(engine, job) for engine, job in jobs if _runs(job, order.model)]
        jobs = fits or jobs[: len(one_of("model", order.model, _models(job for _, job in jobs)))]
    if order.end is not None:
        one_of("end", order.end, dict.fromkeys(end for _, job in jobs for end in _ends(job)))
        jobs = [(engine, job) for engine, job in jobs if order.end in _ends(job)]
    everyone: list[str | None] = [None]
    found = [
        _Kind(engine, job, model)
        for engine, job in jobs
        for model in ([order.model] if order.model else [*job.models] or everyone)
    ]
    # A job that may return anything is no reason to accept a result that the others do not know.
    return [kind for kind in found if kind.model in kind.job.models] or found


def _runs(job: JobSpec, model: str) -> bool:
    """Whether a job may be submitted to a model."""
    place = job.x_job.model
    if isinstance(place, ModelReference):
        return re.fullmatch(place.pattern, model) is not None
    return model in job.models or (place is not None and not job.models)


def _models(jobs: Iterable[JobSpec]) -> Iterator[str]:
    for job in jobs:
        yield from job.models
        if isinstance(job.x_job.model, ModelReference):
            yield job.x_job.model.description or job.x_job.model.pattern


def _ends(job: JobSpec) -> dict[str, None]:
    """What its ends are called: their names first, then their classes."""
    found = [look for look in looks(job) if look.is_end]
    return dict.fromkeys([*(look.name for look in found), *(look.state for look in found)])
