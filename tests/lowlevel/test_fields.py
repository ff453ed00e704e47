"""What can be learnt of a generated class: its fields, their types, and what is said of them."""

import datetime
from typing import TYPE_CHECKING, Any, Literal
from uuid import UUID

import pytest

from redenlab.lowlevel import decoding
from redenlab.lowlevel.fields import description, fields, type_name
from redenlab.lowlevel.records import Record, Records, field, record
from redenlab_api.ml import models


class Odd(Record):
    """Something that
    a later spec may hold.
    """

    words: dict[str, int] | None = field(decoding.mapping, name="Words", default=None)
    """A description that
    goes on in the next line."""
    silent: str = field(decoding.string)


class Rest(Record, rest=record(lambda: Odd)):
    """Rest"""

    if TYPE_CHECKING:

        @property
        def additional_properties(self) -> dict[str, Odd]: ...


def test_descriptions_may_span_lines() -> None:
    words, silent = fields(Odd)
    assert words.description == "A description that goes on in the next line."
    assert silent.description == ""
    assert description(Odd) == "Something that a later spec may hold."


def test_the_name_of_a_class_is_no_description() -> None:
    assert description(Rest) == ""


def test_a_field_has_its_key_and_says_whether_it_may_be_absent() -> None:
    words, silent = fields(Odd)
    assert (words.wire, words.type, words.required) == ("Words", "dict[str, int] | None", False)
    assert (silent.wire, silent.type, silent.required) == ("silent", "str", True)


def test_what_is_under_other_keys_is_a_field_if_it_has_a_type_of_its_own() -> None:
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
        (list[None | float], "list[float | None]"),  # noqa: RUF036
        (Records[Odd] | Rest, "Records[Odd] | Rest"),
        (Literal["a", "i"], 'Literal["a", "i"]'),
        (Literal[1, 2], "Literal[1, 2]"),
        (dict[str, datetime.datetime | UUID], "dict[str, datetime | UUID]"),
    ],
)
def test_a_type_reads_as_it_is_written(kind: Any, text: str) -> None:
    assert type_name(kind) == text


def test_every_field_of_every_model_is_described() -> None:
    for name in models.__all__:
        model = getattr(models, name)
        if isinstance(model, type):
            assert all(field.description for field in fields(model)), name
