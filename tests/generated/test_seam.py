"""The seam to openapi-python-client: everything of its inside that our generator stands on.

Its templates and parser objects carry no promise, so what is used of them is recorded here as it is
in the pinned version. When a test fails after an upgrade, do what its message says.
"""

import inspect
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Any, get_args

import jinja2
import openapi_python_client
import pytest
from jinja2 import meta, nodes
from openapi_python_client import TEMPLATE_FILTERS, Project, strings
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData, responses
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.properties import Property
from openapi_python_client.schema.untrusted_string import UntrustedString

import opc

ROOT = Path(__file__).parents[2]
PACKAGED = Path(openapi_python_client.__file__).parent / "templates"
UPGRADED = (
    "openapi-python-client is not as recorded here: run 'make generate', "
    "read the diff of the regenerated code, then update this file"
)

# ---- as recorded -------------------------------------------------------------------------------

TEMPLATES = """
    .gitignore.jinja README.md.jinja api_init.py.jinja client.py.jinja endpoint_init.py.jinja
    endpoint_macros.py.jinja endpoint_module.py.jinja errors.py.jinja helpers.jinja
    int_enum.py.jinja literal_enum.py.jinja model.py.jinja models_init.py.jinja
    package_init.py.jinja pyproject.toml.jinja pyproject_pdm.toml.jinja
    pyproject_poetry.toml.jinja pyproject_ruff.toml.jinja pyproject_uv.toml.jinja setup.py.jinja
    str_enum.py.jinja types.py.jinja

    property_templates/any_property.py.jinja property_templates/boolean_property.py.jinja
    property_templates/const_property.py.jinja property_templates/date_property.py.jinja
    property_templates/datetime_property.py.jinja property_templates/enum_property.py.jinja
    property_templates/file_property.py.jinja property_templates/float_property.py.jinja
    property_templates/helpers.jinja property_templates/int_property.py.jinja
    property_templates/list_property.py.jinja property_templates/literal_enum_property.py.jinja
    property_templates/model_property.py.jinja property_templates/property_macros.py.jinja
    property_templates/union_property.py.jinja property_templates/uuid_property.py.jinja
"""

REPLACED = """
    api_init.py.jinja client.py.jinja endpoint_init.py.jinja endpoint_module.py.jinja
    errors.py.jinja literal_enum.py.jinja model.py.jinja models_init.py.jinja
    package_init.py.jinja types.py.jinja
"""

PROPERTIES = """
    AnyProperty BooleanProperty ConstProperty DateProperty DateTimeProperty EnumProperty
    FileProperty FloatProperty IntProperty ListProperty LiteralEnumProperty ModelProperty
    NoneProperty StringProperty UnionProperty UuidProperty
"""

EVERY_PROPERTY = """
    name python_name required description default
    get_type_string to_string get_imports get_lazy_imports
"""

ATTRIBUTES = {
    "Project": "build env",
    "GeneratorData": "endpoint_collections_by_tag models enums",
    "EndpointCollection": "endpoints tag",
    "Endpoint": """
        name method path summary description bodies path_parameters query_parameters
        header_parameters cookie_parameters list_all_parameters responses relative_imports
        requires_security
    """,
    "Body": "body_type prop",
    "Responses": "patterns",
    "Response": "prop source status_code",
    "HTTPStatusPattern": "pattern range",
    "ModelProperty": """
        class_info required_properties optional_properties additional_properties
        relative_imports lazy_imports
    """,
    "LiteralEnumProperty": "class_info values value_type",
    "ListProperty": "inner_property",
    "UnionProperty": "inner_properties",
    "ConstProperty": "value",
    "Value": "python_code",
    "Class": "name module_name",
    "PythonCode": "as_unembedded_code",
    "UntrustedString": "get_untrusted_value",
}

SOURCES = {"JSON": "Any", "BYTES": "bytes", "TEXT": "str", "NONE": "None"}

OURS = """
    append replace split last first text items endswith removeprefix rstrip setdefault
    __class__ __name__
"""  # of lists, strings, loops and classes


