"""Runs, sync and async: outcomes, failures, and what the next run finds of them."""

import csv
import json
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import anyio
import pandas as pd
import pytest

from drivers import FAST
from fake_api import BASE, KEY, FakeApi, Lost, Say, say
from killed_runs import recordings
from redenlab import (
    AsyncInferenceClient,
    AuthenticationError,
    ConfigurationError,
    InferenceClient,
    InputError,
    JobFailed,
    Poll,
    Retry,
    SubmitUncertain,
)
from redenlab.core.runs.crews import Threads
from redenlab.core.runs.ledger import Ledger, overview
from redenlab.core.runs.outcomes import Outcome
from redenlab.core.runs.sources import Item
from redenlab.sandbox import Sandbox

MODEL = "intelligibility"


def map_sync(api: FakeApi, sources: Any, **options: Any) -> list[Outcome]:
    with InferenceClient(KEY, BASE, transport=api.transport(), **FAST) as client:
        return list(client.map(sources, model_name=MODEL, **options))


def _asynchronous(backend: str) -> Callable[..., list[Outcome]]:
    def map_async(api: FakeApi, sources: Any, **options: Any) -> list[Outcome]:
        async def main() -> list[Outcome]:
            client = AsyncInferenceClient(KEY, BASE, transport=api.transport(), **FAST)
            async with client, client.map(sources, model_name=MODEL, **options) as run:
                return [outcome async for outcome in run]

        return anyio.run(main, backend=backend)

    return map_async


WAYS = [map_sync, _asynchronous("asyncio"), _asynchronous("trio")]
Map = Callable[..., list[Outcome]]


@pytest.fixture(params=WAYS, ids=["sync", "asyncio", "trio"])
def run(request: pytest.FixtureRequest) -> Map:
    """Run to the end, with each kind of client."""
    return request.param


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "run.sqlite"


def sounds(count: int) -> list[bytes]:
    return [b"RIFF" + bytes([number] * 100) for number in range(count)]


def test_each_source_has_an_outcome(run: Map, fake_api: FakeApi) -> None:
    outcomes = run(fake_api, sounds(20))
    assert sorted(outcome.source for outcome in outcomes) == sorted(f"#{n}" for n in range(1, 21))
    assert {outcome.result.intelligibility_score for outcome in outcomes} == {0.85}
    assert {outcome.attempts for outcome in outcomes} == {1}
    assert sorted(outcome.job.id for outcome in outcomes) == sorted(fake_api.started)
    assert len(fake_api.started) == 20


def test_a_bad_item_stops_no_other(run: Map, fake_api: FakeApi, tmp_path: Path) -> None:
    (tmp_path / "empty.wav").touch()
    outcomes = run(fake_api, [*sounds(2), tmp_path / "empty.wav", tmp_path / "none.wav"])
    errors = [outcome.error for outcome in outcomes if not outcome.ok]
    assert len(outcomes) - len(errors) == 2
    assert {type(error) for error in errors} == {InputError}
    assert all(error and error.hint for error in errors)


def test_a_failed_job_is_an_outcome_with_its_job(run: Map, fake_api: FakeApi) -> None:
    fake_api.ending = {"status": "failed", "error": "no speech in it"}
    (outcome,) = run(fake_api, sounds(1))
    assert isinstance(outcome.error, JobFailed)
    assert (outcome.ok, outcome.result) == (False, None)
    assert outcome.job.id == fake_api.started[0]


def test_the_next_run_sends_nothing_again(run: Map, fake_api: FakeApi, ledger: Path) -> None:
    first = run(fake_api, sounds(5), ledger=ledger)
    before = dict(fake_api.calls)
    again = run(fake_api, sounds(5), ledger=ledger)
    assert {outcome.key for outcome in again} == {outcome.key for outcome in first}
    assert all(outcome.earlier and outcome.result.intelligibility_score for outcome in again)
    polls = fake_api.calls.pop("get_result") - before.pop("get_result")
    assert dict(fake_api.calls) == before
    assert polls == 5  # each result is fetched again: none is kept


