"""What the package says of itself: its page, its classifiers, its versions of dependencies."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml

import package_page
import smoke

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
WORKFLOW = yaml.safe_load((ROOT / ".github" / "workflows" / "test.yml").read_text())
LOCKS = ROOT / "scripts" / "requirements"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("see [its page](docs/results.md).", "see its page (docs/results.md)."),
        ("in [`openapi/`](openapi)", "in `openapi/`"),
        ("[both](docs/ml.md#two-contracts)", "both (docs/ml.md)"),
        ("[fsspec](https://example.com/a)", "[fsspec](https://example.com/a)"),
    ],
)
def test_the_page_of_the_package_has_no_relative_links(written: str, shown: str) -> None:
    assert package_page.standing_alone(written) == shown


def test_the_readme_stands_alone_on_the_page_of_the_package() -> None:
    text = package_page.standing_alone((ROOT / "README.md").read_text())
    assert all("://" in target for target in re.findall(r"\]\(([^)]+)\)", text))


def test_classifiers_name_versions_that_the_workflow_runs() -> None:
    matrix = set(WORKFLOW["jobs"]["test"]["strategy"]["matrix"]["python-version"])
    named = {c.rpartition(" ")[2] for c in PROJECT["classifiers"] if ":: Python :: 3" in c}
    assert named <= matrix
    assert {"3.14"} <= matrix


def test_the_wheel_is_tried_on_each_system_and_with_the_lowest_versions() -> None:
    matrix = WORKFLOW["jobs"]["wheel"]["strategy"]["matrix"]
    assert {name.partition("-")[0] for name in matrix["os"]} == {"ubuntu", "windows", "macos"}
    assert matrix["include"][0]["versions"] == "--lowest"


def test_no_address_is_made_up() -> None:
    assert "urls" not in PROJECT


def test_every_dependency_has_a_lowest_version() -> None:
    found = dict(each.split("==") for each in smoke.lowest(PROJECT))
    assert found["httpx"] == "0.28"
    assert found["pypdf"] == "5"
    assert len(found) >= len(PROJECT["dependencies"])


def test_both_lists_of_versions_agree() -> None:
    demo, dev = (pinned(LOCKS / name) for name in ("demo.txt", "dev.txt"))
    assert {name: demo[name] for name in demo if name in dev and demo[name] != dev[name]} == {}


def pinned(path: Path) -> dict[str, set[str]]:
    """The versions of each package in a list; some have several, by the system."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==(\S+)", path.read_text(), re.MULTILINE):
        found.setdefault(name, set()).add(version)
    return found
