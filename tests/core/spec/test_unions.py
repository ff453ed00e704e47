"""Unions: which variant comes first, and which cannot be told apart."""

from pathlib import Path
from typing import Any

import pytest

from redenlab.core.errors import SpecError
from redenlab.core.spec.document import Spec

VARIANTS = """\
    Plain: {type: object, properties: {a: {type: string}}}
    Strict: {type: object, required: [b], properties: {a: {type: string}, b: {type: string}}}
    Cat: {type: object, required: [kind], properties: {kind: {type: string, enum: [cat]}}}
    Dog: {type: object, required: [kind], properties: {kind: {type: string, enum: [dog]}}}
    Fish: {type: object, properties: {kind: {type: string}, fins: {type: integer}}}
    Bird: {type: object, properties: {kind: {type: string}, fins: {type: string}}}
"""


def read(folder: Path, union: str) -> Spec:
    head = "openapi: 3.1.0\npaths: {}\ncomponents:\n  schemas:\n"
    for name in ("Plain", "Strict", "Cat", "Dog", "Fish", "Bird"):
        union = union.replace(f"*{name}", f"{{$ref: '#/components/schemas/{name}'}}")
    (folder / "x.yaml").write_text(f"{head}{VARIANTS}    It: {union}\n")
    return Spec(folder / "x.yaml")


def variants(spec: Spec, key: str = "oneOf") -> list[str]:
    entries: list[Any] = spec.schemas["It"][key]
    return [str(entry.get("$ref", entry.get("type"))).rpartition("/")[2] for entry in entries]


@pytest.mark.parametrize(
    ("union", "order"),
    [
        ("{oneOf: [*Plain, *Strict]}", ["Strict", "Plain"]),
        ("{oneOf: [*Strict, *Plain]}", ["Strict", "Plain"]),
        ("{oneOf: [*Dog, *Cat]}", ["Dog", "Cat"]),
        ("{oneOf: [*Fish, *Bird]}", ["Fish", "Bird"]),
        ("{oneOf: [{type: string}, *Plain, {type: 'null'}]}", ["string", "Plain", "null"]),
    ],
)
def test_the_strictest_variant_comes_first(tmp_path: Path, union: str, order: list[str]) -> None:
    assert variants(read(tmp_path, union)) == order


def test_a_single_value_of_an_enumeration_is_a_constant_of_its_variant(tmp_path: Path) -> None:
    spec = read(tmp_path, "{oneOf: [*Cat, *Dog]}")
    assert spec.schemas["Cat"]["properties"]["kind"]["const"] == "cat"


@pytest.mark.parametrize(
    ("mapping", "value"),
    [("{fish: '#/components/schemas/Fish'}", "fish"), ("{fish: Fish}", "fish"), ("{}", "Fish")],
)
def test_a_discriminator_pins_its_property(tmp_path: Path, mapping: str, value: str) -> None:
    union = f"{{discriminator: {{propertyName: kind, mapping: {mapping}}}, oneOf: [*Fish, *Cat]}}"
    spec = read(tmp_path, union)
    fish = spec.schemas["Fish"]
    assert (fish["properties"]["kind"]["const"], fish["required"]) == (value, ["kind"])


@pytest.mark.parametrize(
    ("union", "problem"),
    [
        (
            "{oneOf: [*Plain, {type: object, properties: {c: {type: string}}}]}",
            "Plain and variant 2 of its oneOf cannot be told apart",
        ),
        (
            "{discriminator: {propertyName: kind}, oneOf: [{type: object, properties: {a: {}}}]}",
            "a variant of a discriminated union needs 'kind: {const: …}'",
        ),
    ],
)
def test_variants_that_look_alike_are_refused(tmp_path: Path, union: str, problem: str) -> None:
    with pytest.raises(SpecError, match=rf"^x\.yaml:\d+: {problem}"):
        read(tmp_path, union)


def test_variants_of_an_any_of_may_look_alike(tmp_path: Path) -> None:
    union = "{anyOf: [*Plain, {type: object, properties: {c: {type: string}}}]}"
    assert variants(read(tmp_path, union), "anyOf") == ["Plain", "object"]