def test_results_that_are_kept_are_not_fetched_again(
    run: Map, fake_api: FakeApi, ledger: Path, tmp_path: Path
) -> None:
    options = {"ledger": ledger, "results": tmp_path / "results.jsonl"}
    run(fake_api, sounds(3), **options)
    before = dict(fake_api.calls)
    again = run(fake_api, sounds(3), **options)
    assert dict(fake_api.calls) == before
    assert {outcome.result.intelligibility_score for outcome in again} == {0.85}


def test_new_files_alone_are_sent_to_a_ledger(run: Map, fake_api: FakeApi, ledger: Path) -> None:
    run(fake_api, sounds(3), ledger=ledger)
    outcomes = run(fake_api, sounds(5), ledger=ledger, repeat=False)
    assert len(outcomes) == 2
    assert len(fake_api.started) == 5


def test_a_failure_is_remembered_with_its_hint(run: Map, fake_api: FakeApi, ledger: Path) -> None:
    fake_api.ending = {"status": "failed", "error": "no speech in it"}
    (first,) = run(fake_api, sounds(1), ledger=ledger)
    (again,) = run(fake_api, sounds(1), ledger=ledger)
    assert again.earlier
    assert isinstance(again.error, JobFailed)
    assert str(again.error) == str(first.error)
    assert len(fake_api.started) == 1


def test_sources_with_the_same_content_share_a_job(run: Map, fake_api: FakeApi) -> None:
    same = [Item(b"RIFF" + bytes(9), {"row": row}) for row in range(9)]
    outcomes = run(fake_api, same)
    assert sorted(outcome.columns["row"] for outcome in outcomes) == list(range(9))
    assert len(fake_api.started) == 1


def test_a_lost_response_starts_no_second_job(run: Map, fake_api: FakeApi, ledger: Path) -> None:
    fake_api.faults["predict"] = [Lost(acted=True), Lost(acted=False), None]
    outcomes = run(fake_api, sounds(3), ledger=ledger)
    assert all(outcome.ok for outcome in outcomes)
    assert len(fake_api.started) == len(set(fake_api.started)) == 3


def test_failures_that_pass_are_tried_again(run: Map, fake_api: FakeApi, ledger: Path) -> None:
    fake_api.faults["put"] = [say(503)] * 3
    (outcome,) = run(fake_api, sounds(1), ledger=ledger)
    assert outcome.ok
    assert outcome.attempts > 1


def test_failures_that_do_not_pass_end_an_item(run: Map, fake_api: FakeApi, ledger: Path) -> None:
    fake_api.faults["create_upload_url"] = [say(503)] * 99
    (outcome,) = run(fake_api, sounds(1), ledger=ledger, attempts=2)
    assert outcome.attempts == 2
    assert outcome.error is not None
    assert outcome.error.retryable
    fake_api.faults.clear()
    (again,) = run(fake_api, sounds(1), ledger=ledger)
    assert again.ok


def test_a_refused_key_ends_the_run_with_the_command_to_resume(
    run: Map, fake_api: FakeApi, ledger: Path
) -> None:
    fake_api.faults["predict"] = [None, *[Say(401)] * 99]
    with pytest.raises(AuthenticationError) as caught:
        run(fake_api, sounds(9), ledger=ledger)
    told = "".join(traceback.format_exception(caught.value)).splitlines()[-1]
    assert told.endswith(f"resume with: redenlab run resume {ledger}")
    fake_api.faults.clear()
    assert all(outcome.ok for outcome in run(fake_api, sounds(9), ledger=ledger))
    assert len(set(fake_api.started)) == len(fake_api.started) == 9


def test_no_room_for_a_job_costs_no_attempt(run: Map, fake_api: FakeApi) -> None:
    fake_api.faults["predict"] = [say(429)] * 6
    outcomes = run(fake_api, sounds(2), attempts=1)
    assert [outcome.ok for outcome in outcomes] == [True, True]
    assert len(fake_api.started) == 2


def test_an_exception_of_a_listener_ends_the_run(run: Map, fake_api: FakeApi) -> None:
    def listen(item: Item, event: Any) -> None:
        raise KeyError(item.label)

    with pytest.raises(KeyError, match="#1"):
        run(fake_api, sounds(1), on_event=listen)


