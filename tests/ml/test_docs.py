"""Every example on the page of results is run as it stands, against the sandbox."""

import os
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import redenlab.sandbox
from faulty_server import PATIENCE

TEXT = (Path(__file__).parents[2] / "docs" / "results.md").read_text()
BLOCKS = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)


def test_the_page_has_an_example_in_each_section() -> None:
    assert len(BLOCKS) == len(re.findall(r"^## ", TEXT, re.MULTILINE))


def test_every_example_runs_as_it_stands(tmp_path: Path) -> None:
    """Together, since each of them waits some seconds for its second poll."""
    recording = files("redenlab.sandbox") / "recordings" / "two_speakers.wav"
    shutil.copyfile(str(recording), tmp_path / "call.wav")
    with redenlab.sandbox.running(processing=0) as sandbox:
        settings = {"REDENLAB_ML_API_KEY": sandbox.api_key, "REDENLAB_ML_BASE_URL": sandbox.url}
        programs = [
            subprocess.Popen(
                [sys.executable, "-W", "error", "-c", block],
                cwd=tmp_path,
                env=os.environ | settings,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
            for block in BLOCKS
        ]
        for block, program in zip(BLOCKS, programs, strict=True):
            printed, complaint = program.communicate(timeout=PATIENCE)
            assert (program.returncode, complaint) == (0, ""), block
            assert printed
            assert "False" not in printed
