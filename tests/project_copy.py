"""A copy of the project to be edited, and what can be done in it."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from processes import environment

ROOT = Path(__file__).parents[1]
PARTS = ("docs", "generated", "openapi", "scripts", "src", "tests")
FILES = ("CHANGELOG.md", "LICENSE", "Makefile", "README.md", "pyproject.toml")
BIN = Path(sys.executable).parent


class Project:
    """A copy, and what can be done in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        ignored = shutil.ignore_patterns("__pycache__", "node_modules")
        for part in PARTS:
            shutil.copytree(ROOT / part, folder / part, ignore=ignored)
        for name in FILES:
            shutil.copyfile(ROOT / name, folder / name)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """A command of the project; its own code comes before any that is installed."""
        paths = [str(self.folder / part) for part in ("src", "generated", "scripts")]
        return subprocess.run(
            [str(BIN / command[0]), *command[1:]],
            cwd=self.folder,
            env=environment(PYTHONPATH=os.pathsep.join(paths)),
            capture_output=True,
            text=True,
            check=False,
            timeout=480,
        )

    def passes(self, *command: str) -> str:
        """What a command that has to succeed prints."""
        done = self.run(*command)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def written_by_hand(self) -> dict[str, str]:
        """A digest of every file that is neither a spec nor generated."""
        parts = [part for part in PARTS if part not in {"generated", "openapi"}]
        files = [file for part in parts for file in (self.folder / part).rglob("*")]
        return {
            str(file.relative_to(self.folder)): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in files
            if file.is_file() and "__pycache__" not in file.parts
        }
