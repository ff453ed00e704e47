"""What can be learnt of a generated class: its fields, their types, and what is said of them."""

import datetime
from typing import Any, Literal
from uuid import UUID

import attrs
import pytest

from redenlab.lowlevel.fields import description, fields, type_name
from redenlab.lowlevel.types import UNSET, Unset
from redenlab_api.ml import models


@attrs.define
class Odd:
    """Something that
    a later spec may hold.

    Attributes:
        words: A description that
            goes on in the next line.
        additional_properties: What else there is.
    """

    words: dict[str, int] | Unset | None = UNSET
    silent: str = ""
    additional_properties: dict[str, Any] = attrs.field(factory=dict)


@attrs.define
class Rest:
    """Rest"""

    additional_properties: dict[str, Odd] = attrs.field(factory=dict)


def test_descriptions_may_span_lines() -> None:
    words, silent = fields(Odd)
    assert words.description == "A description that goes on in the next line."
    assert silent.description == ""
    assert description(Odd) == "Something that a later spec may hold."


def test_the_name_of_a_class_is_no_description() -> None:
    assert description(Rest) == ""


def test_what_may_be_absent_is_not_required() -> None:
    words, silent = fields(Odd)
    assert (words.type, words.required) == ("dict[str, int] | None", False)
    assert (silent.type, silent.required) == ("str", True)


def test_the_rest_of_an_object_is_a_field_if_it_has_a_type_of_its_own() -> None:
    (rest,) = fields(Rest)
    assert (rest.name, rest.type, rest.models) == (
        "additional_properties",
        "dict[str, Odd]",
        (Odd,),
    )


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (type(None), "None"),
        (Any, "Any"),
        (float | None, "float | None"),
        (None | float, "float | None"),
        (float | Unset | None, "float | None"),
        (list[None | float], "list[float | None]"),  # noqa: RUF036
        (list[list[Odd]] | Rest, "list[list[Odd]] | Rest"),
        (Literal["a", "i"], 'Literal["a", "i"]'),
        (Literal[1, 2] | Unset, "Literal[1, 2]"),
        (dict[str, datetime.datetime | UUID], "dict[str, datetime | UUID]"),
    ],
)
def test_a_type_reads_as_it_is_written(kind: Any, text: str) -> None:
    assert type_name(kind) == text


def test_every_field_of_every_model_is_described() -> None:
    for name in models.__all__:
        model = getattr(models, name)
        if attrs.has(model):
            assert all(field.description for field in fields(model)), name
