"""Runs over executors: threads, processes, and a real Dask cluster."""

import pickle
import runpy
import warnings
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from fake_api import KEY
from killed_runs import recordings
from redenlab import AsyncInferenceClient, ConfigurationError, InferenceClient, Poll
from redenlab.core.clients.units import Recipe
from redenlab.core.runs.ledger import Ledger, overview
from redenlab.sandbox import Sandbox

ROOT = Path(__file__).parents[3]
FILES = 9
FAST = Poll(initial=0.02, max_interval=0.1)


@pytest.fixture
def sandbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """Its key is in the environment, which processes inherit."""
    with Sandbox(processing=0) as running:
        monkeypatch.setenv("REDENLAB_ML_API_KEY", running.api_key)
        monkeypatch.setenv("REDENLAB_ML_BASE_URL", running.url)
        monkeypatch.setenv("REDENLAB_ML_SEND_FILENAMES", "true")  # names order faults
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[InferenceClient[Any]]:
    with InferenceClient(model_name="intelligibility", poll=FAST) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    recordings(tmp_path / "calls", FILES, 1)
    return tmp_path / "calls"


def check(client: InferenceClient[Any], sandbox: Sandbox, folder: Path, executor: Executor) -> None:
    """Two runs in parts: the second one finds everything in the one ledger."""
    ledger = folder.with_name("run.sqlite")
    for _ in range(2):
        run = client.map(folder, executor=executor, units=3, ledger=ledger)
        outcomes = list(run)
        assert sorted(outcome.ok for outcome in outcomes) == [False, *[True] * FILES]
        assert {outcome.job.id for outcome in outcomes if outcome.ok}
        assert len(run.to_pandas()) == FILES + 1
        assert sandbox.jobs_created == FILES + 1
    assert overview(ledger).counts == {"succeeded": FILES, "failed": 1}
    assert [path.name for path in folder.parent.glob("*.part*")] == []


def test_threads_work_on_parts(
    client: InferenceClient[Any], sandbox: Sandbox, folder: Path
) -> None:
    with ThreadPoolExecutor(2) as executor:
        check(client, sandbox, folder, executor)


def test_processes_work_on_parts(
    client: InferenceClient[Any], sandbox: Sandbox, folder: Path
) -> None:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        check(client, sandbox, folder, executor)


@pytest.mark.filterwarnings("ignore")  # those of Dask
def test_a_dask_cluster_works_on_parts(
    client: InferenceClient[Any], sandbox: Sandbox, folder: Path
) -> None:
    from distributed import Client, LocalCluster

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with (
            LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
            Client(cluster) as dask,
        ):
            check(client, sandbox, folder, dask.get_executor())


@pytest.mark.filterwarnings("ignore")  # those of Dask
def test_the_example_with_dask_runs_as_it_stands(
    sandbox: Sandbox, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    example = runpy.run_path(str(ROOT / "examples" / "dask_run.py"))
    example["main"](str(folder), str(tmp_path / "run.sqlite"))
    assert capsys.readouterr().out == f"{FILES} of {FILES + 1}\n"


class OnlyPickles(Executor):
    """Keeps what it is given as pickles, and runs nothing."""

    def __init__(self) -> None:
        self.pickles: list[bytes] = []

    def submit(self, *call: Any, **_: Any) -> "Future[Any]":
        self.pickles.append(pickle.dumps(call))
        done: Future[Any] = Future()
        done.set_result([])
        return done


def test_no_key_is_pickled(client: InferenceClient[Any], sandbox: Sandbox, folder: Path) -> None:
    executor = OnlyPickles()
    list(client.map(folder, executor=executor, units=2))
    assert len(executor.pickles) == 2
    assert not any(sandbox.api_key.encode() in each for each in executor.pickles)


def test_a_key_that_was_an_argument_does_not_travel(folder: Path) -> None:
    with InferenceClient(KEY, "https://api.example.com") as client:
        with pytest.raises(ConfigurationError, match="no key is sent to workers") as caught:
            client.map(folder, executor=OnlyPickles())
    assert "REDENLAB_ML_API_KEY" in caught.value.hint


def test_a_worker_has_the_same_settings(client: InferenceClient[Any], sandbox: Sandbox) -> None:
    with client.with_options(timeout=7) as changed:
        recipe = pickle.loads(pickle.dumps(Recipe.of(changed)))
    with recipe.client() as made:
        assert (made.timeout, made.base_url, made.poll) == (7, client.base_url, FAST)


def test_parts_that_a_killed_run_left_are_taken_over(
    client: InferenceClient[Any], sandbox: Sandbox, folder: Path
) -> None:
    ledger = folder.with_name("run.sqlite")
    list(client.map(folder, ledger=folder.with_name("run.sqlite.part0")))
    outcomes = list(client.map(folder, executor=OnlyPickles(), ledger=ledger))
    assert outcomes == []
    with Ledger(ledger) as merged:
        assert len(list(merged.entries())) == FILES + 1


def test_what_a_worker_raises_ends_the_run_with_the_command_to_resume(
    client: InferenceClient[Any], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REDENLAB_ML_API_KEY")
    ledger = folder.with_name("run.sqlite")
    with ThreadPoolExecutor(1) as executor:
        with pytest.raises(ConfigurationError) as caught:
            list(client.map(folder, executor=executor, ledger=ledger))
    assert caught.value.__notes__[0].endswith(f"resume with: redenlab run resume {ledger}")


def test_an_async_client_takes_no_executor() -> None:
    client = AsyncInferenceClient(KEY, "https://api.example.com")
    with pytest.raises(ConfigurationError, match="use the sync client"):
        client.map("calls", executor=OnlyPickles())
