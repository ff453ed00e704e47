"""``x-ways``: what is read of it, and what is refused with its line."""

from pathlib import Path
from typing import Any

import pytest

from redenlab.core.errors import SpecError
from redenlab.core.spec.document import Spec
from redenlab.core.spec.ways import Way
from redenlab.core.spec.x_ways import x_ways

SPEC = """
openapi: 3.1.0
x-ways:
  remote: {way}
paths:
  /pots/{{id}}:
    post:
      operationId: fire
      parameters:
        - {{name: id, in: path, required: true, schema: {{type: string}}}}
        - {{name: heat, in: query, schema: {{type: integer}}}}
        - {{name: glaze, in: query, schema: {{type: string}}}}
      requestBody:
        content: {{application/json: {{schema: {{$ref: '#/components/schemas/Pot'}}}}}}
      responses: {{'201': {{description: ok}}}}
      x-ways: {procedure}
components:
  schemas:
    Pot: {{type: object, properties: {{colour: {{type: string}}}}}}
"""


def read(tmp_path: Path, procedure: str, way: str = "{protocol: trpc}") -> dict[str, Way]:
    path = tmp_path / "pots.yaml"
    path.write_text(SPEC.format(way=way, procedure=procedure))
    return dict(x_ways(Spec(path)))


def test_an_operation_is_read_with_what_a_call_needs(tmp_path: Path) -> None:
    procedure = "{remote: {mutation: pots.fire, input: {id: $request.path.id}}}"
    passage = read(tmp_path, procedure)["remote"].passages["fire"]
    assert passage.procedure.name == "pots.fire"
    assert passage.procedure.is_remote
    assert (passage.path, passage.status, passage.types) == ("/pots/{id}", 201, {"heat": "integer"})


def test_a_spec_without_ways_has_none() -> None:
    spec = Spec(Path(__file__).parents[3] / "openapi" / "ml.yaml")
    assert x_ways(spec) == {}


MISTAKES: dict[str, tuple[str, str, str]] = {
    "another way": ("{worker: {get: /a}}", "{protocol: trpc}", "there is no way 'worker'"),
    "nothing to call": ("{remote: {input: 1}}", "{protocol: trpc}", "needs one of query"),
    "two to call": ("{remote: {get: /a, post: /a}}", "{protocol: trpc}", "needs one of query"),
    "nothing then": (
        "{remote: {get: /a, then: {input: 1}}}",
        "{protocol: trpc}",
        "needs one of query",
    ),
    "a path without a slash": ("{remote: {get: a}}", "{protocol: trpc}", "write a path"),
    "an unknown key": ("{remote: {get: /a, inputs: 1}}", "{protocol: trpc}", "has no key 'inputs'"),
    "no such property": (
        "{remote: {get: /a, input: $request.body#/size}}",
        "{protocol: trpc}",
        "points to nothing: there are",
    ),
    "no such parameter": (
        "{remote: {get: /a, input: $request.query.id}}",
        "{protocol: trpc}",
        "points to nothing",
    ),
    "a response as input": (
        "{remote: {get: /a, input: $response.body}}",
        "{protocol: trpc}",
        "is not known here; there are \\$request",
    ),
    "a request as output": (
        "{remote: {get: /a, output: $request.body}}",
        "{protocol: trpc}",
        "is not known here; there are \\$response",
    ),
    "another protocol": ("{}", "{protocol: smtp}", "one of trpc, json"),
    "no pattern": ("{}", "{protocol: trpc, statuses: [{text: '(', status: 404}]}", "regular"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_mistakes_are_refused_with_their_line(tmp_path: Path, name: str) -> None:
    procedure, way, problem = MISTAKES[name]
    with pytest.raises(SpecError, match=problem) as caught:
        read(tmp_path, procedure, way)
    assert caught.value.message.startswith("pots.yaml:")


def test_every_operation_of_a_bundled_spec_has_a_way_or_is_known_to_have_none() -> None:
    spec = Spec(Path(__file__).parents[3] / "openapi" / "artificer.yaml")
    ways: Any = x_ways(spec)
    without = set(spec.operations) - ways["trpc"].passages.keys()
    assert without == {
        *("auth.list_keys", "auth.create_key", "auth.delete_key"),
        "images.check_small_pdf_needs_ocr",
    }
