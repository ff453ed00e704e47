"""The hash that says of which specs a package was made."""

import re
from pathlib import Path

import pytest

import redenlab
from spec_hash import spec_hash

ROOT = Path(__file__).parents[2]


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    for name in ("ml.yaml", "ml.overlay.yaml", "x-job.schema.json"):
        (tmp_path / name).write_text(f"{name}\n")
    return tmp_path


def test_the_hash_names_the_documents_and_their_overlays(specs: Path) -> None:
    before = spec_hash(specs)
    assert re.fullmatch("sha256:[0-9a-f]{64}", before)
    seen = {before}
    for name in ("ml.yaml", "ml.overlay.yaml", "more.json"):
        (specs / name).write_text("changed\n")
        seen.add(spec_hash(specs))
    (specs / "more.json").rename(specs / "other.json")
    seen.add(spec_hash(specs))
    assert len(seen) == 5


def test_neither_line_ends_nor_other_files_change_the_hash(specs: Path) -> None:
    before = spec_hash(specs)
    (specs / "ml.yaml").write_bytes(b"ml.yaml\r\n")
    (specs / "x-job.schema.json").write_text("changed\n")
    assert spec_hash(specs) == before


def test_the_package_says_of_which_specs_it_was_made() -> None:
    assert redenlab.spec_hash == spec_hash(ROOT / "openapi")
