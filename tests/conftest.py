"""Fixtures that every folder uses; nothing here reaches beyond loopback."""

import os
from pathlib import Path

import pytest

from drivers import DRIVERS, Driver
from service import Service


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads the settings of whoever runs it."""
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
    for name in [name for name in os.environ if name.startswith(("REDENLAB_", "REPLICATE_"))]:
        monkeypatch.delenv(name)


@pytest.fixture
def service() -> Service:
    """A good service; give it faults."""
    return Service()


@pytest.fixture(params=DRIVERS, ids=lambda driver: type(driver).__name__.lower())
def driver(request: pytest.FixtureRequest) -> Driver:
    """Each of the ways to run a workflow."""
    return request.param


@pytest.fixture
def wav(tmp_path: Path) -> Path:
    """A file that passes for a recording."""
    path = tmp_path / "call.wav"
    path.write_bytes(b"RIFF" + bytes(4096))
    return path
