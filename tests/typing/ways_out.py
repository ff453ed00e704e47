"""Never run: what type checkers know of other options, raw calls and extra arguments."""

from collections.abc import Awaitable
from typing import Any, assert_type

from redenlab import (
    AsyncInferenceClient,
    CallOptions,
    ExtraOptions,
    InferenceClient,
    Job,
    Page,
    Poll,
    Records,
    Response,
    Retry,
)
from redenlab.replicate import AsyncReplicateClient, ReplicateClient
from redenlab_api.ml.jobs import Prediction
from redenlab_api.ml.models import (
    IntelligibilityResult,
    JobResult,
    PredictRequest,
    Submission,
    UploadTicket,
    UploadUrlRequest,
)
from redenlab_api.replicate import models


def another_client_has_the_same_type(
    client: InferenceClient[IntelligibilityResult], images: AsyncReplicateClient
) -> None:
    other = client.with_options(timeout=5, http_timeout=5, retry=Retry.off(), poll=Poll())
    assert_type(other, InferenceClient[IntelligibilityResult])
    again = other.with_options(api_key="k", headers={"X-A": "1"})
    assert_type(again, InferenceClient[IntelligibilityResult])
    assert_type(images.with_options(token=lambda: "t"), AsyncReplicateClient)
    client.with_options(retries=3)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    client.with_options(retry=3)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def raw_calls_are_typed_by_their_operations(client: InferenceClient[Any]) -> None:
    assert_type(client.raw.get_result("x"), Response[JobResult])
    assert_type(client.raw.get_result(job_id="x", model="whisperx").parsed, JobResult)
    assert_type(client.raw.get_result("x").request_id, str | None)
    link = client.raw.create_upload_url(body=UploadUrlRequest(filename="a.wav"))
    assert_type(link, Response[UploadTicket])
    body = PredictRequest(job_id="j", file_key="k")
    assert_type(client.raw.predict("whisperx", body=body).parsed, Submission)
    client.raw.get_result(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    client.raw.get_result()  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    client.raw.get_resutl("x")  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]


def raw_calls_of_every_backend(client: ReplicateClient) -> None:
    assert_type(client.raw.hardware_list(), Response[Records[models.Hardware]])
    assert_type(client.raw.predictions_get("x").parsed, models.Prediction)
    assert_type(client.raw.models_delete("owner", "name").parsed, None)


async def raw_calls_are_awaited(
    client: AsyncInferenceClient[Any], images: AsyncReplicateClient
) -> None:
    assert_type(client.raw.get_result("x"), Awaitable[Response[JobResult]])
    assert_type(await client.raw.get_result("x"), Response[JobResult])
    assert_type((await images.raw.account_get()).parsed, models.Account)


def calls_take_extra_headers_query_and_body(client: ReplicateClient) -> None:
    extra: ExtraOptions = {"extra_headers": {"X-A": "1"}, "extra_query": {"a": "1"}}
    call: CallOptions = {"extra_headers": {"X-A": "1"}, "extra_body": {"a": [1]}, "timeout": 5}
    assert_type(client.predictions.get("x", **extra), models.Prediction)
    assert_type(client.predictions.create(version="v", input={}, **call), models.Prediction)
    assert_type(client.predictions.wait("x", **extra), models.Prediction)
    client.run("owner/name", {}, **call)
    client.predictions.get("x", extra_body={})  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


def the_methods_of_a_job_take_extra_headers_and_query(
    job: Job[Prediction[IntelligibilityResult]],
) -> None:
    extra: ExtraOptions = {"extra_headers": {"X-A": "1"}}
    assert_type(job.result(5, **extra), Prediction[IntelligibilityResult])
    assert_type(job.done(**extra), bool)
    assert_type(job.cancel(extra_query={"a": "1"}).request_id, str | None)


def pages_and_jobs_name_their_requests(
    client: ReplicateClient, ended: Prediction[IntelligibilityResult]
) -> None:
    for page in client.predictions.list().pages():
        assert_type(page, Page[models.Prediction])
        assert_type(page.request_id, str | None)
        assert_type(page[0], models.Prediction)
    assert_type(ended.request_id, str | None)
