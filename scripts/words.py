"""Prove that no model and no status is named by hand outside the specs.

Whatever needs such a word reads it from the generated job table, so that a spec edit is enough to
add one. A string literal that is exactly such a word is reported; prose and docstrings are not.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from redenlab.core.spec.document import Spec, documents
from redenlab.core.spec.states import STATES
from redenlab.core.spec.x_job import job_specs

ROOT = Path(__file__).resolve().parent.parent

OWN_WORDS = frozenset(STATES)
"""Words of specs that are also this SDK's own: the names of states."""


def words(specs: Path) -> frozenset[str]:
    """Every model name and status of every spec."""
    found: set[str] = set()
    for path in documents(specs):
        for job in job_specs(Spec(path)):
            found |= {*job.models, *job.states}
    return frozenset(found) - OWN_WORDS


def offences(source: Path, forbidden: frozenset[str]) -> Iterator[str]:
    """Each forbidden literal below `source`, as ``file:line: word``."""
    for path in sorted(source.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and node.value in forbidden:
                yield f"{path.relative_to(source.parent)}:{node.lineno}: {node.value!r}"


def main() -> int:
    """Print what was found."""
    found = list(offences(ROOT / "src", words(ROOT / "openapi")))
    for line in found:
        print(f"{line} is a word of a spec; read it from the job table", file=sys.stderr)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
