"""A sandbox and its clients."""

from collections.abc import Iterator

import pytest

import redenlab.sandbox
from redenlab.replicate import ReplicateClient
from redenlab.sandbox import Sandbox


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A prediction takes a fifth of a second."""
    with redenlab.sandbox.running(processing=0.2) as running:
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[ReplicateClient]:
    with sandbox.replicate_client() as made:
        yield made