def test_events_name_their_item(run: Map, fake_api: FakeApi) -> None:
    heard = set()
    run(fake_api, sounds(2), on_event=lambda item, event: heard.add((item.label, event.kind)))
    assert {("#1", "submitted"), ("#2", "submitted"), ("#2", "finished")} <= heard


def test_an_iterable_is_read_no_further_than_there_is_room(fake_api: FakeApi) -> None:
    read = []

    def sources() -> Iterator[bytes]:
        for number, sound in enumerate(sounds(50)):
            read.append(number)
            yield sound

    with InferenceClient(KEY, BASE, transport=fake_api.transport(), **FAST) as client:
        outcomes = iter(client.map(sources(), model_name=MODEL, max_in_flight=3))
        next(outcomes)
        assert len(read) < 10
        outcomes.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("options", [{"max_in_flight": 0}, {"attempts": 0}, {"shard": (3, 3)}])
def test_impossible_options_are_refused(
    run: Map, fake_api: FakeApi, options: dict[str, Any]
) -> None:
    with pytest.raises(ConfigurationError):
        run(fake_api, sounds(1), **options)


def test_an_unknown_option_is_refused(run: Map, fake_api: FakeApi) -> None:
    with pytest.raises(TypeError, match="in_fligt"):
        run(fake_api, sounds(1), in_fligt=3)


def test_shards_share_the_sources(run: Map, fake_api: FakeApi, tmp_path: Path) -> None:
    parts = [
        run(fake_api, sounds(9), shard=(number, 2), ledger=tmp_path / f"{number}.sqlite")
        for number in range(2)
    ]
    assert sum(map(len, parts)) == 9
    assert len(fake_api.started) == 9


def test_without_paths_a_ledger_names_no_file(run: Map, fake_api: FakeApi, tmp_path: Path) -> None:
    folder = tmp_path / "ann-smith"
    folder.mkdir()
    (folder / "ann.wav").write_bytes(b"RIFF" + bytes(10))
    ledger = tmp_path / "run.sqlite"
    assert run(fake_api, folder, ledger=ledger, paths=False)[0].ok
    assert b"ann" not in ledger.read_bytes()
    assert run(fake_api, folder, ledger=ledger, paths=False)[0].earlier
    assert len(fake_api.started) == 1


# -- what a run of a sync client does beside iterating


@pytest.fixture
def client(fake_api: FakeApi) -> Iterator[InferenceClient[Any]]:
    with InferenceClient(KEY, BASE, transport=fake_api.transport(), **FAST) as made:
        made.model_name = MODEL
        yield made


def test_a_run_becomes_a_table(client: InferenceClient[Any], tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"RIFF")
    (tmp_path / "m.csv").write_text("file,speaker\na.wav,=Ann\nnone.wav,Bob\n")
    run = client.map(tmp_path / "m.csv")
    table = run.to_pandas().sort_values("speaker").reset_index(drop=True)
    assert list(table["source"]) == ["a.wav", "none.wav"]
    assert list(table["ok"]) == [True, False]
    assert table["intelligibility_score"][0] == 0.85
    for write in (run.to_csv, run.to_jsonl, run.to_parquet):
        write(tmp_path / write.__name__)
    rows = list(csv.DictReader((tmp_path / "to_csv").read_text().splitlines()))
    assert {row["speaker"] for row in rows} == {"'=Ann", "Bob"}  # no formula
    lines = (tmp_path / "to_jsonl").read_text().splitlines()
    assert {json.loads(line)["speaker"] for line in lines} == {"=Ann", "Bob"}
    assert len(pd.read_parquet(tmp_path / "to_parquet")) == 2
    assert (tmp_path / "to_csv").stat().st_mode & 0o777 == 0o600


def test_a_run_that_is_over_tells_its_outcomes_again(client: InferenceClient[Any]) -> None:
    run = client.map(sounds(3))
    first, again = list(run), list(run)
    assert [outcome.key for outcome in first] == [outcome.key for outcome in again]
    assert [outcome.result for outcome in first] == [outcome.result for outcome in again]


