"""What the page on the ways out shows is run: each block as a program of its own."""

import os
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

import redenlab.sandbox
from faulty_server import PATIENCE
from redenlab.core.calls.extras import ExtraOptions
from redenlab.core.clients.base import CallOptions, ChangedOptions

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "ways-out.md").read_text()
BLOCKS = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)


def test_every_block_runs_as_it_stands(tmp_path: Path) -> None:
    """Together, since each of them waits for its second poll."""
    recording = files("redenlab.sandbox") / "recordings" / "one_speaker.wav"
    shutil.copyfile(str(recording), tmp_path / "call.wav")
    with redenlab.sandbox.running(processing=0) as sandbox:
        settings = {
            "REDENLAB_ML_API_KEY": sandbox.api_key,
            "REDENLAB_ML_BASE_URL": sandbox.url,
            "REPLICATE_API_KEY": sandbox.api_key,
            "REPLICATE_BASE_URL": sandbox.replicate_url,
        }
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
            assert "None" not in printed, block
            assert sandbox.api_key not in printed


@pytest.mark.parametrize("name", [*ChangedOptions.__annotations__, *CallOptions.__annotations__])
def test_the_page_names_every_option(name: str) -> None:
    assert f"`{name}" in TEXT or name == "on_event"


def test_extra_options_are_those_of_every_call() -> None:
    assert set(ExtraOptions.__annotations__) < set(CallOptions.__annotations__)
