"""``-p NAME=VALUE``: read as the spec types the parameter.

A text stays as it is, a list takes one value or several, and anything else is JSON where it can be.
``NAME=@FILE`` is a file: uploaded where the job takes files as inputs, else read as JSON. A name
with dots is a place within an object; where the spec says which object has the inputs of a model,
names that it does not know belong there.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import typer

from redenlab.cli.backends import Backend
from redenlab.core.errors import InputError
from redenlab.core.spec.blocks import EMPTY
from redenlab.core.spec.job_spec import JobSpec, Parameter

BODY = "$request.body#/"
"""Places in the body of the submit begin so."""


class Parameters:
    """The parameters of a job, for one model."""

    def __init__(self, backend: Backend, spec: JobSpec, model: str | None) -> None:
        """Of the job of `spec`; `model` may be one that the spec does not know."""
        self._spec = spec
        own = spec.models[model].parameters if model and model in spec.models else EMPTY
        given = {**spec.arguments, **spec.parameters, **own}
        self.known: dict[str, Parameter] = {
            backend.argument(spec, name): p for name, p in given.items()
        }

    @property
    def inputs(self) -> str | None:
        """The parameter that holds the inputs of a model; ``None`` where they are parameters."""
        files = self._spec.x_job.files
        name = files.place.removeprefix(BODY) if files else ""
        return name if name in self.known else None

    def read(self, pairs: Sequence[str]) -> dict[str, Any]:
        """The values, by parameter.

        Raises:
            typer.BadParameter: A pair is malformed.
            InputError: A file cannot be read.
        """
        found: dict[str, Any] = {}
        for pair in pairs:
            name, equals, text = pair.partition("=")
            path = self._path(name)
            if not equals or not all(part.isidentifier() for part in path):
                raise typer.BadParameter(f"{pair!r} is no parameter; write NAME=VALUE")
            inner = found
            for part in path[:-1]:
                inner = inner.setdefault(part, {})
            schema = self.schema(path)
            value = self._value(text, schema)
            if "array" in types(schema) and not isinstance(value, list):
                value = [*inner.get(path[-1], ()), value]
            inner[path[-1]] = value
        return found

    def schema(self, path: Sequence[str]) -> Mapping[str, Any]:
        """What the value at a place has to be; empty where the spec does not say."""
        parameter = self.known.get(path[0]) if len(path) == 1 else None
        return followed(self._spec, parameter.schema) if parameter else {}

    def completions(self, incomplete: str) -> Iterator[str]:
        """What an incomplete pair may become: a name, or a value where there are few."""
        name, equals, begun = incomplete.partition("=")
        if not equals:
            yield from (f"{known}=" for known in self.known if known.startswith(name))
            return
        schema = self.schema([name])
        few = ["true", "false"] if "boolean" in types(schema) else schema.get("enum", ())
        values = few or ([schema["default"]] if "default" in schema else [])
        yield from (f"{name}={value}" for value in values if str(value).startswith(begun))

    def _path(self, name: str) -> list[str]:
        path = name.split(".")
        inputs = self.inputs
        return [inputs, *path] if inputs and path[0] not in self.known else path

    def _value(self, text: str, schema: Mapping[str, Any]) -> Any:
        if text.startswith("@"):
            return self._file(Path(text[1:]))
        if types(schema) == {"string"}:
            return text
        try:
            return json.loads(text)
        except ValueError:
            return text

    def _file(self, path: Path) -> Any:
        if self._spec.x_job.files is not None:
            return path
        try:
            return json.loads(path.read_bytes())
        except OSError as error:
            raise InputError(f"cannot read {path}: {error.strerror}") from None
        except ValueError:
            raise InputError(
                f"{path} holds no JSON", hint="NAME=@FILE takes the value from a JSON file"
            ) from None


def followed(spec: JobSpec, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a schema of a parameter refers to, or itself."""
    reference = schema.get("$ref")
    return spec.definitions.get(reference, {}) if reference else schema


def types(schema: Mapping[str, Any]) -> set[str]:
    """The JSON types that a schema admits; empty where it does not say."""
    found = schema.get("type", ())
    return {found} if isinstance(found, str) else set(found)
