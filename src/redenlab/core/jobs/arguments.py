"""The caller's arguments of a submit, checked and put where the service wants them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from redenlab.core import errors
from redenlab.core.jobs.job_type import JobType
from redenlab.core.spec.expressions import MISSING, Scope, as_text, place, pointer
from redenlab.core.spec.grammar import ModelReference, Option
from redenlab.core.spec.job_spec import Model
from redenlab.core.text import sanitize
from redenlab_api.codec import plain
from redenlab_api.errors import SchemaError

_KINDS: Mapping[str, type[Any] | tuple[type[Any], ...]] = {
    "integer": int,
    "number": (int, float),
    "string": (str, int, float),
    "boolean": bool,
}


class Arguments:
    """The arguments of one submit.

    Attributes:
        arguments: Path, query and header parameters, by their names on the wire.
        body: The request body; a file where that is all of it.
        reference: The named parts of a reference to a model.
        hold: Seconds for which the service may hold its response back.
    """

    def __init__(
        self, job: JobType[Any], model_name: str | None, parameters: Mapping[str, Any]
    ) -> None:
        """Check and sort `parameters`, which have their Python names."""
        self._job = job
        self._shown = model_name or job.name
        self._model = job.spec.models.get(model_name or "", Model(result=""))
        self.arguments: dict[str, Any] = {}
        self.body: Any = {}
        self.hold: float = 0.0
        self.reference: Mapping[str, str | None] = {}
        known = model_name in job.spec.models if job.spec.models else not job.spec.free
        self._sort(parameters, strict=known)
        self.body = {**job.spec.body_defaults, **self.body}
        self._check_model()
        if job.x_job.model is not None:
            self._name_model(model_name)

    @property
    def values(self) -> Mapping[str, Any]:
        """What ``$request`` stands for."""
        return {
            "path": self.arguments,
            "query": self.arguments,
            "header": self.arguments,
            "body": self.body,
        }

    def has(self, target: str) -> bool:
        """Whether anything is at a place of the request."""
        return Scope(request=self.values).value(target) not in {MISSING, None}

    def place(self, target: str, value: Any) -> None:
        """Put a value at a place of the request."""
        if not target.startswith("$request.body"):
            self.arguments[target.split(".", 2)[2]] = value
        elif pointer(target):
            place(self.body, pointer(target), value)
        else:
            self.body = value

    def _sort(self, parameters: Mapping[str, Any], *, strict: bool) -> None:
        spec, options = self._job.spec, self._job.x_job.submit.options
        known = {*spec.arguments, *spec.parameters, *self._model.parameters, *options}
        for python_name, value in parameters.items():
            wire = self._job.names.get(python_name, python_name)
            if strict and wire not in known:
                raise self._unknown(python_name, known)
            if wire in options:
                self._set_option(wire, options[wire], value)
            elif wire in spec.arguments:
                self.arguments[wire] = value
            else:
                self.body[wire] = plain(value)

    def _unknown(self, name: str, known: set[str]) -> errors.InputError:
        shown = {wire: name for name, wire in self._job.names.items()}
        names = ", ".join(sorted(shown.get(wire, wire) for wire in known)) or "none"
        problem = f"{self._shown} has no parameter {name!r}"
        return errors.InputError(problem, hint=f"its parameters: {names}")

    def _set_option(self, name: str, option: Option, value: Any) -> None:
        wrong = not isinstance(value, _KINDS[option.type]) or (
            isinstance(value, bool) and option.type != "boolean"
        )
        if wrong:
            raise errors.InputError(f"{name} is not of the type {option.type}")
        if isinstance(value, int | float):
            for problem in _limits(name, value, option.minimum, option.maximum):
                raise errors.InputError(problem)
            self.hold = float(value) if option.hold else self.hold
        text = as_text(value)
        if option.pattern is not None and re.fullmatch(option.pattern, text) is None:
            hint = f"it has to match {option.pattern}"
            raise errors.InputError(f"{name} is malformed", hint=hint)
        whole = option.value == "$option"
        self.place(option.place, value if whole else Scope(option=value).value(option.value))

    def _name_model(self, name: str | None) -> None:
        model = self._job.x_job.model
        if name is None:
            raise errors.InputError("no model is named", hint="give model_name")
        if isinstance(model, ModelReference):
            found = re.fullmatch(model.pattern, name)
            if found is None:
                raise errors.InputError(
                    f"'{sanitize(name)}' names no model",
                    hint=f"write {model.description or model.pattern}",
                )
            self.reference = found.groupdict()
        self.place(str(self._job.x_job.model_place), name)

    def _check_model(self) -> None:
        """Fill defaults; find a parameter that is missing, of the wrong type or out of range."""
        for wire, parameter in self._model.parameters.items():
            if wire not in self.body and parameter.default is not None:
                self.body[wire] = parameter.default
            elif wire not in self.body and parameter.must_be_given:
                hint = f"give {wire}=… among the parameters"
                raise errors.InputError(f"{self._shown} needs the parameter {wire!r}", hint=hint)
        if self._model.schema is None:
            return
        own = {wire: self.body[wire] for wire in self._model.parameters if wire in self.body}
        problem = next(_out_of_range(self._model, own), None)
        try:
            self._job.read(self._model.schema)(own)
        except SchemaError as error:
            problem = error.problem
        if problem is not None:
            raise errors.InputError(f"{self._shown}: {problem}")


def _out_of_range(model: Model, values: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with each number that is too small or too large."""
    for wire, value in values.items():
        limits = model.parameters[wire]
        if isinstance(value, int | float):
            yield from _limits(wire, value, limits.minimum, limits.maximum)


def _limits(name: str, value: float, minimum: float | None, maximum: float | None) -> Iterator[str]:
    if minimum is not None and not value >= minimum:  # so that NaN is refused
        yield f"{name} is {value}, and has to be {minimum:g} or more"
    if maximum is not None and not value <= maximum:
        yield f"{name} is {value}, and has to be {maximum:g} or less"
