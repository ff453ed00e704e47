"""The table of faults names tests that exist, and the README has its count."""

import ast
import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
TABLE = (Path(__file__).parent / "README.md").read_text()
ROWS = dict(re.findall(r"^\| ([A-Z]\d+) \| [^|]+ \| (.+) \|$", TABLE, re.MULTILINE))
SECTIONS = {"A": range(1, 15), "B": range(15, 28), "C": range(28, 38), "D": range(38, 58)} | {
    "G": range(81, 94)
}


def written() -> set[str]:
    """The names of all tests."""
    trees = (ast.parse(path.read_text()) for path in TESTS.rglob("test_*.py"))
    return {
        node.name
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_every_fault_has_a_row() -> None:
    assert list(ROWS) == [f"{name}{n}" for name, numbers in SECTIONS.items() for n in numbers]


def test_every_row_names_tests_that_exist_or_says_why_there_is_none() -> None:
    known = written()
    for number, proof in ROWS.items():
        names = re.findall(r"`(test_\w+)`", proof)
        assert set(names) <= known, number
        assert names or re.match(r"none: \w+.{20,}", proof), number


def test_the_readme_has_the_count() -> None:
    proven = sum("`test_" in proof for proof in ROWS.values())
    readme = (TESTS.parent / "README.md").read_text()
    assert f"{len(ROWS)} faults, {proven} of them proven by a test" in " ".join(readme.split())
