"""The documentation site: where links of its pages lead, and that it fetches nothing."""

import re
from pathlib import Path

import pytest

import docs_check
import docs_links
from script_run import run_script

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[the spec](../openapi/ml.yaml)", "[the spec](openapi/ml.yaml)"),
        ("[it](../CHANGELOG.md#added)", "[it](CHANGELOG.md#added)"),
        ("[the package](../src/redenlab/replicate)", "the package"),
        ("[errors](errors.md)", "[errors](errors.md)"),
        ("[out](https://example.com/../x)", "[out](https://example.com/../x)"),
    ],
)
def test_links_out_of_the_pages_lead_to_copies_or_are_text(written: str, shown: str) -> None:
    assert docs_links.rewritten(written) == shown


def test_files_that_pages_link_to_are_copied() -> None:
    assert docs_links.linked("[a](../openapi/ml.yaml), [b](../src/redenlab/replicate)") == [
        "openapi/ml.yaml"
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", '<script src="https://cdn.example.com/a.js"></script>'),
        ("a.html", '<img alt="x" src="//example.com/a.png">'),
        ("a.html", '<link rel="stylesheet" href="https://fonts.example.com/css">'),
        ("a.css", "@import 'https://example.com/a.css';"),
        ("a.svg", "@font-face { src: url(https://example.com/a.woff) }"),
    ],
)
def test_what_a_page_would_fetch_is_found(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / "index.html").write_text('<a href="https://example.com">a link is fine</a>')
    assert run_script(docs_check, tmp_path).status == 0
    (tmp_path / name).write_text(text)
    ran = run_script(docs_check, tmp_path)
    assert ran.status == 1
    assert name in ran.out


def test_a_site_that_was_not_built_is_no_site(tmp_path: Path) -> None:
    assert "make docs" in run_script(docs_check, tmp_path).out


def test_the_pictures_are_small_and_fetch_nothing() -> None:
    assets = ROOT / "docs" / "assets"
    assert {path.name for path in assets.iterdir()} == {"notebook.png", "progress.svg"}
    assert all(path.stat().st_size < 60_000 for path in assets.iterdir())
    assert not docs_check.STYLED.search((assets / "progress.svg").read_text())


def test_every_class_of_the_reference_is_public() -> None:
    text = "\n".join(page.read_text() for page in (ROOT / "docs" / "api").glob("*.md"))
    for name in re.findall(r"^::: redenlab\.(\w+)$", text, re.MULTILINE):
        import redenlab

        assert name in redenlab.__all__ or name == "receivers"
