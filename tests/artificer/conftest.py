"""A sandbox whose batches take a fifth of a second, and its clients over both protocols."""

from collections.abc import Iterator

import pytest

import redenlab.sandbox
from redenlab.artificer import Artificer
from redenlab.sandbox import Sandbox


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with redenlab.sandbox.running(processing=0.2, seed="7") as running:
        yield running


@pytest.fixture(params=["rest", "trpc"])
def client(sandbox: Sandbox, request: pytest.FixtureRequest) -> Iterator[Artificer]:
    with sandbox.artificer_client(protocol=request.param) as made:
        yield made