SIGNATURES = {
    Project: "openapi config custom_template_path",
    Project.build: "self",
    GeneratorData.from_dict: "data config",
    Config.from_sources: """
        config_file meta_type document_source file_encoding overwrite output_path
    """,
    GeneratorError: "detail level header",
    UntrustedString: "value",
    strings.PythonIdentifier: "value prefix skip_snake_case",
    strings.pascal_case: "value",
    strings.snake_case: "value",
}

SETTINGS = "literal_enums package_name_override post_hooks project_name_override"

DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Seam", "version": "1"},
    "paths": {
        "/{id}": {
            "post": {
                "operationId": "send",
                "summary": "Send",
                "tags": ["all"],
                "security": [{"key": []}],
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
                    {"name": "n", "in": "query", "schema": {"type": "integer"}},
                    {"name": "X-Trace", "in": "header", "schema": {"type": "string"}},
                ],
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/All"}}
                    },
                },
                "responses": {
                    "200": {
                        "description": "Done",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/All"}}
                        },
                    },
                    "5XX": {"description": "Failed"},
                },
            }
        }
    },
    "components": {
        "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Api-Key"}},
        "schemas": {
            "Word": {"type": "string", "enum": ["a", "b"]},
            "All": {
                "type": "object",
                "required": ["word"],
                "properties": {
                    "word": {"$ref": "#/components/schemas/Word"},
                    "kind": {"const": "all"},
                    "many": {"type": "array", "items": {"type": "number"}},
                    "either": {"oneOf": [{"type": "string"}, {"type": "boolean"}]},
                    "nothing": {"type": "null"},
                    "when": {"type": "string", "format": "date-time"},
                    "day": {"type": "string", "format": "date"},
                    "blob": {"type": "string", "format": "binary"},
                    "id": {"type": "string", "format": "uuid"},
                    "any": {},
                },
            },
        },
    },
}


# ---- as installed ------------------------------------------------------------------------------


def test_the_installed_version_is_the_pinned_one() -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
    pin = f"openapi-python-client=={version('openapi-python-client')}"
    assert pin in groups["generate"]


def test_the_packaged_templates_are_those_recorded() -> None:
    names = {path.relative_to(PACKAGED).as_posix() for path in PACKAGED.rglob("*.jinja")}
    assert names == set(TEMPLATES.split()), UPGRADED


def parsed(template: Path) -> nodes.Template:
    """A template as its syntax tree."""
    environment = jinja2.Environment(extensions=["jinja2.ext.loopcontrols"], autoescape=True)
    return environment.parse(template.read_text())


def ours() -> list[Path]:
    """Our templates that openapi-python-client renders, and those that they import."""
    names = {*TEMPLATES.split(), "decoders.jinja"}
    return sorted(path for path in opc.TEMPLATES.glob("*.jinja") if path.name in names)


def test_our_templates_replace_those_recorded() -> None:
    assert {path.name for path in ours()} - {"decoders.jinja"} == set(REPLACED.split())


def imported(templates: list[Path]) -> set[str]:
    """The packaged templates that templates import, directly or not."""
    found: set[str] = set()
    for template in templates:
        names = {name for name in meta.find_referenced_templates(parsed(template)) if name}
        names = {name for name in names if not (opc.TEMPLATES / name).exists()} - {"spec.jinja"}
        found |= names | imported([PACKAGED / name for name in names])
    return found


def test_our_templates_import_none_of_the_packaged_ones() -> None:
    assert imported(ours()) == set()


def test_every_filter_of_our_templates_is_there() -> None:
    used = {f.name for path in ours() for f in parsed(path).find_all(nodes.Filter)}
    assert used <= {*jinja2.Environment(autoescape=True).filters, *TEMPLATE_FILTERS}, UPGRADED


def test_the_kinds_of_properties_are_those_recorded() -> None:
    assert {kind.__name__ for kind in get_args(Property)} == set(PROPERTIES.split()), UPGRADED


@pytest.mark.parametrize("called", SIGNATURES, ids=lambda called: called.__qualname__)
def test_what_is_called_takes_what_is_recorded(called: Any) -> None:
    names = [*inspect.signature(called).parameters]
    assert names == SIGNATURES[called].split(), UPGRADED


