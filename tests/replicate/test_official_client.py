"""The official client of Replicate, version 1.0.7, drives the sandbox: it is no echo of ours.

It takes only https addresses for files, so those of the sandbox stay texts for it, but for data
URIs; and its base URL has no version in it.
"""

import hashlib
import io
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from replicate.exceptions import ModelError, ReplicateError
from replicate.webhook import Webhooks, WebhookSigningSecret

import replicate
from redenlab.sandbox import Sandbox
from redenlab.sandbox.replicate.catalogue import PAINTER
from redenlab.sandbox.replicate.pictures import picture
from redenlab.webhooks import Webhook

FLUX = "black-forest-labs/flux-schnell"


@pytest.fixture
def official(sandbox: Sandbox) -> Iterator[Any]:
    base_url = sandbox.replicate_url.removesuffix("/v1")
    client = replicate.Client(api_token=sandbox.api_key, base_url=base_url)
    client.poll_interval = 0.02
    yield client
    client._client.close()


def test_it_is_the_version_that_is_meant() -> None:
    assert version("replicate") == "1.0.7"


def test_run_gets_data_uris_when_it_waits(official: Any) -> None:
    (image,) = official.run(FLUX, input={"prompt": "a cat"})
    assert image.read() == picture("a cat  0")


def test_run_gets_addresses_when_it_polls(sandbox: Sandbox, official: Any) -> None:
    (url,) = official.run(FLUX, input={"prompt": "a cat"}, wait=False)
    assert url.startswith(sandbox.storage_url)


def test_run_takes_a_version(official: Any) -> None:
    found = official.run(f"sandbox/painter:{PAINTER.version}", input={"prompt": "a cat"})
    assert found[0].read() == picture("a cat  0")


def test_run_without_a_version_is_refused_for_a_community_model(official: Any) -> None:
    """Ours resolves it; see `test_run`."""
    with pytest.raises(ReplicateError) as caught:
        official.run("sandbox/painter", input={"prompt": "a cat"})
    assert caught.value.status == 404


def test_a_failure_is_a_model_error(official: Any) -> None:
    with pytest.raises(ModelError) as caught:
        official.run(FLUX, input={"prompt": "sandbox:fail"}, wait=False)
    assert "E1000" in caught.value.prediction.error


def test_a_prediction_is_created_waited_for_and_reloaded(official: Any) -> None:
    made = official.predictions.create(version=PAINTER.version, input={"prompt": "a cat"})
    assert made.status == "starting"
    made.wait()
    assert made.status == "succeeded"
    assert official.predictions.get(made.id).output == made.output
    assert made.metrics["total_time"] > 0


def test_a_prediction_is_cancelled(official: Any) -> None:
    made = official.predictions.create(version=PAINTER.version, input={"prompt": "sandbox:never"})
    made.cancel()
    assert official.predictions.get(made.id).status == "canceled"
    assert official.predictions.cancel(made.id).status == "canceled"


@pytest.mark.usefixtures("small_pages")
def test_predictions_are_listed_page_by_page(official: Any) -> None:
    made = [
        official.predictions.create(version=PAINTER.version, input={"prompt": "x"}).id
        for _ in range(3)
    ]
    first = official.predictions.list()
    second = official.predictions.list(first.next)
    assert [found.id for found in (*first.results, *second.results)] == made[::-1]


def test_files_are_created_read_listed_and_deleted(official: Any, tmp_path: Path) -> None:
    path = tmp_path / "hello.txt"
    path.write_bytes(b"hello\r\n--world")
    stored = official.files.create(path, metadata={"a": 1})
    assert (stored.size, stored.metadata) == (14, {"a": 1})
    assert official.files.get(stored.id).checksums == stored.checksums
    assert stored.id in [found.id for found in official.files.list()]
    official.files.delete(stored.id)
    with pytest.raises(ReplicateError) as caught:
        official.files.get(stored.id)
    assert (caught.value.status, caught.value.detail) == (404, "File not found")


def test_a_file_in_an_input_is_uploaded(official: Any) -> None:
    content = bytes(1000)
    made = official.predictions.create(
        version=PAINTER.version, input={"prompt": "a cat", "image": io.BytesIO(content)}
    )
    stored = official.files.get(made.input["image"].rpartition("/")[2])
    assert stored.size == 1000
    assert stored.checksums["sha256"] == hashlib.sha256(content).hexdigest()


def test_a_model_streams(official: Any) -> None:
    found = list(official.stream("sandbox/writer", input={"prompt": "one two"}))
    assert "".join(map(str, found)) == "You said: one two "
    assert found[-1].event.value == "done"


def test_models_collections_hardware_and_deployments(official: Any) -> None:
    assert official.models.get("sandbox", "painter").latest_version.id == PAINTER.version
    assert "painter" in [model.name for model in official.models.list().results]
    assert [model.name for model in official.models.search("word by word").results] == ["writer"]
    assert official.collections.get("sandbox").name == "Sandbox"
    assert official.hardware.list()[0].sku == "cpu"
    made = official.deployments.create(
        name="official",
        model="sandbox/painter",
        version=PAINTER.version,
        hardware="cpu",
        min_instances=0,
        max_instances=1,
    )
    assert made.current_release.number == 1
    run = official.deployments.predictions.create(
        deployment="sandbox/official", input={"prompt": "a cat"}
    )
    run.wait()
    assert run.status == "succeeded"


def test_a_training_runs(official: Any) -> None:
    official.models.create(owner="sandbox", name="theirs", visibility="private", hardware="cpu")
    training = official.trainings.create(
        version=f"sandbox/painter:{PAINTER.version}",
        input={"steps": 1},
        destination="sandbox/theirs",
    )
    while training.status not in {"succeeded", "failed"}:
        training.reload()
    assert training.output["version"].startswith("sandbox/theirs:")


def test_a_bad_token_is_refused_with_the_error_of_the_service(sandbox: Sandbox) -> None:
    base_url = sandbox.replicate_url.removesuffix("/v1")
    client = replicate.Client(api_token="r8_wrong_token", base_url=base_url)
    with pytest.raises(ReplicateError) as caught:
        client.models.get("sandbox", "painter")
    client._client.close()
    assert caught.value.status == 401
    assert caught.value.title == "Unauthenticated"
    assert caught.value.detail == "You did not pass a valid authentication token"


def test_it_accepts_what_we_sign(official: Any) -> None:
    secret = official.webhooks.default.secret().key
    body = '{"id": "a"}'
    headers = Webhook(secret).sign(body.encode(), "msg_1")
    Webhooks.validate(headers=headers, body=body, secret=WebhookSigningSecret(key=secret))
