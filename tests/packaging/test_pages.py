"""What the pages of docs/ show is run: each block as a program of its own, against the sandbox."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

import redenlab.sandbox
from faulty_server import PATIENCE
from processes import environment
from redenlab.sandbox import Sandbox

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("low-level.md", "results.md", "ways-out.md")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with redenlab.sandbox.running(processing=0) as running:
        yield running


@pytest.mark.parametrize("page", PAGES)
def test_every_block_runs_as_it_stands(page: str, sandbox: Sandbox, tmp_path: Path) -> None:
    """Together, since each of them may wait for its second poll."""
    recording = files("redenlab.sandbox") / "recordings" / "two_speakers.wav"
    shutil.copyfile(str(recording), tmp_path / "call.wav")
    settings = {
        "REDENLAB_ML_API_KEY": sandbox.api_key,
        "REDENLAB_ML_BASE_URL": sandbox.url,
        "REPLICATE_API_KEY": sandbox.api_key,
        "REPLICATE_BASE_URL": sandbox.replicate_url,
    }
    blocks = re.findall(r"```python\n(.*?)```", (DOCS / page).read_text(), re.DOTALL)
    assert blocks
    programs = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", block],
            cwd=tmp_path,
            env=environment(**settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for block in blocks
    ]
    for block, program in zip(blocks, programs, strict=True):
        printed, complaint = program.communicate(timeout=PATIENCE)
        assert (program.returncode, complaint) == (0, ""), block
        assert printed
        assert "None" not in printed, block
        assert "False" not in printed, block
        assert sandbox.api_key not in printed
