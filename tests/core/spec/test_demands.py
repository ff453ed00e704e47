"""Arguments in the form of the wire, and held against their schemas."""

from typing import Any

import pytest

from redenlab.core.errors import InputError
from redenlab.core.spec.demands import Demands

DEMANDS = Demands(
    operations={
        "fire": {
            "potSize": {"type": "integer", "maximum": 9},
            "glaze": {"$ref": "#/Glaze"},
            "glazes": {"type": "array", "items": {"$ref": "#/Glaze"}},
            "photo": {"type": "string"},
            "note": {"type": ["string", "null"]},
            "anything": {"type": "object"},
        }
    },
    definitions={
        "#/Glaze": {
            "type": "object",
            "required": ["useRAG"],
            "properties": {"useRAG": {"type": "boolean"}, "minScore": {"type": "number"}},
        }
    },
    defaults={"fire": {"kind": "raku"}},
)
KIND = {"kind": "raku"}

WIRED: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"pot_size": 3}, {"potSize": 3}),
    ({"potSize": 3}, {"potSize": 3}),
    ({"pot_size": None, "note": None}, {"note": None}),
    ({"glaze": {"use_rag": True, "min_score": None}}, {"glaze": {"useRAG": True}}),
    (
        {"glazes": [{"useRAG": True, "other_key": None}]},
        {"glazes": [{"useRAG": True, "other_key": None}]},
    ),
    ({"anything": {"any_key": None}}, {"anything": {"any_key": None}}),
    ({"photo": b"\x00\x01"}, {"photo": "AAE="}),
    ({"kind": "clay"}, {"kind": "clay"}),
]


@pytest.mark.parametrize(("given", "wired"), WIRED)
def test_keys_become_those_of_the_wire(given: dict[str, Any], wired: dict[str, Any]) -> None:
    assert DEMANDS.wired("fire", given) == {**KIND, **wired}


def test_an_unknown_operation_takes_what_it_is_given() -> None:
    assert DEMANDS.wired("cool", {"pot_size": 3}) == {"pot_size": 3}
    DEMANDS.check("cool", {"pot_size": "large"})


@pytest.mark.parametrize(
    ("values", "problem", "field"),
    [
        ({"potSize": 10}, "fire: pot_size is 10", "potSize"),
        ({"glazes": [{"useRAG": 1}]}, "fire: glazes at /0/useRAG is 1", "glazes.0.useRAG"),
        ({"glaze": {}}, "fire: glaze", "glaze"),
    ],
)
def test_what_does_not_fit_is_named(values: dict[str, Any], problem: str, field: str) -> None:
    with pytest.raises(InputError, match=problem) as caught:
        DEMANDS.check("fire", values)
    assert [each.field for each in caught.value.fields] == [field]
    assert list(caught.value.errors) == [field]
