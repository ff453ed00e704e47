"""Tests of code of your own: the fixture starts a sandbox, and clients without arguments use it."""

import pytest

from redenlab import InferenceClient, JobFailed


def score(path: str) -> float:
    """The code under test."""
    with InferenceClient(model_name="intelligibility") as client:
        return client.predict(path).result.intelligibility_score


def test_a_score_is_between_nothing_and_one(redenlab_sandbox):
    assert 0 < score("call.wav") <= 1
    assert redenlab_sandbox.jobs_created == 1


def test_three_refusals_cost_no_second_job(redenlab_sandbox):
    redenlab_sandbox.faults.add("status", status=503, times=3, at="ml/get_result")
    assert score("call.wav") > 0
    assert redenlab_sandbox.jobs_created == 1


def test_a_job_that_fails_is_an_error(redenlab_sandbox):
    redenlab_sandbox.respond(error="no speech in it", model="intelligibility")
    with pytest.raises(JobFailed, match="no speech in it"):
        score("call.wav")
