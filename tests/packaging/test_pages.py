"""What pages show is run: each block as a program of its own, against the sandbox."""

import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

import redenlab.sandbox
from example_trees import EXAMPLES
from pdfs import LINE, pdf, png
from programs import Program, run_together
from redenlab.sandbox import Sandbox
from script_run import Ran

ROOT = Path(__file__).parents[2]
README = "README.md"
DOCS = (
    "docs/artificer.md",
    "docs/configuration.md",
    "docs/dalston.md",
    "docs/index.md",
    "docs/low-level.md",
    "docs/ml.md",
    "docs/modelred.md",
    "docs/quickstart.md",
    "docs/results.md",
    "docs/runs.md",
    "docs/sandbox.md",
    "docs/transport.md",
    "docs/ways-out.md",
    "docs/what-happens-when.md",
)
TESTS = "import pytest"
"""In blocks that are tests, and run by those of the plugin."""

RUNS = re.compile("InferenceClient|ReplicateClient|ModelRedClient|Dalston|Artificer")
RECORDINGS = {README: "one_speaker.wav"}


class Page(NamedTuple):
    """The blocks of a page, how each of them ended, and the sandbox that all of them used."""

    blocks: Sequence[str]
    ran: Sequence[Ran]
    sandbox: Sandbox


def programs(page: str, folder: Path, sandbox: Sandbox) -> list[Program]:
    """The blocks of a page, in a folder that has what they read."""
    recording = files("redenlab.sandbox") / "recordings" / RECORDINGS.get(page, "two_speakers.wav")
    shutil.copyfile(str(recording), folder / "call.wav")
    (folder / "calls").mkdir()
    shutil.copyfile(folder / "call.wav", folder / "calls" / "monday.wav")
    shutil.copyfile(EXAMPLES / "acme.yaml", folder / "acme.yaml")
    (folder / "document.pdf").write_bytes(pdf([f"{LINE} {LINE}"]))
    (folder / "screenshot.png").write_bytes(png("Total: 12 EUR"))
    form = {"grant_type": "client_credentials"}
    client = (sandbox.client_id, sandbox.client_secret)
    response = httpx.post(sandbox.token_url, data=form, auth=client, trust_env=False)
    (folder / "token").write_text(response.json()["access_token"] + "\n")
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / page).read_text(), re.DOTALL)
    return [Program(block, folder, sandbox.environment) for block in blocks if TESTS not in block]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Page]]:
    """All of them together, since each block is a process of its own."""
    with ExitStack() as stack:
        sandboxes = {
            page: stack.enter_context(redenlab.sandbox.running(processing=0))
            for page in (README, *DOCS)
        }
        started = {
            page: programs(page, tmp_path_factory.mktemp("page"), sandbox)
            for page, sandbox in sandboxes.items()
        }
        ran = iter(run_together([program for each in started.values() for program in each]))
        yield {
            page: Page([code for code, *_ in each], [next(ran) for _ in each], sandboxes[page])
            for page, each in started.items()
        }


@pytest.mark.parametrize("name", [README, *DOCS])
def test_every_block_runs_as_it_stands(pages: Mapping[str, Page], name: str) -> None:
    page = pages[name]
    assert page.blocks
    for block, (status, printed, complaint) in zip(page.blocks, page.ran, strict=True):
        assert status == 0, f"{block}\n{complaint}"
        assert printed, block
        assert page.sandbox.api_key not in printed + complaint, block


def test_the_blocks_of_the_readme_made_their_jobs(pages: Mapping[str, Page]) -> None:
    # One block has a sandbox of its own.
    blocks, _, sandbox = pages[README]
    assert sandbox.jobs_created == sum(RUNS.search(block) is not None for block in blocks)


@pytest.mark.parametrize("name", DOCS)
def test_no_block_of_the_docs_complains_or_finds_nothing(
    pages: Mapping[str, Page], name: str
) -> None:
    for block, (_, printed, complaint) in zip(*pages[name][:2], strict=True):
        assert complaint == "", block
        assert "None" not in printed, block
        assert "False" not in printed, block


def test_the_page_of_the_sandbox_shows_what_is_printed() -> None:
    page = (ROOT / "docs/sandbox.md").read_text()
    with redenlab.sandbox.running(spec=EXAMPLES / "acme.yaml") as sandbox:
        variables = [*sandbox.environment, "REDENLAB_SANDBOX_URL"]
    assert re.findall(r"export (\w+)=", page) == variables
