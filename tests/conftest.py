"""Fixtures that every folder uses; nothing here reaches beyond loopback."""

import logging
import os
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import pytest
from hypothesis import HealthCheck, settings

from drivers import DRIVERS, Driver
from example_trees import TREES
from fake_api import FakeApi
from redenlab.core.calls import retry
from redenlab.core.calls.logs import filter_libraries
from secret_leak_check import LOGGERS, PATIENT, SecretLeakCheck

LEAK_CHECK = SecretLeakCheck()

# How long an example takes says more of the machine than of the SDK.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")

SLOW = ("acceptance", "generated", "packaging")
"""Folders of tests that take seconds each."""


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers() -> Generator[None, int, int]:
    """One more than there are processors: tests that wait for a poll leave theirs idle."""
    return (yield) + 1


@pytest.hookimpl(trylast=True)  # after the order was made random
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow folders first, so that no worker is left with a slow test when the others are done."""
    items.sort(key=lambda item: item.path.parent.name not in SLOW)


@pytest.fixture(scope="session", autouse=True)
def _no_secret_leaks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No secret turns up in a log, an output, an error or a file, from first to last."""
    filter_libraries()  # what tests send through httpx themselves is no leak of the SDK
    for name in LOGGERS:
        logging.getLogger(name).addHandler(LEAK_CHECK)
        logging.getLogger(name).setLevel(logging.DEBUG)
    forget = LEAK_CHECK.watch()
    yield
    forget()
    LEAK_CHECK.search(tmp_path_factory.getbasetemp())
    assert "\n".join(LEAK_CHECK.found) == ""


@pytest.fixture(scope="session", autouse=True)
def _shared_trees(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> None:
    """Beside the folders of the workers; in that of the run where there are none."""
    folder = tmp_path_factory.getbasetemp()
    TREES.folder = (folder if worker_id == "master" else folder.parent) / "example-trees"
    TREES.folder.mkdir(exist_ok=True)


@pytest.fixture(autouse=True)
def _no_error_tells(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every error of the SDK is scanned while its traceback still has its frames."""
    yield
    LEAK_CHECK.judge(request.node.nodeid)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """What a test printed is read, too."""
    if report.when == "teardown":
        LEAK_CHECK.read(report.nodeid, report.sections)


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads the settings of the user who runs it."""
    monkeypatch.setenv("HOME", str(tmp_path_factory.mktemp("home")))
    backends = ("ARTIFICER_", "DALSTON_", "MODELRED_", "REDENLAB_", "REPLICATE_")
    for name in [name for name in os.environ if name.startswith(backends)]:
        monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _own_budgets(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test has the retry budgets of clients that an earlier one made."""
    monkeypatch.setattr(retry, "_shared", WeakValueDictionary[Any, retry.Bucket]())


@pytest.fixture
def fake_api() -> FakeApi:
    """A good service; give it faults."""
    return FakeApi()


@pytest.fixture(params=DRIVERS, ids=lambda driver: type(driver).__name__.lower())
def driver(request: pytest.FixtureRequest) -> Driver:
    """Each of the ways to run a workflow."""
    return request.param


@pytest.fixture(params=["httpx", "fast"])
def transport(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, _own_home: None
) -> str:
    """Each of the two drivers; clients that a test makes without a transport use it."""
    monkeypatch.setenv("REDENLAB_TRANSPORT", request.param)
    return request.param


@pytest.fixture
def wav(tmp_path: Path) -> Path:
    """A file that passes for a recording; its name is that of a patient."""
    path = tmp_path / f"{PATIENT}.wav"
    path.write_bytes(b"RIFF" + bytes(4096))
    return path
