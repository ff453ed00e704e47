"""``x-value``: what it may name, and what is made of responses with and without an envelope."""

import json
from pathlib import Path
from typing import Any

import pytest

from redenlab.core.errors import SpecError
from redenlab.core.spec.document import Spec
from redenlab.core.spec.operations import enveloped
from redenlab.core.spec.x_value import x_value
from redenlab.lowlevel.types import RawResponse

SPEC = """
openapi: 3.1.0
paths:
  /pots:
    get:
      operationId: look
      responses: {{'200': {{$ref: '#/components/responses/Pots'}}}}
      x-value: {value}
components:
  responses:
    Pots: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Pots'}}}}}}}}
  schemas:
    Pots:
      type: object
      required: [data]
      properties: {{data: {{type: string}}, more: {{type: string}}}}
"""


def read(tmp_path: Path, value: str) -> str | None:
    path = tmp_path / "pots.yaml"
    path.write_text(SPEC.format(value=value))
    return x_value(Spec(path), "look")


def test_the_property_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, "$response.body#/data") == "data"


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("$response.body#/more", "may be absent: required is data"),
        ("$response.body#/none", "may be absent: required is data"),
        ("$response.body#/data/id", "write a property of the body"),
        ("$response.body", "write a property of the body"),
        ("data", "write a property of the body"),
    ],
)
def test_anything_else_is_refused_with_its_line(tmp_path: Path, value: str, problem: str) -> None:
    with pytest.raises(SpecError, match=problem) as caught:
        read(tmp_path, value)
    assert str(caught.value).startswith("pots.yaml:8: ")


@pytest.mark.parametrize(
    ("status", "content", "expected"),
    [
        (200, b'{"data": 1}', {"data": 1}),
        (200, b'{"data": null}', {"data": None}),
        (200, b'{"id": 1}', {"data": {"id": 1}}),
        (200, b"[1]", [1]),
        (404, b'{"error": "no"}', {"error": "no"}),
    ],
)
def test_a_bare_object_is_wrapped(status: int, content: bytes, expected: Any) -> None:
    assert enveloped(RawResponse(status, {}, content), "data").json() == expected


@pytest.mark.parametrize("content", [b"", b"<html>"])
def test_what_is_no_json_stays_as_it_is(content: bytes) -> None:
    assert enveloped(RawResponse(200, {}, content), "data").content == content


def test_the_headers_are_kept() -> None:
    found = enveloped(RawResponse(200, {"x-request-id": "7"}, json.dumps({}).encode()), "data")
    assert found.headers["x-request-id"] == "7"
