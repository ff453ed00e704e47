"""Operations of a spec that nothing was generated from: what is sent, what is read."""

import json
from pathlib import Path
from typing import Any

import pytest

from redenlab.core.clients.spec_operation import SpecOperation, bound
from redenlab.core.spec.document import Spec
from redenlab.lowlevel.errors import ApiError, SchemaError
from redenlab.lowlevel.types import File, RawResponse

LIBRARY = """\
openapi: 3.1.0
security: [{key: []}]
paths:
  /shelves/{shelf}/books/{book}:
    put:
      operationId: keep
      parameters:
        - {name: shelf, in: path, required: true}
        - {name: book, in: path, required: true}
        - {name: X-Reader, in: header}
        - {name: tags, in: query}
        - {name: loud, in: query}
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Book'}}}}
  /covers:
    post:
      operationId: add_cover
      requestBody: {content: {multipart/form-data: {schema: {$ref: '#/components/schemas/Cover'}}}}
  /open: {get: {operationId: is_open, security: []}}
components:
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}
  schemas:
    Book:
      required: [title]
      properties: {title: {type: string}, copies: {type: integer, default: 1}}
    Cover: {properties: {side: {type: string}}}
"""


@pytest.fixture
def spec(tmp_path: Path) -> Spec:
    path = tmp_path / "library.yaml"
    path.write_text(LIBRARY)
    return Spec(path)


def test_every_argument_goes_where_the_spec_has_it(spec: Spec) -> None:
    given: dict[str, Any] = {"shelf": "a/b", "book": "é 1", "X-Reader": "me", "tags": ["x", "y"]}
    request = SpecOperation(spec, "keep").build(**given, loud=True)
    assert (request.method, request.path) == ("PUT", "/shelves/a%2Fb/books/%C3%A9%201")
    assert request.query == (("tags", "x"), ("tags", "y"), ("loud", "true"))
    assert request.headers == {"X-Reader": "me"}
    assert (request.content, request.parts) == (None, ())


def test_a_body_is_json_or_a_form_as_the_spec_says(spec: Spec) -> None:
    kept = SpecOperation(spec, "keep").build(shelf="a", book="b", body={"title": "T"})
    assert kept.headers["Content-Type"] == "application/json"
    assert json.loads(kept.content or b"") == {"title": "T"}
    picture = File("front.png", "image/png", 1, lambda: iter([b"x"]))
    cover = SpecOperation(spec, "add_cover").build(body={"side": "front", "picture": picture})
    assert cover.parts == (("side", "front"), ("picture", picture))
    assert (cover.content, cover.headers) == (None, {})


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"shelf": "a"}, "the argument 'book' is needed"),
        ({"shelf": "a", "book": "b", "page": 2}, "there is no argument 'page'"),
        ({"shelf": "a", "book": ".."}, "path"),
        ({"shelf": "a", "book": ""}, "path"),
    ],
)
def test_arguments_that_make_no_request_are_refused(
    spec: Spec, given: dict[str, Any], problem: str
) -> None:
    with pytest.raises(ValueError, match=problem):
        SpecOperation(spec, "keep").build(**given)


def test_the_credential_goes_along_unless_the_operation_is_open(spec: Spec) -> None:
    assert SpecOperation(spec, "keep").build(shelf="a", book="b").secured
    assert not SpecOperation(spec, "is_open").build().secured


def test_the_method_says_whether_a_request_may_be_repeated(spec: Spec) -> None:
    found = {name: SpecOperation(spec, name).IDEMPOTENT for name in spec.operations}
    assert found == {"keep": True, "add_cover": False, "is_open": True}


@pytest.mark.parametrize(
    ("status", "content", "value"),
    [
        (200, b'{"a": [1, null]}', {"a": [1, None]}),
        (201, b'"text"', "text"),
        (204, b"", None),
        (200, b"", None),
    ],
)
def test_a_success_is_its_json_or_nothing(
    spec: Spec, status: int, content: bytes, value: Any
) -> None:
    assert SpecOperation(spec, "keep").parse(RawResponse(status, {}, content)) == value


@pytest.mark.parametrize("status", [199, 302, 404, 503])
def test_anything_else_is_an_error_that_keeps_the_response(spec: Spec, status: int) -> None:
    with pytest.raises(ApiError) as caught:
        SpecOperation(spec, "keep").parse(RawResponse(status, {"X-Id": "1"}, b"no"))
    assert (caught.value.status_code, caught.value.content) == (status, b"no")
    assert caught.value.headers == {"X-Id": "1"}


def test_a_body_gets_the_defaults_of_its_schema_and_keeps_the_rest(spec: Spec) -> None:
    read = bound(spec, "keep").body
    assert read is not None
    assert read({"title": "T"}) == {"title": "T", "copies": 1}
    assert read({"title": "T", "copies": 5, "new": [1]}) == {"title": "T", "copies": 5, "new": [1]}


@pytest.mark.parametrize(
    ("value", "place"), [({"copies": 2}, "/title"), ([1], "object"), (None, "object")]
)
def test_a_body_of_another_shape_is_refused_with_the_place(
    spec: Spec, value: Any, place: str
) -> None:
    read = bound(spec, "keep").body
    assert read is not None
    with pytest.raises(SchemaError, match=place):
        read(value)


def test_an_operation_without_a_body_reads_none(spec: Spec) -> None:
    assert bound(spec, "is_open").body is None


QUERIED = """
openapi: 3.1.0
paths:
  /books:
    x-query:
      operationId: books.find
      requestBody: {required: true, content: {text/plain: {schema: {type: string}}}}
      responses: {'200': {description: ok}}
"""


def test_a_query_sends_its_words_as_a_text_and_may_be_sent_twice(tmp_path: Path) -> None:
    path = tmp_path / "library.yaml"
    path.write_text(QUERIED)
    found = SpecOperation(Spec(path), "books.find")
    request = found.build(body="a café")
    assert (request.method, request.path) == ("QUERY", "/books")
    assert request.headers["Content-Type"] == "text/plain"
    assert request.content == "a café".encode()
    assert found.IDEMPOTENT
