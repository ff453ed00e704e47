"""The table of attacks names tests and guards that exist, and SECURITY.md has its count."""

import ast
from collections import Counter
from pathlib import Path

import attacks_table
from attacks_table import ATTACKERS, FOLDER, ROOT

ATTACKS = attacks_table.attacks()
GUARDS = attacks_table.guards()
TESTS = FOLDER.parent


def functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in ast.walk(tree) if isinstance(node, kinds)}


def file_of(test: str) -> Path:
    """Where a test is: in the folder of the table, or below that of all tests."""
    name = test.partition("::")[0]
    return FOLDER / name if (FOLDER / name).exists() else TESTS / name


def test_there_are_two_hundred_attacks_by_every_attacker() -> None:
    assert len(ATTACKS) >= 200
    assert {attack.attacker for attack in ATTACKS} == ATTACKERS


def test_no_attack_is_listed_twice() -> None:
    twice = Counter((attack.attacker, attack.attack) for attack in ATTACKS)
    assert [attack for attack, count in twice.items() if count > 1] == []


def test_every_row_names_tests_that_exist() -> None:
    known: dict[Path, set[str]] = {}
    missing: list[str] = []
    for attack in ATTACKS:
        assert attack.tests, attack.attack
        for test in attack.tests:
            path = file_of(test)
            if path not in known:
                known[path] = functions(path) if path.exists() else set()
            if test.partition("::")[2].partition("[")[0] not in known[path]:
                missing.append(test)
    assert missing == []


def test_every_row_has_a_guard_and_every_guard_a_row() -> None:
    assert [attack.attack for attack in ATTACKS if not attack.guards] == []
    assert {guard for attack in ATTACKS for guard in attack.guards} == set(GUARDS)


def test_every_guard_can_be_removed() -> None:
    for guard in GUARDS.values():
        assert (ROOT / guard.file).read_text().count(guard.find) == 1, guard.name
        assert guard.find != guard.replace, guard.name
