"""What the package offers, and what it costs to ask."""

import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path

import pytest

import redenlab

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", redenlab.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(redenlab, name) is not None
    assert name in dir(redenlab)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="InferenceCleint"):
        redenlab.InferenceCleint  # noqa: B018


def test_the_exports_are_sorted() -> None:
    assert sorted(redenlab.__all__) == redenlab.__all__


def loaded_by(statement: str) -> set[str]:
    """Top-level modules that a statement imports in a fresh interpreter."""
    code = f"import sys; {statement}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_the_package_imports_nothing_else() -> None:
    assert not loaded_by("import redenlab") & {"httpx", "attrs", "anyio", "yaml", "redenlab_api"}


def test_a_client_needs_neither_extras_nor_yaml() -> None:
    make = "import redenlab; redenlab.InferenceClient('k' * 20, 'https://api.example.com')"
    assert not loaded_by(make) & {"numpy", "pydantic", "starlette", "typer", "fsspec", "yaml"}


def test_both_packages_say_that_they_are_typed() -> None:
    assert (ROOT / "src/redenlab/py.typed").exists()
    assert (ROOT / "generated/redenlab_api/py.typed").exists()


def test_every_runtime_dependency_has_its_line_in_the_readme() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    table = (ROOT / "README.md").read_text().partition("## Dependencies")[2]
    extras = project["optional-dependencies"].values()
    for requirement in chain(project["dependencies"], *extras):
        name = requirement.partition(">")[0]
        assert name.lower() in table.lower(), name


def test_the_generator_is_pinned_exactly() -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
    assert all("==" in requirement for requirement in groups["generate"])
