"""What the README shows is run: each block as a program of its own, against the sandbox."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import httpx
import pytest

import redenlab.sandbox
from faulty_server import PATIENCE
from processes import environment
from redenlab.sandbox import Sandbox

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "README.md").read_text()
BLOCKS = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with redenlab.sandbox.running(processing=0) as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path, sandbox: Sandbox) -> Path:
    recording = files("redenlab.sandbox") / "recordings" / "one_speaker.wav"
    shutil.copyfile(str(recording), tmp_path / "call.wav")
    form = {"grant_type": "client_credentials"}
    program = (sandbox.client_id, sandbox.client_secret)
    response = httpx.post(sandbox.token_url, data=form, auth=program, trust_env=False)
    (tmp_path / "token").write_text(response.json()["access_token"] + "\n")
    return tmp_path


def test_every_block_runs_as_it_stands(sandbox: Sandbox, folder: Path) -> None:
    """Together, since each of them waits five seconds for its second look."""
    settings = {
        "REDENLAB_ML_API_KEY": sandbox.api_key,
        "REDENLAB_ML_BASE_URL": sandbox.url,
        "REPLICATE_API_KEY": sandbox.api_key,
        "REPLICATE_BASE_URL": sandbox.replicate_url,
    }
    programs = [
        subprocess.Popen(
            [sys.executable, "-W", "error", "-c", block],
            cwd=folder,
            env=environment(**settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for block in BLOCKS
    ]
    for block, program in zip(BLOCKS, programs, strict=True):
        printed, complaint = program.communicate(timeout=PATIENCE)
        assert program.returncode == 0, f"{block}\n{complaint}"
        assert printed
        assert sandbox.api_key not in printed + complaint
    # One block runs two models on one upload; one asks Replicate, one has a sandbox of its own.
    assert sandbox.jobs_created == 1 + sum("InferenceClient" in block for block in BLOCKS)


def test_the_readme_names_every_verb_of_the_makefile() -> None:
    makefile = (ROOT / "Makefile").read_text()
    verbs = re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE)
    assert {"demo", "test", "check", "generate", "bench", "sandbox", "build"} <= set(verbs)


def test_every_link_of_the_readme_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", TEXT):
        assert (ROOT / target).exists(), target


PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def anchors(page: Path) -> set[str]:
    """What a link may name behind ``#``, as GitHub makes it of headings."""
    lines = page.read_text().splitlines()
    headings = (line.lstrip("# ").lower() for line in lines if line.startswith("#"))
    return {re.sub(r"[^\w\- ]", "", text).replace(" ", "-") for text in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text()):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        assert found.exists(), target
        assert not anchor or anchor in anchors(found), target
