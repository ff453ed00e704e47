"""The table of attacks: its rows, and the guards that its tests prove."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "attacks"
ROOT = FOLDER.parents[1]
ATTACKERS = {
    "API",
    "storage",
    "network",
    "recording",
    "spec",
    "webhook sender",
    "local user",
    "web page",
}


@dataclass(frozen=True, slots=True)
class Attack:
    """One row: `tests` are ids below the folder of tests, as pytest prints them."""

    attacker: str
    attack: str
    promised: str
    tests: tuple[str, ...]
    guards: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guard:
    """A piece of the code without which attacks succeed: the text `find` becomes `replace`."""

    name: str
    file: str
    find: str
    replace: str

    def remove(self, root: Path) -> None:
        """Take it out of a copy of the project at `root`."""
        path = root / self.file
        path.write_text(path.read_text().replace(self.find, self.replace, 1))


def attacks() -> list[Attack]:
    """All rows."""
    lines = (FOLDER / "README.md").read_text().splitlines()
    cells = [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines if line.startswith("| ")]
    return [_attack(row) for row in cells if row[0].strip() != "attacker"]


def _attack(cells: list[str]) -> Attack:
    attacker, attack, promised, tests, guards = (cell.strip() for cell in cells)
    names = tuple(name.strip(" `") for name in guards.split(",") if name.strip())
    return Attack(attacker, attack, promised, _quoted(tests), names)


def _quoted(cell: str) -> tuple[str, ...]:
    return tuple(found.replace("\\|", "|") for found in re.findall(r"`([^`]+)`", cell))


def guards() -> dict[str, Guard]:
    """All guards, by their names."""
    return {guard.name: guard for guard in _guards()}


def _guards() -> Iterator[Guard]:
    for path in sorted(FOLDER.glob("guards_*.toml")):
        for found in tomllib.loads(path.read_text())["guard"]:
            yield Guard(**found)
