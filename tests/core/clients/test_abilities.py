"""What the clients of `connect` can do because a spec says so, and nothing else."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

import redenlab
import redenlab.sandbox
from redenlab import FileOutput
from redenlab.core.jobs.progress import Progress
from redenlab.sandbox import Sandbox
from redenlab.webhooks import Webhook

SPEC = Path(__file__).parents[3] / "openapi" / "replicate.yaml"
WRITER, PAINTER = "sandbox/writer", "sandbox/painter"


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with redenlab.sandbox.running(processing=0.2) as running:
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[Any]:
    settings = {"api_key": sandbox.api_key, "base_url": sandbox.replicate_url}
    with redenlab.connect(SPEC, "predict", **settings) as made:
        yield made


def test_a_running_job_streams_texts_and_files(client: Any) -> None:
    texts = list(client.submit(WRITER, input={"prompt": "a"}).stream())
    assert [event.output for event in texts if event.event == "output"] == ["You ", "said: ", "a "]
    (picture,) = [each.output for each in client.submit(PAINTER, input={"prompt": "a"}).stream()]
    assert isinstance(picture, FileOutput)
    assert picture.read()


def test_a_stream_ends_with_the_reason(client: Any) -> None:
    with pytest.raises(redenlab.JobFailed, match="E1000"):
        list(client.submit(WRITER, input={"prompt": "sandbox:fail"}).stream())
    job = client.submit(WRITER, input={"prompt": "sandbox:never"})
    job.cancel()
    with pytest.raises(redenlab.JobCancelled, match="canceled"):
        list(job.stream())


def test_a_job_that_cannot_stream_says_so(sandbox: Sandbox) -> None:
    settings = {"api_key": sandbox.api_key, "base_url": sandbox.replicate_url}
    with (
        redenlab.connect(SPEC, "train", **settings) as trainer,
        pytest.raises(redenlab.InputError, match="a train job does not stream"),
    ):
        list(trainer.job("x").stream())


def test_a_job_shows_its_logs_and_their_progress(client: Any) -> None:
    job = client.submit(WRITER, input={"prompt": "a"})
    assert job.progress is None
    job.wait()
    assert job.progress == Progress(1.0, 4, 4)
    assert "100%" in job.logs()


def test_a_model_is_a_function_of_its_published_inputs(sandbox: Sandbox, client: Any) -> None:
    assert client.use(WRITER)(prompt="a") == "You said: a "
    assert list(client.use(WRITER, streaming=True)(prompt="a")) == ["You ", "said: ", "a "]
    jobs = sandbox.jobs_created
    with pytest.raises(redenlab.InputError, match="has no input 'promt'"):
        client.use(WRITER)(promt="a")
    assert sandbox.jobs_created == jobs


def test_the_secret_of_webhooks_is_fetched_by_their_name(client: Any) -> None:
    secret = client.webhook_secret("prediction")
    signed = Webhook(secret).sign(b"{}", "msg_1")
    assert Webhook(secret, signature=client.webhook_signatures["prediction"]).verify(b"{}", signed)
    with pytest.raises(redenlab.InputError, match=r"no webhook 'other' \(there are: prediction\)"):
        client.webhook_secret("other")


@pytest.mark.parametrize(("given", "seconds"), [(True, 60), ("90", 90)])
def test_the_deadline_of_a_call_may_be_that_of_its_job(
    client: Any, given: Any, seconds: int
) -> None:
    job = client.submit(WRITER, input={"prompt": "sandbox:never"}, cancel_after=given, timeout=60)
    found = job.reload()
    begun, stopped = (_seconds(found[name]) for name in ("created_at", "deadline"))
    assert abs(stopped - begun - seconds) <= 1
    job.cancel()


def _seconds(text: str) -> float:
    return datetime.fromisoformat(text).timestamp()
