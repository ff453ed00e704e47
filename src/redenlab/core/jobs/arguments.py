"""The caller's arguments of a submit, checked and put where the service wants them."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from redenlab.core import errors
from redenlab.core.jobs.job_type import JobType
from redenlab.core.spec.blocks import EMPTY
from redenlab.core.spec.expressions import MISSING, Scope, as_text, place, pointer
from redenlab.core.spec.grammar import ModelReference, Option
from redenlab.core.spec.job_spec import Model, Parameter
from redenlab.core.text import sanitize
from redenlab.lowlevel.encoding import plain


class Arguments:
    """The arguments of one submit.

    Attributes:
        arguments: Path, query and header parameters, by their names on the wire.
        body: The request body; a file where that is all of it.
        reference: The named parts of a reference to a model.
        hold: Seconds for which the service may hold its response back.
    """

    def __init__(
        self,
        job: JobType[Any],
        model_name: str | None,
        parameters: Mapping[str, Any],
        *,
        is_file: Callable[[Any], bool] | None = None,
        left: float = math.inf,
    ) -> None:
        """Check and sort the arguments.

        Args:
            job: What is submitted.
            model_name: The model; ``None`` where the job has none.
            parameters: By their Python names. One that is ``None`` counts as left out, unless
                its schema admits null.
            is_file: Tells files that are yet to be uploaded; they fit every schema.
            left: Seconds that are left of the call.

        Raises:
            InputError: A parameter is missing, unknown, or not what its schema demands.
        """
        self._job = job
        self._shown = model_name or job.name
        self._model = job.spec.models.get(model_name or "", Model(result=""))
        self._is_file = is_file
        self._left = left
        options = job.x_job.submit.options.items()
        self._known: Mapping[str, Parameter] = {
            **job.spec.arguments,
            **job.spec.parameters,
            **self._model.parameters,
            **{name: Parameter(schema=option.schema) for name, option in options},
        }
        self._names = {wire: name for name, wire in job.names.items()}
        self.arguments: dict[str, Any] = {}
        self.body: Any = {}
        self.hold: float = 0.0
        self.reference: Mapping[str, str | None] = {}
        known = model_name in job.spec.models if job.spec.models else not job.spec.free
        self._sort(parameters, strict=known)
        self._complete()
        self._check_together()
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
        for name, given in parameters.items():
            wire, value = self._job.names.get(name, name), plain(given)
            if strict and wire not in self._known:
                raise self._unknown(name)
            self._names[wire] = name
            option = self._job.x_job.submit.options.get(wire)
            if option is not None and option.flag is not None and isinstance(value, bool):
                self._put_flag(option, option.flag if value else None)
                continue
            if option is not None and option.hold and isinstance(value, float):
                value = math.ceil(value)
            if option is not None and option.deadline is not None and isinstance(value, bool):
                value = max(math.ceil(self._left), option.deadline) if value else None
            problem = self._problem(wire, value)
            if value is None and (problem or wire in self._job.spec.arguments):
                continue
            if problem is not None:
                raise errors.InputError(f"{self._shown}: {problem}")
            self._put(wire, value)

    def _unknown(self, name: str) -> errors.InputError:
        names = ", ".join(sorted(self._names.get(wire, wire) for wire in self._known)) or "none"
        problem = f"{self._shown} has no parameter {name!r}"
        return errors.InputError(problem, hint=f"its parameters: {names}")

    def _put(self, wire: str, value: Any) -> None:
        option = self._job.x_job.submit.options.get(wire)
        if option is None:
            self._among(wire)[wire] = value
        else:
            self.hold = float(value) if option.hold else self.hold
            whole = option.value == "$option"
            self.place(option.place, value if whole else Scope(option=value).value(option.value))

    def _put_flag(self, option: Option, text: str | None) -> None:
        if text is not None:
            self.hold = option.maximum or 0.0 if option.hold else self.hold
            self.place(option.place, text)

    def _among(self, wire: str) -> dict[str, Any]:
        """The values that a parameter is sent among."""
        return self.arguments if wire in self._job.spec.arguments else self.body

    def _problem(self, wire: str, value: Any) -> str | None:
        """What is wrong with a value."""
        schema = self._known[wire].schema if wire in self._known else EMPTY
        if not schema:
            return None
        number = isinstance(value, int | float) and not isinstance(value, bool)
        as_body = wire in self._job.spec.parameters or wire in self._model.parameters
        if number and not as_body and schema.get("type") == "string":
            value = as_text(value)  # it is sent as a text in any case
        return self._first_problem(self._names[wire], value, schema)

    def _first_problem(self, name: str, value: Any, schema: Mapping[str, Any]) -> str | None:
        from redenlab.core.spec.schemas import problems  # noqa: PLC0415 - for submits alone

        resolve = self._job.spec.definitions.__getitem__
        found = next(problems(value, schema, resolve, opaque=self._is_file), None)
        if found is None:
            return None
        inner = f" at {sanitize(found.pointer)}" if found.pointer else ""
        return f"{name}{inner} {found.text}"

    def _complete(self) -> None:
        """Fill in defaults, and refuse what is missing."""
        for wire, parameter in self._known.items():
            values = self._among(wire)
            if wire not in values and parameter.default is not None:
                values[wire] = plain(parameter.default)
            elif wire not in values and parameter.required:
                name = self._names.get(wire, wire)
                problem = f"{self._shown} needs the parameter {name!r}"
                raise errors.InputError(problem, hint=f"give {name}=… among the parameters")

    def _check_together(self) -> None:
        """Refuse parameters that fit one by one, and not together."""
        own = {wire: self.body[wire] for wire in self._model.parameters if wire in self.body}
        demands = ((own, self._model.together), (self.body, self._job.spec.together))
        for values, schema in demands:
            problem = self._first_problem("what is given", values, schema) if schema else None
            if problem is not None:
                raise errors.InputError(f"{self._shown}: {problem}")

    def _name_model(self, name: str | None) -> None:
        model = self._job.x_job.model
        if name is None:
            raise errors.InputError("no model is named", hint="give model_name")
        if isinstance(model, ModelReference):
            parts = model.parts(name)
            if parts is None:
                raise errors.InputError(
                    f"'{sanitize(name)}' names no model",
                    hint=f"write {model.description or model.pattern}",
                )
            self.reference = parts
        self.place(str(self._job.x_job.model_place), name)
