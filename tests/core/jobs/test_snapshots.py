"""Snapshots: the JSON as it was sent, beside typed attributes."""

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from drivers import client, in_virtual_time, settled
from fake_api import FakeApi, say
from redenlab import AsyncInferenceClient, InferenceClient
from redenlab.core.jobs.snapshots import Outcome, Seen, Snapshot, without_none

SENT: dict[str, Any] = {
    "status": "completed",
    "job_id": "j",
    "result_url": "https://storage.example.com/r.json?X-Amz-Signature=5ecre7",
    "error": None,
    "new in 2031": [1, {"deep": 2}],
}
DONE: dict[str, Any] = {"status": "completed", "result": {"intelligibility_score": 0.5}}
TRAVELS = [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))]


def snapshot() -> Snapshot[str]:
    return Snapshot("j", "completed", "succeeded", "typed", Seen(200, {}, SENT))


def outcome() -> Outcome[str, dict[str, int]]:
    return Outcome(snapshot(), {"score": 1})


def test_as_a_mapping_it_is_what_was_sent_in_the_order_of_the_service() -> None:
    seen = snapshot()
    assert seen == SENT
    assert list(seen) == list(SENT)
    assert seen["error"] is None
    assert seen["new in 2031"] == [1, {"deep": 2}]
    assert seen.get("missing") is None
    with pytest.raises(KeyError):
        seen["missing"]


def test_what_happens_to_the_response_later_does_not_change_it() -> None:
    sent = dict(SENT)
    seen = Snapshot("j", "completed", "succeeded", "typed", Seen(200, {}, sent))
    sent["status"] = "failed"
    del sent["error"]
    assert seen == SENT


def test_writing_to_a_job_changes_nothing_that_the_engine_uses() -> None:
    found = snapshot()
    sent = dict(found.seen.document)
    found["status"] = "failed"
    assert found.seen.document == sent
    assert found.status == sent["status"]


@pytest.mark.parametrize("make", [snapshot, outcome])
def test_its_representation_is_the_mapping_without_the_queries_of_links(
    make: Callable[[], Snapshot[str]],
) -> None:
    shown = repr(make())
    assert "'result_url': 'https://storage.example.com/r.json?…'" in shown
    assert "5ecre7" not in shown
    assert "5ecre7" not in str([make()])
    assert make()["result_url"] == SENT["result_url"]


@pytest.mark.parametrize("make", [snapshot, outcome])
@pytest.mark.parametrize("travel", TRAVELS)
def test_it_survives_travel_whole(make: Callable[[], Snapshot[str]], travel: Any) -> None:
    arrived = travel(make())
    assert type(arrived) is type(make())
    assert vars(arrived) == vars(make())


@pytest.mark.parametrize("travel", TRAVELS)
def test_a_typed_result_travels_with_the_job_that_it_is_of(fake_api: FakeApi, travel: Any) -> None:
    ended = client(fake_api).predict(b"RIFF")
    arrived = travel(ended)
    assert type(arrived) is type(ended)
    assert arrived == ended
    assert arrived.result == ended.result
    assert arrived.created_at == ended.created_at


@pytest.mark.parametrize("kind", [InferenceClient, AsyncInferenceClient])
def test_a_job_names_the_request_that_showed_it(kind: Any, fake_api: FakeApi) -> None:
    running = say(200, {"job_id": "job-1", "status": "processing"}, x_request_id="r-1")
    ended = say(200, {"job_id": "job-1", **DONE}, x_amzn_requestid="r-2")
    fake_api.faults["get_result"] = [running, running, ended, ended, ended]
    client = in_virtual_time(kind, fake_api)
    job = settled(client.submit(b"RIFF"))
    assert job.request_id is None
    assert settled(client.get_status("job-1")).request_id == "r-1"
    outcome = settled(job.result())
    assert (outcome.request_id, job.end.request_id, job.request_id) == ("r-2", "r-2", "r-2")
    assert settled(client.get_result("job-1")).request_id == "r-2"


def test_a_response_without_an_id_has_none() -> None:
    assert snapshot().request_id is None


def test_none_is_what_the_caller_did_not_give() -> None:
    given = {"a": None, "b": 0, "c": "", "d": False, "e": []}
    assert without_none(given) == {"b": 0, "c": "", "d": False, "e": []}
