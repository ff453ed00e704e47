"""A sandbox to talk to, callers that speak bare HTTP to it, and recordings to send."""

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile  # pyright: ignore[reportMissingTypeStubs]

import redenlab.sandbox
from redenlab.sandbox import Sandbox
from sandbox.caller import Call, Caller

RECORDINGS = Path(next(iter(redenlab.sandbox.__path__))) / "recordings"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here may take the way around a proxy."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def call() -> Iterator[Call]:
    """Makes callers, and closes them."""
    callers: list[Caller] = []

    def make(sandbox: Sandbox) -> Caller:
        callers.append(Caller(sandbox))
        return callers[-1]

    yield make
    for caller in callers:
        caller.close()


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """One for all tests of a module that do not count."""
    with redenlab.sandbox.running(processing=0) as running:
        yield running


@pytest.fixture
def caller(sandbox: Sandbox, call: Call) -> Caller:
    """Speaks to `sandbox`."""
    return call(sandbox)


@pytest.fixture(scope="session")
def tone() -> bytes:
    """A third of a second of a tone, as a wave file: the cheapest recording there is."""
    file = io.BytesIO()
    samples = 0.5 * np.sin(2 * np.pi * 200 * np.arange(5333) / 16000)
    soundfile.write(file, samples, 16000, format="WAV")
    return file.getvalue()


@pytest.fixture(scope="session")
def talk() -> Path:
    """A recording of two speakers."""
    return RECORDINGS / "two_speakers.wav"


@pytest.fixture(scope="session")
def monologue() -> Path:
    """A recording of one speaker."""
    return RECORDINGS / "one_speaker.wav"
