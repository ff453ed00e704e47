"""Joined schemas: what stands in the place of ``allOf``."""

# ruff: noqa: E501 - a row of a table is one line

from pathlib import Path
from typing import Any

import pytest
import yaml

from redenlab.core.errors import SpecError
from redenlab.core.spec.document import Spec

OTHERS = """\
    Base: {type: object, required: [id], properties: {id: {type: string}, at: {type: number}}}
    Loop: {allOf: [{$ref: '#/components/schemas/Pool'}, {type: object}]}
    Pool: {allOf: [{$ref: '#/components/schemas/Loop'}, {type: object}]}
"""


def read(folder: Path, schema: str) -> Any:
    """A component schema, as it is once its document was read."""
    others = OTHERS if "Loop" in schema else OTHERS.partition("    Loop")[0]
    head = "openapi: 3.1.0\npaths: {}\ncomponents:\n  schemas:\n"
    (folder / "x.yaml").write_text(f"{head}{others}    It: {schema}\n")
    return Spec(folder / "x.yaml").schemas["It"]


JOINED: dict[str, str] = {
    "{type: string}": "{type: string}",
    "{allOf: [{type: object, properties: {a: {type: string}}}, {required: [a]}], description: d}": (
        "{type: object, properties: {a: {type: string}}, required: [a], description: d}"
    ),
    "{allOf: [{$ref: '#/components/schemas/Base'}, {properties: {n: {type: integer}}}]}": (
        "{type: object, required: [id], properties: {id: {type: string}, at: {type: number}, "
        "n: {type: integer}}}"
    ),
    "{allOf: [{$ref: '#/components/schemas/Base'}, {required: [id, at]}]}": (
        "{type: object, required: [id, at], properties: {id: {type: string}, at: {type: number}}}"
    ),
    "{allOf: [{properties: {n: {minimum: 1, maximum: 9}}}, {properties: {n: {minimum: 2, maxLength: 3}}}]}": (
        "{properties: {n: {minimum: 2, maximum: 9, maxLength: 3}}}"
    ),
    "{allOf: [{enum: [a, b, c]}, {enum: [c, b]}]}": "{enum: [b, c]}",
    "{allOf: [{type: [string, 'null']}, {type: string}]}": "{type: string}",
    "{allOf: [{type: object, additionalProperties: {type: string}}, {additionalProperties: false}]}": (
        "{type: object, additionalProperties: false}"
    ),
    "{allOf: [{allOf: [{type: object}, {title: deep}]}, {title: last}]}": (
        "{type: object, title: last}"
    ),
    "{allOf: [{$ref: '#/components/schemas/Base'}], description: only said}": (
        "{allOf: [{$ref: '#/components/schemas/Base'}], description: only said}"
    ),
}


@pytest.mark.parametrize("schema", JOINED)
def test_all_parts_become_one_schema(tmp_path: Path, schema: str) -> None:
    assert read(tmp_path, schema) == yaml.safe_load(JOINED[schema])


@pytest.mark.parametrize(
    ("schema", "problem"),
    [
        ("{allOf: [{type: string}, {type: integer}]}", "contradict each other in 'type'"),
        ("{allOf: [{enum: [a]}, {enum: [b]}]}", "contradict each other in 'enum'"),
        ("{allOf: [{pattern: a}, {pattern: b}]}", "contradict each other in 'pattern'"),
        (
            "{allOf: [{$ref: '#/components/schemas/Base'}, {properties: {id: {type: integer}}}]}",
            "contradict each other in 'type'",
        ),
        (
            "{allOf: [{$ref: '#/components/schemas/Loop'}, {type: object}]}",
            "leads back to #/components/schemas/",
        ),
    ],
)
def test_parts_that_cannot_be_one_are_refused_with_their_line(
    tmp_path: Path, schema: str, problem: str
) -> None:
    with pytest.raises(SpecError, match=rf"^x\.yaml:\d+: .*{problem}"):
        read(tmp_path, schema)
