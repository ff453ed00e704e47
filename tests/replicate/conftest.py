"""A sandbox and its clients."""

from collections.abc import Iterator

import pytest

import redenlab.sandbox
from redenlab.replicate import ReplicateClient
from redenlab.sandbox import Sandbox


@pytest.fixture
def pages(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages have two entries in tests that use `small_pages`."""
    if "small_pages" in request.fixturenames:
        monkeypatch.setattr("redenlab.sandbox.host.served.PAGE", 2)


@pytest.fixture
def small_pages() -> None:
    """See `pages`."""


@pytest.fixture
def sandbox(pages: None) -> Iterator[Sandbox]:
    """A prediction takes a fifth of a second."""
    with redenlab.sandbox.running(processing=0.2) as running:
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[ReplicateClient]:
    with sandbox.replicate_client() as made:
        yield made
