"""`redenlab models`: the models, their parameters and result fields, from the job table."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import attrs
import typer
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from redenlab.cli import options
from redenlab.cli.output import write
from redenlab.core.errors import NotFound
from redenlab.lowlevel.display import descriptions
from redenlab.lowlevel.records import Record
from redenlab_api.ml import models as schemas
from redenlab_api.ml.jobs import MODEL_NAMES, PREDICT
from redenlab_api.ml.lifecycles import PROFILE


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a result.

    Attributes:
        type: Python type, as text.
        required: Whether every result has the field, or a call must give the parameter.
        fields: Fields of the objects in it.
    """

    name: str
    type: str
    required: bool
    description: str
    fields: Sequence["Field"] = ()


@dataclass(frozen=True, slots=True)
class Model:
    """A model, its parameters and its result fields."""

    name: str
    default: bool
    parameters: Sequence[Field]
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
    result = PREDICT.spec.models[name].result
    default = name == PROFILE.defaults["model_name"]
    return Model(name, default, _parameters(name), result, tuple(fields(getattr(schemas, result))))


def _parameters(name: str) -> tuple[Field, ...]:
    """The parameters for `predict -p`; those with a default are not required."""
    schema = PREDICT.spec.models[name].schema
    parameters = PREDICT.spec.models[name].parameters
    known = fields(getattr(schemas, schema)) if schema else ()
    return tuple(replace(field, required=parameters[field.name].must_be_given) for field in known)


def fields(schema: type[Record]) -> Iterator[Field]:
    """The fields of a generated class."""
    known = {name: getattr(schemas, name) for name in schemas.__all__}
    types = get_type_hints(schema, localns=known)
    known_descriptions = descriptions(schema)
    for name in (field.name for field in attrs.fields(schema)):
        parts = get_args(types[name]) if NoneType in get_args(types[name]) else (types[name],)
        kinds = [part for part in parts if part is not NoneType]
        inner = next(
            (kind for part in kinds for kind in (part, *get_args(part)) if _own(kind)), None
        )
        yield Field(
            name,
            " | ".join(map(_type_name, kinds)),
            schema.__fields__[name].required,
            known_descriptions.get(name, ""),
            tuple(fields(inner)) if inner else (),
        )


def _own(kind: Any) -> bool:
    return isinstance(kind, type) and attrs.has(kind)


def _type_name(kind: Any) -> str:
    """A type as it is written in Python."""
    if kind is NoneType:
        return "None"
    arguments = get_args(kind)
    name = str(getattr(get_origin(kind) or kind, "__name__", kind))
    return f"{name}[{', '.join(map(_type_name, arguments))}]" if arguments else name


def _table(model: Model) -> RenderableType:
    title = Text.assemble((model.name, "bold"), ("  default" if model.default else "", "green"))
    table = Table(
        title=title, title_justify="left", box=None, header_style="dim", padding=(0, 2, 0, 0)
    )
    table.add_column("field", no_wrap=True)
    table.add_column("type", no_wrap=True, style="cyan")
    table.add_column("description")
    for field in model.parameters:
        mark = "" if field.required else "?"
        table.add_row(Text(f"-p {field.name}="), Text(f"{field.type}{mark}"), field.description)
    for prefix, field in _flat("", model.fields):
        mark = "" if field.required else "?"
        table.add_row(Text(f"{prefix}{field.name}"), Text(f"{field.type}{mark}"), field.description)
    return Padding(table, (1, 0, 0, 0), expand=False)


def _flat(prefix: str, level: Sequence[Field]) -> Iterator[tuple[str, Field]]:
    for field in level:
        yield prefix, field
        yield from _flat(f"{prefix}  ", field.fields)
