"""Without a guard, a test of the attacks that it holds off fails: each is removed in a copy."""

import subprocess

import pytest

import attacks_table
from attacks_table import FOLDER, Guard
from project_copy import Project

pytestmark = pytest.mark.torture


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return Project(tmp_path_factory.mktemp("guards"))


def address(test: str) -> str:
    """A test as pytest is told of it."""
    name = test if "/" in test.partition("::")[0] else f"{FOLDER.name}/{test}"
    return f"tests/{name}"


def outcome(project: Project, guard: Guard) -> subprocess.CompletedProcess[str]:
    rows = [attack for attack in attacks_table.attacks() if guard.name in attack.guards]
    tests = sorted({address(test) for attack in rows for test in attack.tests})
    return project.run("python", "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests)


@pytest.mark.parametrize("guard", attacks_table.guards().values(), ids=lambda guard: guard.name)
def test_an_attack_succeeds_where_its_guard_is_gone(project: Project, guard: Guard) -> None:
    path = project.folder / guard.file
    before = path.read_text()
    guard.remove(project.folder)
    try:
        done = outcome(project, guard)
    finally:
        path.write_text(before)
    assert done.returncode == 1, done.stdout  # 1: tests failed; 4: there are no such tests
