"""The one place that touches openapi-python-client's internals.

Its parser decides on Python names and type strings; our templates decide on everything else. Both
its Python entry points and the variables that templates see may change in any release (its
changelog says so), which is why the version is pinned and a golden test guards the seam.
"""

import builtins
import contextlib
import keyword
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from openapi_python_client import Project, strings
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.properties import ModelProperty
from openapi_python_client.schema.untrusted_string import UntrustedString
from openapi_python_client.strings import ClassName, PythonIdentifier

from compiled_templates import COMPILED
from redenlab.core.errors import SpecError
from redenlab.lowlevel.records import Record

TEMPLATES = Path(__file__).parent / "templates"

PREFIX = "field_"
"""Before a name that would not be one in Python."""

strings.RESERVED_WORDS |= {name for name in dir(Record) if not name.startswith("_")}

USED = frozenset(
    {"Any", "Client", "File", "Literal", "Mapping", "RawResponse", "Request", "Response", "Self"}
    | {"JSON", "M", "R", "TYPE_CHECKING", "UUID", "Record", "Records", "Never", "Final", "Generic"}
    | {"TypeAlias", "TypeVar", "Unpack", "Sequence", "ClassVar", "ModelName", "ModelResult"}
    | {"ApiError", "Coroutine", "Protocol"}
)
"""Names that generated modules use, so that no class may have them."""


def class_name(schema: str) -> str:
    """What the class of a component schema is called."""
    found = str(ClassName(UntrustedString(schema), PREFIX))
    return f"{found}Schema" if found in USED else found


def operation_name(operation_id: str) -> str:
    """What an operation is called; the parser keeps no other trace of its id."""
    return str(PythonIdentifier(UntrustedString(operation_id), PREFIX))


@dataclass(frozen=True, slots=True)
class Names:
    """Python names that the parser chose for one operation."""

    module: str
    tag: str
    body: str | None
    arguments: Mapping[str, "Field"]
    path: tuple[str, ...]
    returns: str
    summary: str
    description: str

    @property
    def renamed(self) -> dict[str, str]:
        """Python names of its arguments where they differ from those of the wire."""
        return {wire: f.name for wire, f in self.arguments.items() if wire != f.name}


@dataclass(frozen=True, slots=True)
class Field:
    """Python name and type of one property of a model.

    Attributes:
        free: Whether it is an object of any shape.
        default: Source of the default of a required one; empty for none.
    """

    name: str
    type: str
    required: bool
    description: str
    free: bool
    default: str = ""

    @property
    def or_none(self) -> str:
        """The type of a value that need not be there."""
        return self.type if self.type.endswith("| None") else f"{self.type} | None"

    def given(self) -> "Field":
        """The field as an argument, which may hide a builtin, or be called as a record's method."""
        plain = self.name.removesuffix("_")
        is_free = hasattr(builtins, plain) or hasattr(Record, plain)
        name = plain if is_free and not keyword.iskeyword(plain) else self.name
        return replace(self, name=name, type="Mapping[str, Any]" if self.free else self.type)


