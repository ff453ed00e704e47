"""Schemas in every way that OpenAPI has of writing them: what is generated from them is proven."""

from pathlib import Path

import pytest

from edited_specs import build, changed
from redenlab.core.errors import SpecError

SPEC = Path(__file__).with_name("attic.yaml").read_text()


def test_every_way_of_writing_a_schema_is_proven(tmp_path: Path) -> None:
    package = build(tmp_path, "attic.yaml", SPEC)
    assert "dict[str, Leaf]" in (package / "models" / "map_.py").read_text()


def test_a_spec_that_generates_but_does_not_work_is_refused(tmp_path: Path) -> None:
    never = "result: {name: Worked"
    states = "states: [{when: $statusCode == 200 && $statusCode == 410, is: gone}]"
    text = changed(SPEC, (never, f"{states}\n        {never}"))
    with pytest.raises(
        SpecError, match=r"attic.yaml:\d+: .*no response to a poll shows .*states/0"
    ):
        build(tmp_path, "attic.yaml", text)
