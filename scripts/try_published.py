"""Try a published document with an overlay: everything that users would do with it, without them.

    python scripts/try_published.py DOCUMENT OVERLAY

Reads the document, runs its jobs to each of their ends with the clients of `redenlab.connect`, then
generates clients, checks them with pyright as strictly as it can, and runs the jobs again. The
service is made from the same document; nothing is sent to a network, and nothing is left behind.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import closed_loop
import generate
from redenlab.core.errors import SpecError
from redenlab.core.spec.document import Spec
from redenlab.core.spec.x_job import job_specs
from redenlab.sandbox.engine.engine import Exchange

ROOT = Path(__file__).resolve().parent.parent


def tried(document: Path, overlay: Path) -> None:
    """Do and print all of it.

    Raises:
        SpecError: The document or the overlay is refused.
    """
    with _step("read"):
        spec = Spec(document, overlay)
        jobs = job_specs(spec)
    print(f"  {len(spec.operations)} operations, {len(spec.read_schemas)} schemas")
    for job in jobs:
        print(f"  job {job.name}: {', '.join(job.operations)}")
    with _step("run by redenlab.connect"):
        closed_loop.prove(spec, None, _shown)
    with tempfile.TemporaryDirectory() as scratch:
        specs, tree = Path(scratch, "openapi"), Path(scratch, "generated")
        specs.mkdir()
        path = specs / document.name
        path.write_bytes(document.read_bytes())
        path.with_name(f"{path.stem}.overlay.yaml").write_bytes(overlay.read_bytes())
        with _step("generate, and run what was generated"):
            generate.build(specs, tree)
        package = tree / generate.PACKAGE / path.stem
        print(f"  {len(list(package.rglob('*.py')))} files")
        with _step("check their types"):
            print(f"  {_types(tree, package)}")


@contextmanager
def _step(name: str) -> Iterator[None]:
    print(f"{name} ...", flush=True)
    begun = time.perf_counter()
    yield
    print(f"{name}: {time.perf_counter() - begun:.1f} s", flush=True)


def _shown(title: str, exchanges: Sequence[Exchange]) -> None:
    calls = Counter(each.operation or each.step for each in exchanges)
    print(f"  {title}: {', '.join(f'{name} {n} x' for name, n in calls.items())}")


def _types(tree: Path, package: Path) -> str:
    """What pyright says in its strictest mode.

    Raises:
        SpecError: It finds a mistake.
    """
    settings = {
        "include": [str(package)],
        "exclude": ["**/server.py"],
        "extraPaths": [str(tree), str(ROOT / "src")],
        "typeCheckingMode": "strict",
    }
    file = tree / "pyrightconfig.json"
    file.write_text(json.dumps(settings))
    program = Path(sys.executable).with_name("pyright")
    done = subprocess.run(
        [str(program), "--project", str(file), "--pythonpath", sys.executable],
        env=os.environ | {"PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SpecError(f"the generated clients are not typed strictly:\n{done.stdout}")
    return done.stdout.strip().splitlines()[-1]


def main() -> int:
    """See the module."""
    options = argparse.ArgumentParser(description="Try a published document with an overlay.")
    options.add_argument("document", type=Path)
    options.add_argument("overlay", type=Path)
    chosen = options.parse_args()
    try:
        tried(chosen.document, chosen.overlay)
    except SpecError as error:
        print(f"refused: {error.message}", file=sys.stderr)
        return 1
    print("all of it works")
    return 0


if __name__ == "__main__":
    sys.exit(main())
