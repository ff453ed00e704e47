"""A pytest plugin: the fixture `redenlab_sandbox`, for tests of programs that use the SDK.

pytest imports this in every run, so it imports nothing itself but what is there already.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from redenlab.sandbox import Sandbox

SEED = "Seed of the values that the RedenLab sandbox invents"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--redenlab-seed``, and the ini option that it overrides."""
    group = parser.getgroup("redenlab", "RedenLab sandbox")
    group.addoption("--redenlab-seed", metavar="TEXT", help=f"{SEED}.")
    parser.addini("redenlab_seed", f"{SEED}, unless --redenlab-seed is given.", default="")


@pytest.fixture
def redenlab_sandbox(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator["Sandbox"]:
    """A RedenLab sandbox of this test alone, which clients without arguments use.

    The servers run in threads of their own, so sync and async tests use it alike. Until the test
    ends, the environment has the URL, the key and short polls for every backend, no other setting
    of theirs, and an empty home directory, so that no configuration file is read.

    Raises:
        MissingExtra: The ``sandbox`` extra is not installed.
    """
    from redenlab.sandbox import running  # noqa: PLC0415 - see above

    import_module("redenlab.sandbox.audio.speech")  # slow, and else the first job waits for it
    given = request.config.getoption("--redenlab-seed")
    seed = request.config.getini("redenlab_seed") if given is None else given
    with running(processing=0, seed=seed or None) as found:
        home = str(tmp_path_factory.mktemp("redenlab-home"))
        for name in ("HOME", "USERPROFILE"):
            monkeypatch.setenv(name, home)
        for profile in found.profiles:
            for name in (name for names in profile.variables.values() for name in names):
                monkeypatch.delenv(name, raising=False)
        for name, value in found.environment.items():
            monkeypatch.setenv(name, value)
        yield found
