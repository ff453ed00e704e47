"""Invented arguments for the submit of a job, by their names on the wire."""

import re
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any

from redenlab.core.spec.conditions import operands
from redenlab.core.spec.document import Spec
from redenlab.core.spec.expressions import pointer, steps_of
from redenlab.core.spec.grammar import Option
from redenlab.core.spec.job_spec import JobSpec
from redenlab.sandbox.engine.invention import Inventor
from redenlab.sandbox.engine.patterns import matching


class Values:
    """The arguments of one submit, invented.

    Attributes:
        file: The content of a file that is among them; ``None`` where none is.
    """

    def __init__(self, spec: Spec, job: JobSpec, model: str | None, *, complete: bool) -> None:
        self._spec = spec
        self._job = job
        self._model = job.models.get(model or "")
        self._complete = complete
        self.file: bytes | None = None
        self._inventor = Inventor(spec.resolve, f"arguments of {job.name}")
        self._operation = spec.operations[job.submit]

    def arguments(self, *, instead: bool) -> dict[str, Any]:
        """By their names on the wire; `instead` gives what stands for a recording."""
        found = dict(self._parameters())
        found |= self._body()
        if self._model is not None and self._model.schema is not None:
            own = self._inventor.value(
                self._spec.schemas[self._model.schema], ("own",), complete=self._complete
            )
            known = self._model.parameters
            given = own if self._complete else [n for n in own if known[n].default is None]
            found |= {name: own[name] for name in given}
        if self._complete:
            found |= {name: option(how) for name, how in self._job.x_job.submit.options.items()}
        file = self._job.x_job.file
        if instead and file is not None and file.instead:
            name, *rest = steps_of(pointer(file.instead))
            found[name] = _placed(found.get(name), rest, "https://example.com/a.wav")
        self._start(found)
        self._files(found)
        return found

    def _parameters(self) -> Iterator[tuple[str, Any]]:
        declared = self._spec.arguments(self._operation)
        for name in self._job.arguments:
            if self._complete or declared[name].get("required"):
                yield name, self._inventor.value(declared[name].get("schema", {}), ("of", name))

    def _body(self) -> dict[str, Any]:
        node = self._spec.body_node(self._operation)
        if node is None:
            return {}
        whole = self._inventor.value(node, ("body",), complete=self._complete)
        return {name: whole[name] for name in self._job.parameters if name in whole}

    def _start(self, found: dict[str, Any]) -> None:
        """Let the job be started by its own step, where the caller may choose."""
        start = self._job.x_job.start
        if start is not None and start.unless and self._complete:
            for place in operands(start.unless):
                name, *rest = steps_of(pointer(place))
                found[name] = _placed(found.get(name), rest, False)

    def _files(self, found: dict[str, Any]) -> None:
        """A file among the arguments, where those may have one."""
        files = self._job.x_job.files
        if files is None or not self._complete:
            return
        name = pointer(files.place).removeprefix("/")
        content = bytes(files.inline + 1)
        known = {*self._job.parameters, *(self._model.parameters if self._model else ())}
        if name in known:
            value = found.get(name)
            found[name] = {**value, "file": content} if isinstance(value, dict) else content
            self.file = content


def _chance(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - has to be repeatable


def option(how: Option) -> Any:
    """An argument that an option admits."""
    low = how.minimum if how.minimum is not None else 1
    values: dict[str, Any] = {"integer": int(low), "number": float(low), "boolean": True}
    text = matching(f"^(?:{how.pattern})$", _chance(0)) if how.pattern else "x"
    return values.get(how.type, text)


def referenced(pattern: str) -> str:
    """A reference to a model without what a lookup would find."""
    for seed in range(50):
        found = matching(f"^(?:{pattern})$", _chance(seed))
        match = re.fullmatch(pattern, found)
        if match and match.groupdict().get("model") and not match.groupdict().get("version"):
            return found
    return matching(f"^(?:{pattern})$", _chance(0))


def _placed(node: Any, steps: list[str], value: Any) -> Any:
    if not steps:
        return value
    found = dict(node) if isinstance(node, Mapping) else {}
    found[steps[0]] = _placed(found.get(steps[0]), steps[1:], value)
    return found
