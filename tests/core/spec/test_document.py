"""Documents: what is read from a spec, and where in the file it stands."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from redenlab.core.errors import SpecError
from redenlab.core.spec.document import Spec
from redenlab.core.spec.profile import Key

LIBRARY = """\
openapi: 3.1.0
paths:
  /books/{id}:
    parameters:
      - {name: id, in: path, required: true}
    get:
      operationId: look
      parameters:
        - $ref: '#/components/parameters/Page'
      responses:
        404: {description: none}
        200: {$ref: '#/components/responses/Book'}
    post: {operationId: lend, x-idempotency: always}
    patch: {operationId: mend}
    delete: {}
    summary: One book
components:
  securitySchemes:
    query: {type: apiKey, in: query, name: key}
    basic: {type: http, scheme: basic}
    token: {type: http, scheme: Bearer}
    header: {type: apiKey, in: header, name: X-Key}
  parameters:
    Page: {name: page, in: query}
  responses:
    Book:
      content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}
  schemas:
    Book: {properties: {title: {type: string}}}
    Alias: {$ref: '#/components/schemas/Book'}
"""

EMPTY = "openapi: 3.1.0\npaths: {}\n"

Write = Callable[..., Spec]


@pytest.fixture
def spec(tmp_path: Path) -> Write:
    """Reads a text as a spec."""

    def write(text: str, name: str = "library.yaml") -> Spec:
        path = tmp_path / name
        path.write_text(text)
        return Spec(path)

    return write


def test_the_name_of_the_file_is_the_name_of_the_backend(spec: Write) -> None:
    assert spec(LIBRARY).backend == "library"


def test_an_error_names_the_file_and_the_line_of_a_mapping_or_a_key(spec: Write) -> None:
    read = spec(LIBRARY)
    operation = read.document["paths"]["/books/{id}"]["get"]
    assert read.error(operation, "bad").message == "library.yaml:7: bad"
    assert read.error(operation, "bad", "responses").message == "library.yaml:10: bad"
    assert read.error(operation["parameters"][0], "bad").message == "library.yaml:9: bad"
    assert read.error(operation, "bad", "missing").message == "library.yaml:7: bad"
    assert read.error("a text", "bad").message == "library.yaml:1: bad"


def test_a_key_that_was_merged_in_has_the_line_where_it_was_written(spec: Write) -> None:
    read = spec(f"{EMPTY}x-base: &base\n  kept: 1\nx-more:\n  <<: *base\n  own: 2\n")
    merged = read.document["x-more"]
    assert merged == {"kept": 1, "own": 2}
    assert read.error(merged, "bad", "kept").message == "library.yaml:4: bad"
    assert read.error(merged, "bad", "own").message == "library.yaml:7: bad"


def test_a_json_document_is_read_and_located_as_well(spec: Write) -> None:
    text = json.dumps({"openapi": "3.1.0", "paths": {"/a": {"get": {"x": None}}}}, indent=2)
    read = spec(text, "library.json")
    assert read.document == json.loads(text)
    assert read.error(read.operations["get_a"], "bad").message.startswith("library.json:")
    assert read.error(read.document["paths"], "bad", "/a").message == "library.json:4: bad"


@pytest.mark.parametrize("text", ["2025-01-15", "2025-01-15T10:30:00Z", "2025-01-15 10:30:00"])
def test_a_date_in_an_example_stays_text(spec: Write, text: str) -> None:
    assert spec(f"{EMPTY}x-date: {text}\n").document["x-date"] == text


def test_numbers_are_still_numbers(spec: Write) -> None:
    read = spec(f"{EMPTY}x-whole: 200\nx-part: 0.25\n")
    assert (read.document["x-whole"], read.document["x-part"]) == (200, 0.25)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("paths: [", "[12]: this is not valid YAML"),
        ("paths: {}\n\tx: 1", "2: this is not valid YAML"),
        ("paths: !!python/object/apply:os.getcwd []", "1: the tag '.*' is none of JSON's"),
        ("", "1: this is no OpenAPI document"),
        ("- paths", "1: this is no OpenAPI document"),
        ("openapi: 3.1.0", "1: the document needs the key 'paths'"),
        ("paths: {}", "1: the document needs the key 'openapi'"),
        ("openapi: 3.2.0\npaths: {}", "1: OpenAPI 3.2.0 is not read; write it as 3.0 or 3.1"),
        ("openapi: 3.1.0\npaths:", "2: paths is empty; write a mapping"),
    ],
)
def test_what_is_no_spec_is_refused_by_name(spec: Write, text: str, problem: str) -> None:
    with pytest.raises(SpecError, match=f"library.yaml:{problem}"):
        spec(text)


def test_a_file_that_cannot_be_read_is_named_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match=r"gone\.yaml: this cannot be read: No such file"):
        Spec(tmp_path / "gone.yaml")


def test_an_operation_without_an_id_is_named_by_method_and_path(spec: Write) -> None:
    read = spec(LIBRARY)
    assert set(read.operations) == {"look", "lend", "mend", "delete_books_id"}
    assert read.operations["delete_books_id"]["method"] == "delete"
    assert read.operations["look"]["path"] == "/books/{id}"


def test_references_are_followed_to_their_end(spec: Write) -> None:
    read = spec(LIBRARY)
    book = {"properties": {"title": {"type": "string"}}}
    assert read.resolve({"$ref": "#/components/schemas/Alias"}) == book
    assert read.resolve(book) is book
    assert read.properties("Alias") == book["properties"]
    assert read.properties(None) == {}
    assert read.response_schema(read.operations["look"]) == "Book"


@pytest.mark.parametrize(
    "reference",
    ["#/components/schemas/Film", "#/components/schemas/Book/properties/title/type/deeper"],
)
def test_a_reference_to_nothing_is_an_error_that_quotes_it(spec: Write, reference: str) -> None:
    text = LIBRARY.replace(
        "Alias: {$ref: '#/components/schemas/Book'}", f"Alias: {{$ref: '{reference}'}}"
    )
    with pytest.raises(SpecError, match=f"library.yaml:30: {reference} does not exist"):
        spec(text)


def test_arguments_are_those_of_the_path_and_of_the_operation(spec: Write) -> None:
    read = spec(LIBRARY)
    assert set(read.arguments(read.operations["look"])) == {"id", "page"}
    assert set(read.arguments(read.operations["lend"])) == {"id"}


def test_only_a_request_that_may_be_repeated_is_idempotent(spec: Write) -> None:
    assert spec(LIBRARY).idempotent == {
        "look": True,
        "lend": True,
        "mend": False,
        "delete_books_id": True,
    }


@pytest.mark.parametrize(
    ("schemes", "key"),
    [
        ("token: {type: http, scheme: Bearer}", Key("Authorization", "Bearer")),
        ("a: {type: apiKey, in: header, name: X-Key}", Key("X-Key")),
        ("a: {type: apiKey, in: query, name: key}", Key("key", in_query=True)),
        (
            "a: {type: apiKey, in: header, name: Authorization, x-prefix: Key}",
            Key("Authorization", "Key"),
        ),
        (
            "a: {type: http, scheme: basic}, b: {type: apiKey, in: header, name: X-Key}",
            Key("X-Key"),
        ),
    ],
)
def test_the_first_scheme_that_can_carry_a_key_says_how_it_is_sent(
    spec: Write, schemes: str, key: Key
) -> None:
    text = f"{EMPTY}components: {{securitySchemes: {{{schemes}}}}}\n"
    assert spec(text).auth == key


def test_a_spec_without_a_usable_scheme_is_refused(spec: Write) -> None:
    text = f"{EMPTY}components: {{securitySchemes: {{a: {{type: http, scheme: basic}}}}}}\n"
    with pytest.raises(SpecError, match=r"library\.yaml:1: no security scheme"):
        spec(text).auth  # noqa: B018


@pytest.mark.parametrize("media", ["application/json", "multipart/form-data"])
def test_the_schema_of_a_body_is_found_in_either_form(spec: Write, media: str) -> None:
    body: Any = {"content": {media: {"schema": {"$ref": "#/components/schemas/Book"}}}}
    read = spec(LIBRARY)
    assert read.body_schema({"requestBody": body}) == "Book"
    assert read.body_schema({}) is None


def test_sign_in_is_read_from_the_first_oauth_scheme(spec: Write) -> None:
    assert spec(LIBRARY).oauth == {}
    flows = "{clientCredentials: {tokenUrl: 'https://id.example/token'}}"
    text = f"{EMPTY}components: {{securitySchemes: {{o: {{type: oauth2, flows: {flows}}}}}}}"
    assert spec(text).oauth == {"clientCredentials": {"tokenUrl": "https://id.example/token"}}
