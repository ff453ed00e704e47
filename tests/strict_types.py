"""pyright in its strictest mode: one process for a folder, and what it finds in each file."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from processes import environment

ROOT = Path(__file__).parents[1]

SETTINGS = {
    "typeCheckingMode": "strict",
    "pythonVersion": "3.11",
    "extraPaths": [str(ROOT / "src")],
}

Findings = Mapping[Path, Sequence[tuple[int, str]]]
"""Lines and texts of errors and warnings, by file; files without any are left out."""


def configure(folder: Path, **settings: object) -> None:
    """Write the settings of pyright for `folder`, which a language server reads as well.

    `settings` are more of what a ``pyrightconfig.json`` says.
    """
    (folder / "pyrightconfig.json").write_text(json.dumps(SETTINGS | settings))


def findings(folder: Path) -> Findings:
    """What pyright finds in the files below `folder`, as it is configured."""
    done = subprocess.run(
        [
            str(Path(sys.executable).with_name("pyright")),
            *("--pythonpath", sys.executable, "--outputjson"),
        ],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=480,
    )
    report = json.loads(done.stdout)
    assert report["summary"]["filesAnalyzed"] > 0
    found: dict[Path, list[tuple[int, str]]] = {}
    for each in report["generalDiagnostics"]:
        path = folder / Path(each["file"]).resolve().relative_to(folder.resolve())
        line = each["range"]["start"]["line"] + 1
        found.setdefault(path, []).append((line, each["message"]))
    return found


def lines(found: Findings, path: Path) -> list[int]:
    """The lines of a file in which something was found."""
    return sorted({line for line, _ in found.get(path, ())})
