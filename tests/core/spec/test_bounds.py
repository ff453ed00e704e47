"""The limits of a schema in words."""

from typing import Any

import pytest

from redenlab.core.spec.bounds import bounds


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({}, ""),
        ({"type": "string", "enum": ["a", "b"]}, ""),
        ({"minimum": 1, "maximum": 10}, "1 to 10"),
        ({"minimum": 0}, "at least 0"),
        ({"maximum": 0.5}, "at most 0.5"),
        ({"minimum": 1.0, "maximum": None}, "at least 1"),
        ({"exclusiveMinimum": 0, "maximum": 1}, "at most 1, more than 0"),
        ({"minimum": 0, "exclusiveMinimum": True, "maximum": 1}, "at most 1, more than 0"),
        ({"minimum": 0, "exclusiveMinimum": False}, "at least 0"),
        ({"exclusiveMaximum": 3}, "less than 3"),
        ({"minLength": 2}, "at least 2 characters"),
        ({"minLength": 4, "maxLength": 4}, "4 characters"),
        ({"minItems": 1, "maxItems": 3, "uniqueItems": True}, "1 to 3 items, no item twice"),
        ({"maxProperties": 16}, "at most 16 keys"),
        ({"multipleOf": 5, "minimum": 5}, "at least 5, a multiple of 5"),
        ({"pattern": "[a-z]+", "maxLength": 8}, "at most 8 characters, matching `[a-z]+`"),
    ],
)
def test_limits_are_said_in_words(schema: dict[str, Any], text: str) -> None:
    assert bounds(schema) == text
