"""Job types: what the engine needs of one kind of job."""

from types import SimpleNamespace
from typing import Any

import pytest

from drivers import Driver, call_context
from fake_api import BASE, FakeApi, say
from redenlab.core import errors
from redenlab.core.jobs.job_type import JobRef, reader
from redenlab_api.ml.jobs import PREDICT
from redenlab_api.replicate.jobs import JOBS as REPLICATE

REF = JobRef("job-1", "whisperx")


def test_it_is_named_as_its_spec_names_it() -> None:
    assert (PREDICT.name, PREDICT.spec.service) == ("predict", "ml")
    assert PREDICT.x_job.name == "predict"


def test_a_reference_says_which_job_and_which_model() -> None:
    scope = PREDICT.scope(REF)
    assert scope.value("$job.id") == "job-1"
    assert scope.value("$job.model") == "whisperx"


def test_what_was_kept_is_known_with_the_job() -> None:
    scope = PREDICT.scope(JobRef("job-1", None, kept={"region": "eu"}))
    assert scope.value("jobs/{$job.region}/{$job.id}") == "jobs/eu/job-1"


def test_a_call_carries_the_id_and_the_model_of_the_job(driver: Driver, fake_api: FakeApi) -> None:
    fake_api.started.append("job-1")
    context = call_context(driver.io(fake_api), retry=driver.retry)
    scope = driver.run(PREDICT.call(context, PREDICT.x_job.poll, REF))
    assert scope.value("$response.body#/job_id") == "job-1"
    assert scope.value("$statusCode") == 200
    assert scope.response.json()["status"] == "processing"
    assert [message.url for message in fake_api.seen] == [f"{BASE}/result/job-1?model=whisperx"]


def test_a_job_without_a_known_model_is_asked_for_by_its_id_alone(
    driver: Driver, fake_api: FakeApi
) -> None:
    context = call_context(driver.io(fake_api), retry=driver.retry)
    driver.run(PREDICT.call(context, PREDICT.x_job.poll, JobRef("job-1", None)))
    assert [message.url for message in fake_api.seen] == [f"{BASE}/result/job-1"]


@pytest.mark.parametrize(
    ("status", "kind"), [(404, errors.NotFound), (401, errors.AuthenticationError)]
)
def test_an_error_of_a_call_names_the_job(
    driver: Driver, fake_api: FakeApi, status: int, kind: type[errors.RedenLabError]
) -> None:
    fake_api.faults["get_result"] = [say(status)]
    context = call_context(driver.io(fake_api), retry=driver.retry)
    with pytest.raises(kind) as caught:
        driver.run(PREDICT.call(context, PREDICT.x_job.poll, REF))
    assert caught.value.job_id == "job-1"


def test_a_job_that_has_no_name_yet_gives_errors_none(driver: Driver, fake_api: FakeApi) -> None:
    fake_api.faults["get_result"] = [say(404)]
    context = call_context(driver.io(fake_api), retry=driver.retry)
    with pytest.raises(errors.InputError) as caught:
        driver.run(PREDICT.call(context, PREDICT.x_job.poll, JobRef("", None)))
    assert caught.value.job_id is None


def test_a_model_is_looked_up_only_when_something_is_read() -> None:
    models: Any = SimpleNamespace()
    read = reader(models, "Score")
    models.Score = SimpleNamespace(from_dict=lambda value: ("read", value))
    assert read({"a": 1}) == ("read", {"a": 1})


def test_every_operation_of_a_lifecycle_is_at_hand() -> None:
    for job in (PREDICT, *REPLICATE.values()):
        needed = {step.operation for step in job.x_job.steps.values()}
        assert needed - {None} <= job.operations.keys()
