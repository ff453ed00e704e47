"""What the page on Replicate shows is run: each block as a program of its own, all at once."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import redenlab.sandbox
from programs import Program, run_together
from redenlab.core.clients.base import BlockingClient
from redenlab.replicate import ReplicateClient
from redenlab.sandbox.replicate.backend import MARKERS
from redenlab.sandbox.replicate.pictures import picture
from redenlab_api.replicate import resources
from script_run import Ran

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "replicate.md"
TEXT = PAGE.read_text()
BLOCKS = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
TASKS = TEXT[TEXT.index("## Coming from the official client") :]
PAIRS = re.findall(r"```py\n(.*?)```\s*```python\n(.*?)```", TASKS, re.DOTALL)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Ran]]:
    """How each block ended, ours and theirs.

    Predictions end at once: methods of the design document look every five seconds. The base URL is
    without a version, as the official client wants it.
    """
    with redenlab.sandbox.running(processing=0) as sandbox:
        settings = {
            "REPLICATE_API_TOKEN": sandbox.api_key,
            "REPLICATE_BASE_URL": sandbox.replicate_url.removesuffix("/v1"),
            "REPLICATE_POLL_INTERVAL": "0.05",
        }
        programs: list[Program] = []
        for block in (*BLOCKS, *(theirs for theirs, _ in PAIRS)):
            folder = tmp_path_factory.mktemp("block")
            (folder / "car.png").write_bytes(picture("a car"))
            programs.append(Program(block, folder, settings))
        ended = run_together(programs)
        yield {program.code: each for program, each in zip(programs, ended, strict=True)}


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: f"block at {TEXT.index(block)}")
def test_a_block_runs_as_it_stands(ran: Mapping[str, Ran], block: str) -> None:
    done = ran[block]
    assert (done.status, done.err) == (0, "")
    assert done.out or "save" in block


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"task at {TEXT.index(pair[0])}")
def test_a_task_runs_with_both_clients_and_takes_no_more_lines_here(
    ran: Mapping[str, Ran], pair: tuple[str, str]
) -> None:
    theirs, ours = pair
    done = ran[theirs]
    assert done.status == 0, done.err
    assert done.out
    lines = [sum(1 for line in code.splitlines() if line) for code in (ours, theirs)]
    assert lines[0] <= lines[1]


def test_there_are_ten_tasks() -> None:
    assert len(PAIRS) == 10


def test_every_link_leads_somewhere() -> None:
    headings = {
        re.sub(r"[^\w\- ]", "", line.lstrip("# ").lower()).replace(" ", "-")
        for line in TEXT.splitlines()
        if line.startswith("#")
    }
    for target in re.findall(r"\]\(([^)]+)\)", TEXT):
        if target.startswith("#"):
            assert target[1:] in headings, target
        elif "://" not in target:
            assert (PAGE.parent / target).exists(), target


def test_the_page_names_every_method_of_every_resource() -> None:
    client = ReplicateClient("r8_1234567890")
    own = dir(BlockingClient)
    for name in (name for name in dir(resources.Resources) if name not in own):
        assert f"`{name}" in TEXT
        for method in dir(getattr(client, name)):
            assert method.startswith("_") or method in TEXT, f"{name}.{method}"


def test_the_page_names_every_marker_of_the_sandbox() -> None:
    assert [word for word in MARKERS if f"`{word}`" not in TEXT] == []
