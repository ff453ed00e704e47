"""The page on the ways out names what there is."""

from pathlib import Path

import pytest

from redenlab.core.calls.extras import ExtraOptions
from redenlab.core.clients.options import CallOptions, ChangedOptions

TEXT = (Path(__file__).parents[2] / "docs" / "ways-out.md").read_text()


@pytest.mark.parametrize("name", [*ChangedOptions.__annotations__, *CallOptions.__annotations__])
def test_the_page_names_every_option(name: str) -> None:
    assert f"`{name}" in TEXT or name == "on_event"


def test_extra_options_are_those_of_every_call() -> None:
    assert set(ExtraOptions.__annotations__) < set(CallOptions.__annotations__)
