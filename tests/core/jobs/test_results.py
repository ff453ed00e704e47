"""The end of a job: its typed result, or a typed error."""

from pathlib import Path
from typing import Any

import pytest

from drivers import Driver, Virtual, call_context
from engine import NO_CLIENT, predict
from fake_api import FakeApi
from redenlab.core import errors
from redenlab.core.jobs.job_type import JobRef
from redenlab.core.jobs.results import result
from redenlab.core.jobs.snapshots import Seen, Snapshot
from redenlab_api.ml.jobs import PREDICT, Prediction
from redenlab_api.ml.models import IntelligibilityResult
from virtual_io import VirtualIo

REF = JobRef("j", "intelligibility")


def test_a_recording_becomes_a_typed_result(driver: Driver, fake_api: FakeApi, wav: Path) -> None:
    found = predict(driver, fake_api, wav)
    assert isinstance(found, Prediction)
    assert found.result == IntelligibilityResult(intelligibility_score=0.85)
    assert found["result"]["intelligibility_score"] == 0.85
    assert list(fake_api.stored.values()) == [wav.read_bytes()]
    assert fake_api.started == ["job-1"]


def test_a_failed_job_says_why(driver: Driver, fake_api: FakeApi) -> None:
    fake_api.ending = {"status": "failed", "error": "no speech"}
    with pytest.raises(errors.JobFailed, match="no speech") as caught:
        predict(driver, fake_api)
    assert (caught.value.job_id, caught.value.code) == ("job-1", "failed")


def test_a_failure_without_a_reason_is_named_so(driver: Driver, fake_api: FakeApi) -> None:
    fake_api.ending = {"status": "failed"}
    with pytest.raises(errors.JobFailed, match="Unknown error"):
        predict(driver, fake_api)


def test_an_unknown_model_gives_the_plain_json(driver: Driver, fake_api: FakeApi) -> None:
    fake_api.result = {"anything": [1, 2]}
    assert predict(driver, fake_api, model="next-year").result == {"anything": [1, 2]}


@pytest.mark.parametrize("result", [None, {}, {"intelligibility_score": "high"}, [1]])
def test_a_result_of_another_shape_is_a_typed_error(fake_api: FakeApi, result: Any) -> None:
    fake_api.result = result
    with pytest.raises(errors.UnexpectedResponse) as caught:
        predict(Virtual(), fake_api)
    assert caught.value.job_id == "job-1"
    assert "'/" in caught.value.message  # the place in the response


def test_the_result_of_a_running_job_is_refused(fake_api: FakeApi) -> None:
    seen = Snapshot("j", "processing", "running", None, Seen(200, {}, {}))
    with pytest.raises(errors.JobRunning):
        Virtual().run(result(call_context(VirtualIo(fake_api)), NO_CLIENT, PREDICT, REF, seen))


def test_a_cancelled_job_is_named_so(fake_api: FakeApi) -> None:
    seen = Snapshot("j", "stopped", "cancelled", None, Seen(200, {}, {}))
    with pytest.raises(errors.JobCancelled):
        Virtual().run(result(call_context(VirtualIo(fake_api)), NO_CLIENT, PREDICT, REF, seen))
