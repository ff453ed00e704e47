"""Odd names of fields, parameters, schemas, operations, jobs: each builds, or is refused."""

from pathlib import Path

import pytest

import edited_specs
from edited_specs import changed
from example_trees import EXAMPLES
from redenlab.core.errors import SpecError

pytestmark = pytest.mark.no_cover  # building is measured by test_closed_loop and test_refusals

ACME = (EXAMPLES / "acme.yaml").read_text()
STAGE = "        stage: {type: string, x-states"
TEXT = "properties: {words: {type: string}}"
FEET = "feet: {type: integer}"
WORDS = "{type: object, required: [words], properties: {words: {type: string}}}"
LANGUAGE = "language: {type: string, default: en}"

FIELDS = (
    *(
        "state",
        "envelope",
        "keys",
        "field",
        "record",
        "records",
        "decoding",
        "models",
        "items",
        "id",
        "result",
        "files",
        "to_dict",
        "from_dict",
    ),
    *("additional_properties", "class", "self", "codec", "d", "Any", "__init__", "2nd", "a-b", "ä"),
)
ARGUMENTS = (
    *("timeout", "self", "model_name", "on_event", "parameters", "file_path", "client", "class"),
    *("request", "context", "models", "Mapping"),
)
SCHEMAS = (
    *("File", "Any", "UUID", "datetime", "None", "str", "list", "A b", "a-b", "batch.job", "R"),
    *("AcmeClient", "Unset", "models"),
)
OPERATIONS = ("import", "list", "captions.import", "__init__")


def build(folder: Path, *changes: tuple[str, str]) -> None:
    """Generate from a changed spec, which runs every job of it."""
    edited_specs.build(folder, "acme.yaml", changed(ACME, *changes))


def field(name: str) -> str:
    return f"'{name}': {{type: string}}"


def test_fields_of_the_poll_and_of_the_result_may_have_any_name(tmp_path: Path) -> None:
    fields = ", ".join(field(name) for name in FIELDS)
    polled = "".join(f"        {field(name)}\n" for name in FIELDS)
    more = f"properties: {{words: {{type: string}}, {fields}}}"
    build(tmp_path, (STAGE, f"{polled}{STAGE}"), (TEXT, more))


def test_parameters_of_a_job_may_have_any_name(tmp_path: Path) -> None:
    build(tmp_path, (LANGUAGE, ", ".join(field(name) for name in ARGUMENTS)))


def test_parameters_of_a_model_may_have_any_name(tmp_path: Path) -> None:
    build(tmp_path, (FEET, ", ".join(field(name) for name in ARGUMENTS)))


def test_schemas_may_have_any_name(tmp_path: Path) -> None:
    schemas = "".join(f"    '{name}': {WORDS}\n" for name in SCHEMAS)
    models = ", ".join(f"m{number}: '{name}'" for number, name in enumerate(SCHEMAS))
    build(
        tmp_path,
        ("text: {$ref: '#/components/schemas/Text'}", f"text: {WORDS}"),
        ("    Text: {type", f"{schemas}    Text: {{type"),
        ("types: {plain: Text", f"types: {{{models}, plain: Text"),
    )


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_may_have_any_name(tmp_path: Path, name: str) -> None:
    build(tmp_path, *[("operationId: get_caption", f"operationId: {name}")] * 2)  # and the poll


REFUSED: dict[str, tuple[list[tuple[str, str]], str]] = {
    "two parameters of one name": (
        [(LANGUAGE, "picture_: {type: string}")],
        "the parameters 'picture' and 'picture_' are one name in Python",
    ),
    "a parameter of a model like one of all": (
        [(FEET, "Picture: {type: integer}")],
        "the parameters 'picture' and 'Picture' of model 'verse' are one name in Python",
    ),
    "a job called like a method": ([("name: caption\n", "name: submit\n")], "'submit' is taken"),
    "a job called like a keyword": ([("name: caption\n", "name: import\n")], "'import' is taken"),
    "an alias called like an attribute": (
        [
            (
                "        idempotency: always\n",
                "        idempotency: always\n        aliases: {close: submit}\n",
            )
        ],
        "'close' is taken",
    ),
    "a resource called like the job": (
        [("operationId: get_caption", "operationId: caption.get")] * 2,
        "every client has a 'caption' already",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_names_that_collide_are_refused_with_their_line(tmp_path: Path, what: str) -> None:
    changes, problem = REFUSED[what]
    with pytest.raises(SpecError, match=rf"^acme\.yaml:\d+: .*{problem}"):
        build(tmp_path, *changes)
