"""The program as a user meets it: a home without settings, recordings, and a service."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli.stand_in import KEY, FakeApi, serving
from redenlab import Poll, Retry
from redenlab.cli.clients import Clients
from redenlab.cli.program import app

FAST = Clients(Poll(initial=0.02, max_interval=0.05), Retry.off())


@pytest.fixture
def fake_api() -> Iterator[FakeApi]:
    with serving() as running:
        yield running


@pytest.fixture
def settings(tmp_path: Path, fake_api: FakeApi) -> dict[str, str | None]:
    """The environment of every run; ``None`` removes what the machine has."""
    return {
        "REDENLAB_ML_API_KEY": KEY,
        "REDENLAB_ML_BASE_URL": fake_api.url,
        "REDENLAB_ML_MODEL": None,
        "REDENLAB_ML_TIMEOUT": None,
        "HOME": str(tmp_path),
        "USERPROFILE": str(tmp_path),
        "NO_PROXY": "*",
        "COLUMNS": "100",
        "FORCE_COLOR": None,
        "TERM": "xterm",
    }


def _named(words: Sequence[str]) -> list[str]:
    """`words`, with file names sent: they choose how the service misbehaves."""
    return [*words, "--send-filenames"] if words[:1] == ("predict",) else [*words]


@pytest.fixture
def invoke(settings: dict[str, str | None]) -> Callable[..., Any]:
    """Run the program in this process, polling jobs every 20 to 50 ms."""

    def run(*words: str, **options: Any) -> Any:
        options.setdefault("obj", FAST)
        return CliRunner().invoke(app, _named(words), env=settings, **options)

    return run


@pytest.fixture
def start(settings: dict[str, str | None]) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start the program in a process of its own, where Ctrl-C works as in a shell."""
    started: list[subprocess.Popen[str]] = []
    environment = {k: v for k, v in {**os.environ, **settings}.items() if v is not None}

    def run(
        *words: str, stdin: int = subprocess.DEVNULL, stderr: int = subprocess.PIPE
    ) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "redenlab.cli.main", *_named(words)],
            env=environment,
            text=True,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=stderr,
            preexec_fn=_mind_interrupts,  # noqa: PLW1509 - no lock is touched in it
            start_new_session=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        with process:  # closes its pipes
            process.kill()


def _mind_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def recording(tmp_path: Path) -> Callable[[str], str]:
    """Make a file of some name, and give its path."""

    def make(name: str) -> str:
        path = tmp_path / name
        path.write_bytes(b"RIFF" + bytes(2000))
        return str(path)

    return make
