"""`redenlab models`: the models, their parameters and result fields, from the job table."""

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
from redenlab.cli.output import write
from redenlab.core.errors import NotFound
from redenlab.core.spec import job_spec
from redenlab.core.spec.bounds import bounds
from redenlab.lowlevel import fields as model_fields
from redenlab_api.ml import models as schemas
from redenlab_api.ml.jobs import MODEL_NAMES, PREDICT
from redenlab_api.ml.lifecycles import PROFILE


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
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME", autocompletion=options.matching_models, help="Only this model."
        ),
    ] = None,
    output: options.Output = None,
) -> None:
    """List the models that this version knows: their parameters, the fields of their results.

    The service may have newer models; `predict` accepts their names too.
    """
    if name is not None and name not in MODEL_NAMES:
        close = " or ".join(options.similar_models(name))
        raise NotFound(f"this version knows no model {name}", hint=f"did you mean {close}?")
    found = [_model(known) for known in MODEL_NAMES if name in {None, known}]
    write(map(asdict, found), lambda: map(_table, found), output)


def _model(name: str) -> Model:
    spec = PREDICT.spec.models[name]
    default = name == PROFILE.defaults["model_name"]
    parameters = tuple(_parameters(spec))
    result = getattr(schemas, spec.result, None)
    if result is None:
        return Model(name, default, "", parameters, spec.result, ())
    said = model_fields.description(result)
    return Model(name, default, said, parameters, spec.result, fields(result))


def _parameters(spec: job_spec.Model) -> Iterator[Parameter]:
    schema = getattr(schemas, spec.schema) if spec.schema else None
    known = {field.wire: field for field in model_fields.fields(schema)} if schema else {}
    arguments = {wire: argument for argument, wire in PREDICT.names.items()}
    for wire, parameter in spec.parameters.items():
        field = known[wire]
        yield Parameter(
            arguments.get(wire, wire),
            field.type if parameter.must_be_given else field.type.removesuffix(" | None"),
            parameter.must_be_given,
            parameter.default,
            dict(parameter.schema),
            field.description,
        )


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
    table.add_column("type", no_wrap=True, style="cyan")
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