def test_every_setting_is_there() -> None:
    assert set(SETTINGS.split()) <= set(ConfigFile.model_fields), UPGRADED
    assert MetaType.NONE in MetaType


@pytest.fixture(scope="module")
def objects() -> dict[str, list[Any]]:
    """What the parser makes of the document above, by the names of the classes."""
    file = ConfigFile(literal_enums=True, post_hooks=[])
    config = Config.from_sources(file, MetaType.NONE, Path(), "utf-8", True, None)
    data = GeneratorData.from_dict(DOCUMENT, config=config)
    assert isinstance(data, GeneratorData), data
    assert not data.errors
    collections = list(data.endpoint_collections_by_tag.values())
    endpoints = [endpoint for collection in collections for endpoint in collection.endpoints]
    patterns = [response for endpoint in endpoints for response in endpoint.responses.patterns]
    models, enums = list(data.models), list(data.enums)
    properties = [p for m in models for p in (*m.required_properties, *m.optional_properties)]
    everything: list[Any] = [
        Project(openapi=data, config=config),
        data,
        *collections,
        *endpoints,
        *(endpoint.responses for endpoint in endpoints),
        *(body for endpoint in endpoints for body in endpoint.bodies),
        *patterns,
        *(pattern.status_code for pattern in patterns),
        *(parameter for endpoint in endpoints for parameter in endpoint.list_all_parameters()),
        *models,
        *enums,
        *(item.class_info for item in (*models, *enums)),
        *properties,
        *(prop.name for prop in properties),
        *(prop.get_type_string(no_optional=True) for prop in properties),
        *(prop.value for prop in properties if hasattr(prop, "value")),
        *(inner for prop in properties for inner in getattr(prop, "inner_properties", ())),
        *(prop.inner_property for prop in properties if hasattr(prop, "inner_property")),
    ]
    found: dict[str, list[Any]] = {}
    for item in everything:
        found.setdefault(type(item).__name__, []).append(item)
    return found


@pytest.mark.parametrize("kind", ATTRIBUTES)
def test_every_attribute_in_use_is_there(objects: dict[str, list[Any]], kind: str) -> None:
    assert kind in objects, UPGRADED
    for item in objects[kind]:
        missing = [name for name in ATTRIBUTES[kind].split() if not hasattr(item, name)]
        assert not missing, f"{kind} has no {missing}. {UPGRADED}"


def test_every_property_has_what_all_have(objects: dict[str, list[Any]]) -> None:
    kinds = set(PROPERTIES.split()) & set(objects)
    assert kinds == set(PROPERTIES.split()) - {"EnumProperty"}  # enumerations become Literals
    for kind in kinds:
        for item in objects[kind]:
            missing = [name for name in EVERY_PROPERTY.split() if not hasattr(item, name)]
            assert not missing, f"{kind} has no {missing}. {UPGRADED}"


@pytest.mark.parametrize(("name", "return_type"), SOURCES.items())
def test_a_recorded_response_is_parsed(name: str, return_type: str) -> None:
    source = getattr(responses, f"{name}_SOURCE")
    assert source["return_type"] == return_type, UPGRADED


def test_every_attribute_that_our_templates_use_is_recorded() -> None:
    recorded = {name for names in ATTRIBUTES.values() for name in names.split()}
    recorded |= {*EVERY_PROPERTY.split(), *OURS.split(), "return_type"}
    for path in ours():
        used = {
            node.attr
            for node in parsed(path).find_all(nodes.Getattr)
            if root(node) not in OUR_NAMES
        }
        assert used <= recorded, f"{path.name} uses more than this file records"


OUR_NAMES = {"spec", "ns", "formats"}


def root(node: nodes.Node) -> str:
    """The variable that an expression begins with."""
    while isinstance(node, nodes.Getattr | nodes.Getitem | nodes.Call | nodes.Filter):
        assert node.node is not None
        node = node.node
    return node.name if isinstance(node, nodes.Name) else ""
