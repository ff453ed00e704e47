"""Odd names of fields, parameters, schemas, operations, jobs: each builds, or is refused."""

from pathlib import Path

import pytest

import generate
from redenlab.core.errors import SpecError

ACME = (Path(__file__).parents[1] / "example_specs" / "acme.yaml").read_text()
STAGE = "        stage: {type: string, x-states"
TEXT = "properties: {words: {type: string}}"
FEET = "feet: {type: integer}"
LANGUAGE = "language: {type: string, default: en}"

FIELDS = (
    *("state", "envelope", "keys", "items", "id", "result", "files", "to_dict", "from_dict"),
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
OPERATIONS = ("import", "class", "list", "build", "captions.get", "captions.import", "__init__")


def build(folder: Path, *changes: tuple[str, str]) -> None:
    """Generate from a changed spec, which runs every job of it."""
    text = ACME
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    (folder / "openapi").mkdir()
    (folder / "openapi" / "acme.yaml").write_text(text)
    generate.build(folder / "openapi", folder / "generated")


def field(name: str) -> str:
    return f"'{name}': {{type: string}}"


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_of_the_poll_and_of_the_result_may_have_any_name(tmp_path: Path, name: str) -> None:
    more = f"properties: {{words: {{type: string}}, {field(name)}}}"
    build(tmp_path, (STAGE, f"        {field(name)}\n{STAGE}"), (TEXT, more))


@pytest.mark.parametrize("name", ARGUMENTS)
def test_a_parameter_may_have_any_name(tmp_path: Path, name: str) -> None:
    build(tmp_path, (LANGUAGE, field(name)), (FEET, f"'{name}_of_model': {{type: integer}}"))


@pytest.mark.parametrize("name", ARGUMENTS)
def test_a_parameter_of_a_model_may_have_any_name(tmp_path: Path, name: str) -> None:
    build(tmp_path, (FEET, f"'{name}': {{type: integer}}"))


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_may_have_any_name(tmp_path: Path, name: str) -> None:
    build(
        tmp_path,
        ("schemas/Text'", f"schemas/{name}'"),
        ("    Text: {type", f"    '{name}': {{type"),
        ("plain: Text", f"plain: '{name}'"),
        ("result: Text", f"result: '{name}'"),
    )


@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_may_have_any_name(tmp_path: Path, name: str) -> None:
    build(tmp_path, ("operationId: get_caption", f"operationId: {name}"))


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
        [("operationId: get_caption", "operationId: caption.get")],
        "every client has a 'caption' already",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_names_that_collide_are_refused_with_their_line(tmp_path: Path, what: str) -> None:
    changes, problem = REFUSED[what]
    with pytest.raises(SpecError, match=rf"^acme\.yaml:\d+: .*{problem}"):
        build(tmp_path, *changes)