class Parsed:
    """A spec as openapi-python-client understood it."""

    def __init__(self, document: dict[str, Any], backend: str, kept: Collection[str] = ()) -> None:
        """Parse `document`, in which names of builtins that are `kept` stay as they are.

        Raises:
            SpecError: It does not understand the document.
        """
        self._config = _config(backend)
        reserved = strings.RESERVED_WORDS
        strings.RESERVED_WORDS = reserved - set(kept)
        try:
            data = GeneratorData.from_dict(document, config=self._config)
        finally:
            strings.RESERVED_WORDS = reserved
        if isinstance(data, GeneratorError):
            raise SpecError(_text(data))
        self._data = data

    def write(self, folder: Path, facts: str) -> None:
        """Render the package into `folder`; `facts` is what the templates import as ``spec``.

        Raises:
            SpecError: Anything at all was left out or misunderstood.
        """
        templates = folder.with_name(f"{folder.name}.templates")
        templates.mkdir()
        (templates / "spec.jinja").write_text(facts)
        for template in TEMPLATES.iterdir():
            if template.is_file():
                (templates / template.name).write_text(template.read_text())
        self._config.output_path = folder
        project = Project(openapi=self._data, config=self._config, custom_template_path=templates)
        project.env.bytecode_cache = COMPILED
        with contextlib.redirect_stdout(None):  # it announces a folder that is gone in a moment
            problems = project.build()
        if problems:
            raise SpecError("\n".join(map(_text, problems)))

    def operations(self) -> Iterator[tuple[str, Names]]:
        """The parser's operation names, each with what it is called in Python."""
        for tag, collection in self._data.endpoint_collections_by_tag.items():
            for endpoint in collection.endpoints:
                models = [body for body in endpoint.bodies if body.body_type != "content"]
                body = models[0].prop.get_type_string() if models else None
                yield (
                    endpoint.name,
                    Names(
                        module=endpoint.name,
                        tag=str(tag),
                        body=body.as_unembedded_code() if body else None,
                        arguments={
                            parameter.name.get_untrusted_value(): _field(parameter)
                            for parameter in (
                                *endpoint.path_parameters,
                                *endpoint.query_parameters,
                                *endpoint.header_parameters,
                            )
                        },
                        path=tuple(str(p.python_name) for p in endpoint.path_parameters),
                        returns=_returns(endpoint.responses.patterns),
                        summary=_plain(endpoint.summary),
                        description=_plain(endpoint.description),
                    ),
                )

    def named(self, ids: Iterable[str]) -> dict[str, Names]:
        """Operations by the ids that the spec gives them, which may have dots."""
        found = dict(self.operations())
        return {name: found[operation_name(name)] for name in ids}

    def fields(self, schema: str) -> dict[str, Field]:
        """The properties of the model of `schema`, by their JSON names."""
        for model in self._data.models:
            if model.class_info.name in {schema, class_name(schema)}:
                properties = [*model.required_properties, *model.optional_properties]
                return {p.name.get_untrusted_value(): _field(p) for p in properties}
        raise SpecError(f"there is no object schema named {schema}")

    def classes(self) -> set[str]:
        """Every generated class and enumeration."""
        return {str(item.class_info.name) for item in (*self._data.models, *self._data.enums)}


def _field(prop: Any) -> Field:
    type_string = prop.get_type_string(no_optional=True).as_unembedded_code()
    free = isinstance(prop, ModelProperty) and not (
        prop.required_properties or prop.optional_properties
    )
    if type_string.startswith("None | "):
        type_string = f"{type_string.removeprefix('None | ')} | None"
    default = prop.default and prop.default.python_code.as_unembedded_code()
    return Field(
        name=str(prop.python_name),
        type=type_string,
        required=prop.required,
        description=_plain(prop.description),
        free=free,
        default=default if default and prop.required else "",
    )


def _plain(text: UntrustedString | None) -> str:
    return text.get_untrusted_value() if text else ""


def _returns(responses: Any) -> str:
    """The type of a success."""
    good = (entry for entry in responses if 200 <= entry.status_code.range[0] < 300)
    types = (
        source
        if (source := entry.source["return_type"]) in {"None", "str", "bytes"}
        else entry.prop.get_type_string().as_unembedded_code()
        for entry in good
    )
    return " | ".join(dict.fromkeys(types)) or "None"


def _config(backend: str) -> Config:
    file = ConfigFile(
        literal_enums=True,
        post_hooks=[],
        package_name_override=backend,
        project_name_override=backend,
    )
    return Config.from_sources(file, MetaType.NONE, Path(), "utf-8", True, None)


def _text(error: GeneratorError) -> str:
    return f"{error.header}: {error.detail or ''}".rstrip(": ")
