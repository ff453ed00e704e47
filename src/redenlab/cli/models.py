"""`models`: the models of a backend, their parameters and result fields, from its spec."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Any

import typer
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from redenlab.cli import options
from redenlab.cli.arguments import followed, types
from redenlab.cli.backends import Backend, backend_of
from redenlab.cli.output import write
from redenlab.core.errors import NotFound
from redenlab.core.spec import job_spec
from redenlab.core.spec.bounds import bounds
from redenlab.core.spec.job_spec import JobSpec
from redenlab.lowlevel import fields as model_fields

MAX_TYPE = 32
"""Columns for a type in the table; longer ones are wrapped."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a model, for ``predict -p``.

    Attributes:
        type: Python type, as text.
        required: Whether a call has to give it.
        default: Sent if a call gives none; ``None`` leaves that to the service.
        schema: Its JSON schema, with its bounds.
    """

    name: str
    type: str
    required: bool
    default: Any
    schema: Mapping[str, Any]
    description: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a result.

    Attributes:
        type: Python type, as text; with ``None`` for what may be absent.
        required: Whether every result has the field.
        objects: The objects that its type names.
    """

    name: str
    type: str
    required: bool
    description: str
    objects: Sequence["Object"] = ()


@dataclass(frozen=True, slots=True)
class Object:
    """An object within a result; its fields are left out within itself."""

    type: str
    description: str
    fields: Sequence[Field]


@dataclass(frozen=True, slots=True)
class Model:
    """A model, its parameters and its result fields.

    Attributes:
        description: What its result says.
        result: Type of its result.
        fields: Of its result; none where that is no object.
    """

    name: str
    default: bool
    description: str
    parameters: Sequence[Parameter]
    result: str
    fields: Sequence[Field]


def models(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[NAME]",
            show_default=False,
            autocompletion=options.matching_models,
            help="Only this model.",
        ),
    ] = None,
    *,
    spec: options.Spec = None,
    output: options.Output = None,
) -> None:
    """List models, their parameters and results.

    The service may have newer ones; `predict` accepts their names too. A job whose models the
    spec does not list is shown with what all of them take.
    """
    backend = backend_of(context, spec)
    known = list(_models(backend))
    if name is not None and name not in {model.name for model in known}:
        close = " or ".join(options.similar(name, [model.name for model in known]))
        raise NotFound(f"this version knows no model {name}", hint=f"did you mean {close}?")
    found = [model for model in known if name in {None, model.name}]
    write(map(asdict, found), lambda: map(_table, found), output)


def _models(backend: Backend) -> Iterator[Model]:
    for job in backend.specs:
        described = _Described(backend, job)
        default = backend.profile.defaults.get("model_name")
        for name, model in job.models.items():
            parameters = {**job.arguments, **job.parameters, **model.parameters}
            yield described.model(
                name, parameters, model.result, model.schema, default=name == default
            )
        if not job.models:
            parameters = {**job.arguments, **job.parameters}
            yield described.model(job.name, parameters, job.x_job.result.type)


@dataclass(frozen=True, slots=True)
class _Described:
    """Describes what a job takes and gives."""

    backend: Backend
    job: JobSpec

    def model(
        self,
        name: str,
        parameters: Mapping[str, job_spec.Parameter],
        result: str | None,
        schema: str | None = None,
        *,
        default: bool = False,
    ) -> Model:
        """A model, or a job without models."""
        described = self._class(schema) or self._body()
        listed = tuple(self._parameters(parameters, described))
        kind = self._class(result)
        if kind is None:
            return Model(name, default, "", listed, result or "any", ())
        return Model(
            name, default, model_fields.description(kind), listed, kind.__name__, fields(kind)
        )

    def _class(self, name: str | None) -> Any:
        """The generated class of a schema; ``None`` where there is none."""
        found = getattr(self.backend.schemas, name, None) if name else None
        return found if hasattr(found, "__attrs_attrs__") else None

    def _body(self) -> Any:
        """The generated class of the body of the submit; ``None`` where there is none."""
        build = self.backend.job_type(self.job.name).operations[self.job.submit].operation.build
        return self._class(str(build.__annotations__.get("body", "")).rpartition(".")[2])

    def _parameters(
        self, parameters: Mapping[str, job_spec.Parameter], described: Any
    ) -> Iterator[Parameter]:
        known = {f.wire: f for f in model_fields.fields(described)} if described else {}
        for wire, parameter in parameters.items():
            field, schema = known.get(wire), followed(self.job, parameter.schema)
            kind = field.type if field else _type(schema)
            yield Parameter(
                self.backend.argument(self.job, wire),
                kind if parameter.must_be_given else kind.removesuffix(" | None"),
                parameter.must_be_given,
                parameter.default,
                dict(schema),
                field.description if field else str(schema.get("description", "")),
            )


_TYPES = {
    "string": "str",
    "integer": "int",
    "number": "float",
    "boolean": "bool",
    "array": "list",
    "object": "object",
}


def _type(schema: Mapping[str, Any]) -> str:
    """A JSON schema as a Python type, in one word."""
    return " | ".join(_TYPES.get(name, name) for name in sorted(types(schema))) or "Any"


def fields(
    model: model_fields.Model, above: tuple[model_fields.Model, ...] = ()
) -> tuple[Field, ...]:
    """The fields of a generated class, and of all objects in it.

    Args:
        model: The class.
        above: Classes that it is within.
    """
    above = (*above, model)
    return tuple(
        Field(
            field.name,
            field.type,
            field.required,
            field.description,
            tuple(_object(inner, above) for inner in field.models if inner not in above),
        )
        for field in model_fields.fields(model)
    )


def _object(model: model_fields.Model, above: tuple[model_fields.Model, ...]) -> Object:
    return Object(model.__name__, model_fields.description(model), fields(model, above))


def _table(model: Model) -> RenderableType:
    title = Text.assemble((model.name, "bold"), ("  default" if model.default else "", "green"))
    title.append(f"\n{model.description}" if model.description else "", "dim")
    table = Table(
        title=title, title_justify="left", box=None, header_style="dim", padding=(0, 2, 0, 0)
    )
    table.add_column("field", no_wrap=True)
    table.add_column("type", style="cyan", overflow="fold", max_width=MAX_TYPE)
    table.add_column("description")
    for parameter in model.parameters:
        kind = f"{parameter.type}{'' if parameter.required else '?'}"
        said = Text(parameter.description).append(_limits(parameter), "dim")
        table.add_row(Text(f"-p {parameter.name}="), Text(kind), said)
    _add_fields(table, "", model.fields)
    return Padding(table, (1, 0, 0, 0), expand=False)


def _add_fields(table: Table, indent: str, level: Sequence[Field]) -> None:
    for field in level:
        table.add_row(Text(f"{indent}{field.name}"), Text(field.type), Text(field.description))
        for inner in field.objects:
            below = f"{indent}  "
            if len(field.objects) > 1:
                table.add_row(Text(f"{below}{inner.type}", "cyan"), "", Text(inner.description))
                below += "  "
            _add_fields(table, below, inner.fields)


def _limits(parameter: Parameter) -> str:
    """The bounds and the default of a parameter, in parentheses after its description."""
    default = "" if parameter.default is None else f"default {json.dumps(parameter.default)}"
    found = "; ".join(filter(None, (bounds(parameter.schema), default)))
    return f" ({found})" if found else ""
