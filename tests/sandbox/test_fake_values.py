"""Whatever the schema of a new model asks for, it gets values that fit, the same every time."""

from datetime import date, datetime
from enum import Enum
from typing import Annotated, Any, Literal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import AnyUrl, AwareDatetime, BaseModel, ConfigDict, Field, RootModel, create_model

from redenlab.sandbox.fake_values import UNKNOWN, Path, Schema, fake_value, fits


class Kind(Enum):
    VOWEL = "vowel"
    PLOSIVE = "plosive"


class Word(BaseModel):
    text: Annotated[str, Field(min_length=20, max_length=24)]
    score: Annotated[float, Field(ge=0, le=1)]
    kind: Kind


class Name(RootModel[Literal["a", "b"]]):
    pass


class Tree(BaseModel):
    branches: list["Tree"]
    parent: "Tree | None" = None


class Everything(BaseModel):
    model_config = ConfigDict(extra="forbid")

    words: Annotated[list[Word], Field(min_length=2, max_length=2)]
    many: Annotated[list[int], Field(min_length=5)]
    first: Word | None = None
    name: Name
    fixed: Literal["only"]
    flag: bool
    year: Annotated[int, Field(gt=2000, lt=2002)]
    even: Annotated[int, Field(ge=1, le=3, multiple_of=2)]
    half: Annotated[float, Field(multiple_of=0.5, ge=0.1, le=0.6)]
    below: Annotated[float, Field(lt=-5)]
    above: Annotated[float, Field(gt=5)]
    when: AwareDatetime
    day: date
    naive: datetime | None = None
    id: UUID
    link: AnyUrl
    short: Annotated[str, Field(max_length=3)]
    pattern: Annotated[str, Field(pattern="^SPEAKER_[0-9]+$", examples=["SPEAKER_00"])]
    either: int | str
    free: dict[str, Any]
    anything: Any = None
    tree: Tree
    odd_name: Annotated[int, Field(alias="odd-name")]


def unknown(path: Path, schema: Schema) -> Any:
    assert isinstance(path, tuple)
    assert schema is not None
    return UNKNOWN


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=8))
def test_everything_fits_its_schema(seed: str) -> None:
    made = fake_value(Everything.model_json_schema(), seed, unknown)
    assert isinstance(made["year"], int)
    whole = Everything.model_validate(made)
    assert whole.year == 2001
    assert whole.even == 2
    assert whole.half == 0.5
    assert whole.pattern == "SPEAKER_00"
    assert whole.first is not None


def test_same_seed_same_values_other_seed_other_values() -> None:
    schema = Everything.model_json_schema()
    assert fake_value(schema, "1", unknown) == fake_value(schema, "1", unknown)
    assert fake_value(schema, "1", unknown) != fake_value(schema, "2", unknown)


def test_new_field_leaves_the_others_alone() -> None:
    bigger = create_model("Bigger", __base__=Word, added=(float, ...))
    before = fake_value(Word.model_json_schema(), "1", unknown)
    after = fake_value(bigger.model_json_schema(), "1", unknown)
    assert {name: after[name] for name in before} == before


def test_known_values_are_taken_as_they_are() -> None:
    def known(path: Path, _: Schema) -> Any:
        return 0.25 if path == ("words", "1", "score") else UNKNOWN

    made = fake_value(Everything.model_json_schema(), "1", known)
    assert made["words"][1]["score"] == 0.25
    assert made["words"][0]["score"] != 0.25


def form(annotation: Any) -> type[BaseModel]:
    return create_model("Form", it=(annotation, ...))


@pytest.mark.parametrize(
    ("annotation", "value", "expected"),
    [
        (int, 3, True),
        (int, 3.0, False),
        (int, True, False),
        (bool, True, True),
        (float, 3, True),
        (float, "3", False),
        (str, "3", True),
        (str | None, None, True),
        (str | None, "3", True),
        (str, None, False),
        (Annotated[int, Field(ge=0, le=9)], 9, True),
        (Annotated[int, Field(ge=0, le=9)], 10, False),
        (Annotated[float, Field(ge=0)], -0.1, False),
        (Annotated[str, Field(pattern="x")], "x", False),
        (Literal["a", "b"], "a", False),
        (list[int], [1, 2], True),
        (list[int], [1, "2"], False),
        (Word | None, {"text": "x"}, False),
        (Name, "a", False),
        (Any, 1, False),
    ],
)
def test_measurement_has_to_fit(annotation: Any, value: Any, expected: bool) -> None:
    schema = form(annotation).model_json_schema()
    assert fits(value, schema["properties"]["it"], schema) is expected


def test_object_fits_if_what_is_required_is_there() -> None:
    turn = create_model("Turn", start=(float, ...), note=(str | None, None))
    schema = turn.model_json_schema()
    assert fits({"start": 1.0}, schema, schema)
    assert fits({"start": 1.0, "more": "x"}, schema, schema)
    assert not fits({"start": "x"}, schema, schema)
    assert not fits({"note": "x"}, schema, schema)
