"""The pipeline: the same bytes everywhere, and no half-read spec."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import generate
from example_trees import EXAMPLES
from processes import environment
from script_run import Ran, run_script

ROOT = Path(__file__).parents[2]
SPEC = (ROOT / "openapi" / "ml.yaml").read_text()


def test_the_same_bytes_come_out_in_any_folder_and_hash_order(tmp_path: Path) -> None:
    """A copy elsewhere, below a folder whose settings would change the output if they could."""
    (tmp_path / "pyproject.toml").write_text("[tool.ruff]\nline-length = 40\nindent-width = 2\n")
    project = tmp_path / "some where" / "copy"
    for part in ("openapi", "scripts"):
        ignored = shutil.ignore_patterns("__pycache__", "node_modules")
        shutil.copytree(ROOT / part, project / part, ignore=ignored)
    done = subprocess.run(
        [sys.executable, str(project / "scripts" / "generate.py")],
        cwd=project.parent,
        env=environment(PYTHONHASHSEED="4242"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert list(generate.differences(project / "generated", ROOT / "generated")) == []


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    """A small one, alone in its folder."""
    (tmp_path / "openapi").mkdir()
    return Path(shutil.copy(EXAMPLES / "kiln.yaml", tmp_path / "openapi"))


def generated(spec: Path, *options: str) -> Ran:
    """Run the generator; it writes beside the folder of the spec."""
    output = spec.parents[1] / "generated"
    return run_script(generate, "--specs", spec.parent, "--output", output, *options)


def test_drift_is_named_by_file(tmp_path: Path, spec: Path) -> None:
    assert generated(spec) == (0, "", "")
    assert generated(spec, "--check") == (0, "", "")
    package = tmp_path / "generated" / "redenlab_api"
    (package / "kiln" / "client.py").write_text("# edited by hand\n")
    (package / "kiln" / "models" / "pot.py").unlink()
    (package / "stray.py").touch()
    done = generated(spec, "--check")
    assert done.status == 1
    assert done.err.splitlines() == [
        "differs: redenlab_api/kiln/client.py",
        "missing: redenlab_api/kiln/models/pot.py",
        "left over: redenlab_api/stray.py",
        "generated/ is not what openapi/ says: run 'make generate'",
    ]


def test_a_refused_spec_leaves_everything_as_it_was(tmp_path: Path, spec: Path) -> None:
    assert generated(spec).status == 0
    before = shutil.copytree(tmp_path / "generated", tmp_path / "before")
    spec.write_text(spec.read_text().replace("failed: [3]", "failed: []"))
    done = generated(spec)
    assert done.status == 1
    assert done.err.startswith("refused: kiln.yaml:")
    assert list(generate.differences(before, tmp_path / "generated")) == []
