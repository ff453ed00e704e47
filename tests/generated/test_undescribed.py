"""What is generated from a spec that describes nothing: no text where there is none to say."""

import ast
from pathlib import Path
from typing import Any

import pytest
import yaml

import generate
from measuring import unmeasured

ROOT = Path(__file__).parents[2]


def without_descriptions(node: Any) -> Any:
    if isinstance(node, dict):
        emptied = {"description": ""} if isinstance(node.get("description"), str) else {}
        return {key: without_descriptions(value) for key, value in node.items()} | emptied
    return [without_descriptions(item) for item in node] if isinstance(node, list) else node


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is generated for Replicate, all descriptions of which were emptied."""
    folder = tmp_path_factory.mktemp("undescribed")
    document = yaml.safe_load((ROOT / "openapi" / "replicate.yaml").read_text())
    (folder / "openapi").mkdir()
    spec = yaml.safe_dump(without_descriptions(document), sort_keys=False)
    (folder / "openapi" / "replicate.yaml").write_text(spec)
    with unmeasured():
        generate.build(folder / "openapi", folder / "generated")
    return folder / "generated" / "redenlab_api" / "replicate"


def docstring(module: Path, class_name: str, function: str) -> str | None:
    for node in ast.parse(module.read_text()).body:
        if isinstance(node, ast.ClassDef) and node.name == class_name:
            found = [each for each in node.body if getattr(each, "name", "") == function]
            return ast.get_docstring(found[-1])  # the others are overloads
    raise AssertionError(class_name)


def arguments(text: str | None) -> list[str]:
    """The names that the part ``Args:`` of a docstring explains."""
    part = (text or "").partition("Args:\n")[2].partition("\n\n")[0]
    lines = (line for line in part.splitlines() if line.startswith("    ") and line[4] != " ")
    return [line.strip().partition(":")[0] for line in lines]


def test_an_argument_without_a_description_is_not_explained(package: Path) -> None:
    run = docstring(package / "jobs.py", "_Run", "__call__")
    assert arguments(run) == ["wait", "parameters", "call"]
    made = docstring(package / "resources.py", "ModelsResource", "create")
    assert arguments(made) == ["call"]


def test_the_limits_of_an_option_are_said_all_the_same(package: Path) -> None:
    said = docstring(package / "jobs.py", "_Run", "__call__") or ""
    assert "wait: 1 to 60.\n" in said


def test_a_field_without_a_description_has_none(package: Path) -> None:
    assert docstring(package / "jobs.py", "PredictedStatus", "created_at") is None