def test_progress_counts_and_estimates(client: InferenceClient[Any]) -> None:
    run = client.map(sounds(4))
    assert run.progress.left is None
    seen = [(run.progress.ended, run.progress.left is not None) for _ in run]
    assert seen == [(1, True), (2, True), (3, True), (4, True)]
    assert (run.progress.total, run.progress.failed, run.progress.running) == (4, 0, 0)
    assert run.progress.rate > 0
    assert repr(run) == "Run(4 of 4 ended)"


def test_what_failed_is_begun_again_on_request(
    client: InferenceClient[Any], fake_api: FakeApi
) -> None:
    fake_api.ending = {"status": "failed", "error": "a bad minute"}
    run = client.map(sounds(3))
    assert not any(outcome.ok for outcome in run)
    fake_api.ending = {"status": "completed"}
    assert list(run.retry_failed("retryable")) == []
    assert [outcome.ok for outcome in run.retry_failed()] == [True] * 3
    assert list(run.to_pandas()["ok"]) == [True] * 3
    assert len(fake_api.started) == 6


def test_a_loop_that_is_left_can_be_gone_on_with(
    client: InferenceClient[Any], fake_api: FakeApi, ledger: Path
) -> None:
    for _ in client.map(sounds(9), ledger=ledger):
        break
    assert sum(overview(ledger).counts.values()) > 1
    assert all(outcome.ok for outcome in client.map(sounds(9), ledger=ledger))
    assert len(fake_api.started) == len(set(fake_api.started)) == 9


def test_ctrl_c_names_the_command_that_resumes(
    client: InferenceClient[Any], ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    run = client.map(sounds(9), ledger=ledger)
    outcomes = iter(run)
    next(outcomes)
    monkeypatch.setattr(Threads, "next", interrupted)
    with pytest.raises(KeyboardInterrupt) as caught:
        list(outcomes)
    assert caught.value.__notes__[0].endswith(f"resume with: redenlab run resume {ledger}")
    with Ledger(ledger):  # the lease was given back
        pass


def test_an_async_run_needs_its_block(fake_api: FakeApi) -> None:
    async def main() -> None:
        client = AsyncInferenceClient(KEY, BASE, transport=fake_api.transport(), **FAST)
        async with client:
            with pytest.raises(ConfigurationError, match="has not begun"):
                async for _ in client.map(sounds(1), model_name=MODEL):
                    pass
            run = client.map(sounds(2), model_name=MODEL)
            assert len(await run.to_pandas()) == 2
            assert len([outcome async for outcome in run]) == 2
            assert list(await (await run.retry_failed()).rows()) == []

    anyio.run(main)


def test_a_cancelled_task_says_how_to_resume(fake_api: FakeApi, ledger: Path) -> None:
    told: list[str] = []

    async def main() -> None:
        client = AsyncInferenceClient(KEY, BASE, transport=fake_api.transport(), **FAST)
        async with client:
            with anyio.CancelScope() as scope:
                try:
                    async with client.map(sounds(9), model_name=MODEL, ledger=ledger) as run:
                        async for _ in run:
                            scope.cancel()
                except BaseException as error:
                    told.extend(error.__notes__)
                    raise

    anyio.run(main)
    assert told[0].endswith(f"resume with: redenlab run resume {ledger}")
    assert all(outcome.ok for outcome in map_sync(fake_api, sounds(9), ledger=ledger))
    assert len(fake_api.started) == len(set(fake_api.started)) == 9


# -- where a lost response cannot be cleared up


def test_an_uncertain_item_is_never_sent_again_by_itself(tmp_path: Path) -> None:
    recordings(tmp_path / "calls", good=1, bad=0)
    options: Any = {"poll": Poll(initial=0.02), "retry": Retry.off()}
    with Sandbox(processing=0) as sandbox, sandbox.dalston_client(**options) as client:
        sandbox.faults.add("reset-after at=submit")
        given: Any = {"ledger": tmp_path / "run.sqlite"}
        for _ in range(3):
            run = client.map(tmp_path / "calls", **given)
            (outcome,) = run
            assert isinstance(outcome.error, SubmitUncertain)
            assert list(run.retry_failed()) == []
        assert overview(given["ledger"]).counts == {"uncertain": 1}
        assert sandbox.jobs_created == 1
        assert [outcome.ok for outcome in run.retry_failed("uncertain")] == [True]
        assert sandbox.jobs_created == 2
