"""What schemas demand, as jobs carry it; and schemas that contradict themselves."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml

import generate
import redenlab
from redenlab.core.errors import SpecError
from redenlab.core.spec.constraints import Constraints
from redenlab.core.spec.document import Spec
from redenlab.core.spec.job_spec import Parameter
from redenlab.core.spec.x_job import job_specs
from scripted_api import EXAMPLES

SCHEMAS = """\
    Named: {type: string, description: A name, minLength: 1, example: x}
    Anything: {description: Any JSON}
    Pair: {type: object, properties: {left: {$ref: '#/components/schemas/Pair'}, size: {}}}
    Cycle: {items: {$ref: '#/components/schemas/Cycle'}}
"""


@pytest.fixture
def constraints(tmp_path: Path) -> Constraints:
    path = tmp_path / "names.yaml"
    path.write_text(f"openapi: 3.1.0\npaths: {{}}\ncomponents:\n  schemas:\n{SCHEMAS}")
    return Constraints(Spec(path))


NAMED = {"$ref": "#/components/schemas/Named"}
CLOSED = {"properties": {"a": {}}, "additionalProperties": False}
DEMANDS: list[tuple[str, dict[str, Any]]] = [
    ("{type: string, title: T, example: a, x-more: 1}", {"type": "string"}),
    ("{type: string, nullable: true, default: a}", {"type": "string", "nullable": True}),
    ("{type: string, nullable: false, uniqueItems: false, required: []}", {"type": "string"}),
    ("{type: string, format: email}", {"type": "string"}),
    ("{type: string, format: uuid}", {"type": "string", "format": "uuid"}),
    ("{type: string, format: binary}", {}),
    ("{$ref: '#/components/schemas/Named'}", NAMED),
    ("{$ref: '#/components/schemas/Anything', minimum: 1}", {"minimum": 1}),
    ("{items: {$ref: '#/components/schemas/Anything'}}", {}),
    ("{items: true, additionalProperties: true}", {}),
    ("{items: false}", {"items": False}),
    ("{properties: {a: {description: Free}}}", {}),
    ("{properties: {a: {}}, additionalProperties: false}", CLOSED),
    ("{properties: {a: {type: 'null'}, b: {}}}", {"properties": {"a": {"type": "null"}, "b": {}}}),
    ("{properties: {a: false}}", {"properties": {"a": {"not": {}}}}),
    ("{allOf: [{title: T}, {$ref: '#/components/schemas/Named'}]}", {"allOf": [NAMED]}),
    ("{anyOf: [{title: T}, {minimum: 1}]}", {}),
    ("{oneOf: [{title: T}, {minimum: 1}]}", {"oneOf": [{}, {"minimum": 1}]}),
    ("{const: false}", {"const": False}),
]


@pytest.mark.parametrize(("schema", "demands"), DEMANDS)
def test_a_job_carries_what_a_schema_demands_and_no_more(
    constraints: Constraints, schema: str, demands: dict[str, Any]
) -> None:
    assert constraints.of(yaml.safe_load(schema)) == demands


def test_what_is_referred_to_is_carried_once(constraints: Constraints) -> None:
    pair = {"$ref": "#/components/schemas/Pair"}
    assert constraints.of({"items": pair, "not": pair}) == {"items": pair, "not": pair}
    cycle = {"$ref": "#/components/schemas/Cycle"}
    assert constraints.of(cycle) == cycle
    assert constraints.definitions == {
        "#/components/schemas/Pair": {"type": "object", "properties": {"left": pair, "size": {}}},
        "#/components/schemas/Cycle": {"items": cycle},
    }


ASSAY = (EXAMPLES / "assay.yaml").read_text()

ALONE = "['litres'] stand in anyOf alone; list them in the properties of Acid as well"

MISTAKES: dict[str, tuple[str, str, str]] = {
    "a default beyond its limit": (
        "default: 900",
        "default: 90",
        "default is 90, and has to be 400 or more",
    ),
    "a default of another type": (
        "note: {type: string,",
        "note: {type: string, default: [],",
        "default is an array, and has to be a string",
    ),
    "a member of an enumeration": (
        "enum: [trade, study]",
        "enum: [trade, 7]",
        "a value of enum is 7, and has to be a string",
    ),
    "an example": (
        "multipleOf: 5}",
        "multipleOf: 5, example: 7}",
        "example is 7, and has to be a multiple of 5",
    ),
    "one of several examples, below": (
        "    Origin:\n      type: object\n",
        "    Origin:\n      type: object\n      examples: [{file: a}, {file: a, mine: X}]\n",
        "a value of examples at /mine has to match ^M\\d+$",
    ),
    "a limit that is no number": (
        "minLength: 3",
        "minLength: three",
        "minLength is 'three'; write a number from 0 on",
    ),
    "a step of nothing": (
        "multipleOf: 5",
        "multipleOf: 0",
        "multipleOf is '0'; write a number above 0",
    ),
    "a flag for a list": (
        "degrees: {type: number,",
        "degrees: {type: number, required: true,",
        "required is True; write a list",
    ),
    "parameters that differ by variant": (
        "anyOf: [{required: [drops]},",
        "anyOf: [{properties: {litres: {type: number}}},",
        f"the parameters of model 'acid' cannot be read: {ALONE}",
    ),
    "a longest pause below the first": (
        "status: $response.body#/stage}",
        "status: $response.body#/stage, interval: {initial: 9, max: 4}}",
        "max is 4, less than initial, 9; write that or more",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_spec_that_contradicts_itself_is_refused_with_its_line(
    tmp_path: Path, mistake: str
) -> None:
    before, after, message = MISTAKES[mistake]
    assert before in ASSAY
    text = ASSAY.replace(before, after, 1)
    (tmp_path / "assay.yaml").write_text(text)
    changed = (a == b for a, b in zip(ASSAY.splitlines(), text.splitlines(), strict=False))
    line = list(changed).index(False) + 1
    generates = partial(generate.build, tmp_path, tmp_path / "generated")
    connects = partial(redenlab.connect, tmp_path / "assay.yaml")
    for refuse in (connects, generates):
        with pytest.raises(SpecError) as caught:
            refuse()
        assert caught.value.message == f"assay.yaml:{line}: {message}"


def test_joined_schemas_are_one_set_of_parameters() -> None:
    (job,) = job_specs(Spec(EXAMPLES / "assay.yaml"))
    degrees = {"type": "number", "minimum": 400, "exclusiveMaximum": 1600}
    parameters = job.models["fire"].parameters
    assert list(parameters) == ["degrees", "metals", "cupels"]
    assert parameters["degrees"] == Parameter(required=True, default=900, schema=degrees)
    assert parameters["metals"].must_be_given


def test_what_goes_together_is_carried_with_the_model() -> None:
    (job,) = job_specs(Spec(EXAMPLES / "assay.yaml"))
    assert job.models["acid"].together == {
        "anyOf": [{"required": ["drops"]}, {"required": ["rinse"]}]
    }
    assert job.models["fire"].together == {}
