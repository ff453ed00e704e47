"""A sandbox whose assessments take a tenth of a second, and its client."""

from collections.abc import Iterator

import pytest

import redenlab.sandbox
from redenlab.modelred import ModelRedClient
from redenlab.sandbox import Sandbox


@pytest.fixture
def sandbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """Clients without arguments use it."""
    with redenlab.sandbox.running(processing=0.1, seed="7") as running:
        for name, value in running.environment.items():
            monkeypatch.setenv(name, value)
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[ModelRedClient]:
    with sandbox.modelred_client() as made:
        yield made
