"""`redenlab wait`: jobs that were submitted before."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from cli.stand_in import KEY, FakeApi
from redenlab import InferenceClient
from redenlab.ml.client import MODEL_NAMES

Invoke = Callable[..., Any]


@pytest.fixture
def token(fake_api: FakeApi) -> str:
    with InferenceClient(KEY, fake_api.url, model_name=MODEL_NAMES[1]) as client:
        return client.job("job-t").resume_token


def test_jobs_are_found_by_id_and_by_token(invoke: Invoke, fake_api: FakeApi, token: str) -> None:
    fake_api.result = {"intelligibility_score": 1, "speaker_count": 2}
    ended = invoke("wait", "job-i", token)
    records = [json.loads(line) for line in ended.stdout.splitlines()]
    assert ended.exit_code == 0
    assert {(r["input"], r["job_id"], r["model"]) for r in records} == {
        ("job-i", "job-i", MODEL_NAMES[0]),
        (token, "job-t", MODEL_NAMES[1]),
    }


def test_a_table_has_a_part_for_each_model(invoke: Invoke, fake_api: FakeApi, token: str) -> None:
    fake_api.result = {"intelligibility_score": 1, "speaker_count": 2}
    ended = invoke("wait", "job-i", token, "-o", "table")
    titles = [line.strip() for line in ended.stdout.splitlines() if line.strip() in MODEL_NAMES]
    assert titles == list(MODEL_NAMES[:2])


def test_a_job_that_still_runs_ends_with_7(invoke: Invoke, fake_api: FakeApi) -> None:
    fake_api.names["job-r"] = "runs.wav"
    ended = invoke("wait", "job-r", "--timeout", "0.1")
    assert ended.exit_code == 7
    assert json.loads(ended.stdout)["error"]["kind"] == "JobTimeout"


def test_a_damaged_token_fails_alone(invoke: Invoke, token: str) -> None:
    ended = invoke("wait", token[:-9], "job-i", "--no-progress")
    assert ended.exit_code == 5
    assert "this is not a resume token" in ended.stderr
    assert '"status": "completed"' in ended.stdout


def test_a_failed_poll_is_printed_and_the_wait_goes_on(invoke: Invoke, fake_api: FakeApi) -> None:
    fake_api.refusals = {"/result": 500}
    ended = invoke("wait", "job-i", "--timeout", "0.5")
    assert ended.exit_code == 7
    assert "job job-i could not be polled (the service answered 500: refused)" in ended.stderr
