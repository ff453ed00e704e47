"""Each program in ``examples/`` runs as it stands, against the sandbox, and is listed."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

import redenlab.sandbox
from example_trees import EXAMPLES
from pdfs import LINE, pdf, png
from processes import environment
from programs import Program, run_together
from redenlab.sandbox import Sandbox
from script_run import Ran

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "examples"
PROGRAMS = sorted(path.name for path in FOLDER.glob("*.py"))
SERVICES = ("fastapi_service.py", "dalston_webhook.py")
"""Served by a test, since they end with no output."""

TESTS = ("test_own_code.py",)
Modules = Mapping[str, dict[str, Any]]

OWN = ("own_service.py",)
"""Of a spec of their own."""

ELSEWHERE = ("dask_run.py",)
"""Run by the tests of runs, with a cluster."""

SCRIPTS = [name for name in PROGRAMS if name not in {*SERVICES, *TESTS, *ELSEWHERE}]


def furnish(folder: Path) -> None:
    """Put there what the programs read."""
    recording = files("redenlab.sandbox") / "recordings" / "two_speakers.wav"
    shutil.copyfile(str(recording), folder / "call.wav")
    shutil.copyfile(EXAMPLES / "acme.yaml", folder / "acme.yaml")
    (folder / "document.pdf").write_bytes(pdf([f"{LINE} {LINE}"]))
    (folder / "screenshot.png").write_bytes(png("Total: 12 EUR"))


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with redenlab.sandbox.running(processing=0, seed="7") as running:
        yield running


@pytest.fixture(scope="module")
def ran(sandbox: Sandbox, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Ran]:
    """All of them at once, each in a folder and a process of its own."""
    with redenlab.sandbox.running(spec=EXAMPLES / "acme.yaml", processing=0) as acme:
        started: list[Program] = []
        for name in SCRIPTS:
            folder = tmp_path_factory.mktemp("example")
            furnish(folder)
            settings = (acme if name in OWN else sandbox).environment
            started.append(Program((FOLDER / name).read_text(), folder, settings))
        return dict(zip(SCRIPTS, run_together(started), strict=True))


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_program_runs_as_it_stands(ran: Mapping[str, Ran], sandbox: Sandbox, name: str) -> None:
    status, out, err = ran[name]
    assert status == 0, err
    assert out
    assert "Traceback" not in err
    assert sandbox.api_key not in out + err


@pytest.fixture
def module(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> Iterator[Modules]:
    """The name of a service's program, run as a module."""
    for name, value in sandbox.environment.items():
        monkeypatch.setenv(name, value)
    yield {name: _namespace(FOLDER / name) for name in SERVICES}
    for name in SERVICES:
        sys.modules.pop(name, None)


def _namespace(path: Path) -> dict[str, Any]:
    names: dict[str, Any] = {"__name__": path.stem}
    exec(compile(path.read_text(), str(path), "exec"), names)
    return names


@asynccontextmanager
async def served(app: Any) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an application, from its start to its end."""
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://own") as client,
    ):
        yield client


def test_the_service_submits_and_tells_the_status(module: Modules) -> None:
    async def use() -> None:
        async with served(module["fastapi_service.py"]["app"]) as client:
            made = await client.post("/images", params={"prompt": "a red car"})
            assert made.status_code == 202
            found = await client.get(f"/images/{made.json()['id']}")
            assert found.json()["status"] in {"starting", "processing", "succeeded"}
            missing = await client.get("/images/none")
            assert missing.status_code == 502
            assert missing.json()["hint"]

    anyio.run(use)


def test_the_receiver_refuses_what_is_not_signed(module: Modules) -> None:
    async def use() -> None:
        async with served(module["dalston_webhook.py"]["app"]) as client:
            delivery = {"event": "transcription.completed"}
            assert (await client.post("/hooks", json=delivery)).status_code == 401

    anyio.run(use)


def test_the_tests_of_own_code_pass(tmp_path: Path) -> None:
    furnish(tmp_path)
    (name,) = TESTS
    shutil.copyfile(FOLDER / name, tmp_path / name)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:randomly",
        name,
    ]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "3 passed" in done.stdout


def test_the_page_lists_every_program_with_its_first_line() -> None:
    page = (ROOT / "docs" / "examples.md").read_text()
    rows = dict(
        re.findall(r"^\| \[(\w+\.py)\]\(\.\./examples/\1\) \| (.*) \|$", page, re.MULTILINE)
    )
    said = {name: ast.get_docstring(ast.parse((FOLDER / name).read_text())) for name in PROGRAMS}
    assert rows == said
