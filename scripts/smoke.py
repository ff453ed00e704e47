"""Build the wheel, install it into a new environment, and run every backend there.

    python scripts/smoke.py               with the newest versions of the dependencies
    python scripts/smoke.py --lowest      with the lowest versions that pyproject.toml declares

It needs no other package, so it runs with any Python that the package supports, on any system.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PROGRAM = Path(__file__).with_name("smoke_program.py")
EXTRAS = "audio,cli,pdf,realtime,sandbox,sources"
REQUIREMENT = re.compile(r"([\w.-]+)(?:\[[\w,]+\])?>=([\w.]+)")


def lowest(project: dict[str, Any]) -> Iterator[str]:
    """The lowest declared version of every dependency, as constraints; the highest of several."""
    extras = project["optional-dependencies"].values()
    found: dict[str, str] = {}
    for requirement in [*project["dependencies"], *(each for extra in extras for each in extra)]:
        match = REQUIREMENT.match(requirement)
        if match is None:
            sys.exit(f"{requirement} has no lowest version; write name>=version")
        name, version = match.groups()
        found[name] = max(found.get(name, "0"), version, key=_parts)
    yield from (f"{name}=={version}" for name, version in found.items())


def _parts(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]


def run(*command: object, folder: Path | None = None) -> None:
    """A command that has to succeed."""
    subprocess.run([str(word) for word in command], cwd=folder, check=True)


def tried(folder: Path, wheel: Path | None, *, is_lowest: bool) -> None:
    """Make the environment in `folder`, and run the program in it."""
    environment = folder / "environment"
    venv.create(environment, with_pip=True)
    scripts = "Scripts" if sys.platform == "win32" else "bin"
    python = environment / scripts / "python"
    pip = (python, "-m", "pip", "--disable-pip-version-check", "--quiet")
    if wheel is None:
        run(*pip, "wheel", "--no-deps", "--wheel-dir", folder / "dist", ROOT)
        (wheel,) = (folder / "dist").glob("*.whl")
    constraints = folder / "constraints.txt"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    constraints.write_text("\n".join(lowest(project) if is_lowest else ()))
    run(*pip, "install", "--prefer-binary", "--constraint", constraints, f"{wheel}[{EXTRAS}]")
    run(*pip, "check")
    home = folder / "home"
    home.mkdir()
    shutil.copy(PROGRAM, folder)
    run(python, "-I", folder / PROGRAM.name, folder=home)


def main() -> int:
    """Try it; 0 if all went well, else the error says what did not."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--lowest", action="store_true", help="lowest declared versions")
    parser.add_argument("--wheel", type=Path, help="a wheel that was built already")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="redenlab-smoke-") as name:
        tried(Path(name), given.wheel, is_lowest=given.lowest)
    return 0


if __name__ == "__main__":
    sys.exit(main())
