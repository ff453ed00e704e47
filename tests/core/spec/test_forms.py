"""Forms: blocks of a spec become values, or errors that say what to write."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

import pytest

from redenlab.core.errors import SpecError
from redenlab.core.spec.blocks import EMPTY, Block, named
from redenlab.core.spec.forms import Form, Range, read


class Wheel(Block):
    size: float
    spokes: int = 32


class Bicycle(Block):
    """Has a key of every kind."""

    frame: str
    color: Literal["red", "blue"] = "red"
    gears: Annotated[int, Range(minimum=1)] = 1
    grip: Annotated[float, Range(minimum=0, maximum=1)] = 0.5
    weight: Annotated[float, Range(above=0)] = 10.0
    serial: Annotated[str, Form(r"[A-Z]{2}\d+", "two letters and a number")] = "AA1"
    front: Wheel | None = None
    rear: Wheel = Wheel(size=28)
    lights: tuple[str, ...] = ()
    spares: Mapping[Annotated[str, Form(r"[a-z]+", "a name")], int] = EMPTY
    electric: bool = False
    edition: Literal[1] = 1
    basket: str | Wheel = ""
    extra: Any = None
    class_: str = named("class", default="city")


def locate(_node: Any, problem: str, key: str | None) -> SpecError:
    return SpecError(f"{key}: {problem}")


def bicycle(**values: Any) -> Bicycle:
    return read(Bicycle, {"frame": "steel", **values}, locate, "bicycle")


@pytest.mark.parametrize(
    ("key", "value", "kept"),
    [
        ("color", "blue", "blue"),
        ("gears", 1, 1),
        ("grip", 0, 0),
        ("grip", 1.0, 1.0),
        ("weight", 7, 7),
        ("serial", "XY12", "XY12"),
        ("front", {"size": 28}, Wheel(size=28)),
        ("front", None, None),
        ("lights", ["front", "rear"], ("front", "rear")),
        ("lights", [], ()),
        ("spares", {"tube": 2}, {"tube": 2}),
        ("basket", {"size": 1.5, "spokes": 0}, Wheel(size=1.5, spokes=0)),
        ("basket", "wicker", "wicker"),
        ("extra", [None, {"any": "thing"}], [None, {"any": "thing"}]),
    ],
)
def test_a_value_that_fits_is_kept(key: str, value: Any, kept: Any) -> None:
    assert getattr(bicycle(**{key: value}), key) == kept


@pytest.mark.parametrize(
    ("key", "value", "problem"),
    [
        ("frame", 5, "frame is 5; write a text"),
        ("frame", None, "frame is None; write a text"),
        ("color", "green", "color is 'green'; write one of red, blue"),
        ("gears", 0, "gears is 0; write a number of at least 1"),
        ("gears", True, "gears is True; write a number of at least 1"),
        ("gears", 3.0, "gears is 3.0; write a number of at least 1"),
        ("grip", 1.1, "grip is 1.1; write a number from 0 to 1"),
        ("grip", True, "grip is True; write a number from 0 to 1"),
        ("weight", 0, "weight is 0; write a number above 0"),
        ("weight", float("nan"), "weight is nan; write a number above 0"),
        ("serial", "XY12z", "serial is 'XY12z'; write two letters and a number"),
        ("serial", "XY12\n", "write two letters and a number"),
        ("lights", "front", "lights is 'front'; write a list"),
        ("lights", ["front", 2], "lights is 2; write a text"),
        ("spares", ["tube"], "spares has to be a mapping"),
        ("spares", {"tube": "2"}, "tube is '2'; write an integer"),
        ("spares", {"TUBE": 2}, "TUBE is 'TUBE'; write a name"),
        ("electric", "yes", "electric is 'yes'; write true or false"),
        ("edition", True, "edition is True; write one of 1"),
        ("edition", "1", "edition is '1'; write one of 1"),
        ("rear", {"spokes": 5}, "rear needs the key 'size'"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_what_to_write(
    key: str, value: Any, problem: str
) -> None:
    with pytest.raises(SpecError) as caught:
        bicycle(**{key: value})
    assert problem in caught.value.message


def test_a_key_without_a_default_is_needed() -> None:
    with pytest.raises(SpecError, match="bicycle needs the key 'frame'"):
        read(Bicycle, {}, locate, "bicycle")


@pytest.mark.parametrize(
    ("key", "advice"),
    [("colour", "did you mean 'color'?"), ("saddle", "it knows basket, class, color,")],
)
def test_an_unknown_key_is_refused_with_the_one_that_was_meant(key: str, advice: str) -> None:
    with pytest.raises(SpecError) as caught:
        bicycle(**{key: 1})
    assert f"bicycle has no key '{key}'; {advice}" in caught.value.message


def test_a_key_may_be_a_word_that_python_keeps_for_itself() -> None:
    assert bicycle(**{"class": "race"}).class_ == "race"
    with pytest.raises(SpecError, match="no key 'class_'; did you mean 'class'"):
        bicycle(class_="race")


@pytest.mark.parametrize("node", [None, "steel", ["frame"], 3])
def test_a_block_has_to_be_a_mapping(node: Any) -> None:
    with pytest.raises(SpecError, match="bicycle has to be a mapping"):
        read(Bicycle, node, locate, "bicycle")


def test_of_two_forms_a_mapping_is_told_what_the_mapping_lacks() -> None:
    with pytest.raises(SpecError, match="basket has no key 'sise'; did you mean 'size'"):
        bicycle(basket={"sise": 3})
    with pytest.raises(SpecError, match="basket"):
        bicycle(basket=3)


def test_a_mistake_is_found_where_it_stands_however_deep() -> None:
    seen: list[tuple[Any, str | None]] = []

    def remember(node: Any, problem: str, key: str | None) -> SpecError:
        seen.append((node, key))
        return SpecError(problem)

    wheel = {"size": "big"}
    with pytest.raises(SpecError):
        read(Bicycle, {"frame": "steel", "rear": wheel}, remember, "bicycle")
    assert seen == [(wheel, "size")]


def test_a_long_value_is_shown_in_part() -> None:
    with pytest.raises(SpecError) as caught:
        bicycle(color=["red"] * 1000)
    assert len(caught.value.message) < 150
