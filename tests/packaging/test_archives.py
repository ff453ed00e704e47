"""What is in the source archive, and in the bill of materials."""

import json
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]

HELD = {
    ".gitignore",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "LICENSE",
    "PKG-INFO",
    "README.md",
    "SECURITY.md",
    "docs",
    "examples",
    "generated",
    "openapi",
    "pyproject.toml",
    "scripts",
    "src",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


def test_the_source_archive_holds_what_it_should_and_nothing_else(built: Path) -> None:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = [name.partition("/")[2] for name in archive.getnames()]
    assert {name.partition("/")[0] for name in names} == HELD
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, check=True, capture_output=True, text=True)
    assert set(names) - {"PKG-INFO"} <= set(kept.stdout.splitlines())


@pytest.fixture(scope="module")
def bill(built: Path) -> Mapping[str, Any]:
    command = [sys.executable, "scripts/sbom.py", str(built), str(built / "bill")]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (path,) = (built / "bill").glob("redenlab-*.cdx.json")
    found: Mapping[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def test_the_bill_of_materials_names_what_the_wheel_needs(bill: Mapping[str, Any]) -> None:
    assert (bill["bomFormat"], bill["specVersion"]) == ("CycloneDX", "1.5")
    needed = {each["name"] for each in bill["components"] if each["scope"] == "required"}
    assert needed >= {"anyio", "attrs", "httpx", "httpcore", "h11", "certifi", "PyYAML".lower()}
    assert "starlette" not in needed
    assert all(each["hashes"] for each in bill["components"])


def test_every_reference_of_the_bill_is_to_a_component(bill: Mapping[str, Any]) -> None:
    known = {each["bom-ref"] for each in bill["components"]}
    known.add(bill["metadata"]["component"]["bom-ref"])
    assert {each["ref"] for each in bill["dependencies"]} == known
    assert {ref for each in bill["dependencies"] for ref in each["dependsOn"]} <= known
