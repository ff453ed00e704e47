"""The official client, version 2, does its tasks; prints what came of each as JSON.

Run by the Python of its own environment, with the base URL and the key of a sandbox.
"""

import asyncio
import io
import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

import replicate
from replicate import AsyncReplicate, Replicate

url, key = sys.argv[1:]
os.environ |= {"REPLICATE_BASE_URL": url, "REPLICATE_API_TOKEN": key}
client: Any = Replicate(bearer_token=key, base_url=url)
FLUX, WRITER = "black-forest-labs/flux-schnell", "sandbox/writer"
version: str = client.models.get(model_owner="sandbox", model_name="painter").latest_version.id
painter = f"sandbox/painter:{version}"


def ended(found: Any, get: Callable[[str], Any]) -> Any:
    while found.status in {"starting", "processing"}:
        time.sleep(0.05)
        found = get(found.id)
    return found


def prediction(**given: Any) -> Any:
    return client.predictions.create(version=version, input={"prompt": "x", **given})


def get_prediction(name: str) -> Any:
    return client.predictions.get(prediction_id=name)


def failed() -> str:
    try:
        client.run(painter, input={"prompt": "sandbox:fail"}, wait=False)
    except Exception as error:  # noqa: BLE001 - which one is the result
        return f"{type(error).__name__}: {error}"
    return "it did not fail"


def cancelled() -> str:
    return client.predictions.cancel(prediction_id=prediction(prompt="sandbox:never").id).status


def files() -> Any:
    made = client.files.create(content=b"hello", filename="a.txt", type="text/plain")
    found = client.files.get(file_id=made.id)
    client.files.delete(file_id=made.id)
    return [found.size, found.content_type]


def deployment() -> Any:
    instances = {"min_instances": 0, "max_instances": 1}
    client.deployments.create(
        name="two", model="sandbox/painter", version=version, hardware="cpu", **instances
    )
    run = client.deployments.predictions.create(
        deployment_owner="sandbox", deployment_name="two", input={"prompt": "x"}
    )
    return ended(run, get_prediction).status


def training() -> Any:
    client.models.create(owner="sandbox", name="two", visibility="private", hardware="cpu")
    begun = client.trainings.create(
        model_owner="sandbox",
        model_name="painter",
        version_id=version,
        destination="sandbox/two",
        input={},
    )
    return ended(begun, lambda name: client.trainings.get(training_id=name)).status


async def awaited() -> int:
    async with AsyncReplicate(bearer_token=key, base_url=url) as other:
        return len(await other.run(FLUX, input={"prompt": "a cat"}))


TASKS: dict[str, Callable[[], Any]] = {
    "run": lambda: [len(each.read()) > 100 for each in client.run(FLUX, input={"prompt": "a"})],
    "run a version": lambda: len(client.run(painter, input={"prompt": "a"}, wait=False)),
    "use": lambda: list(replicate.use(WRITER, streaming=True)(prompt="one")),
    "prediction": lambda: ended(prediction(), get_prediction).status,
    "cancel": cancelled,
    "fail": failed,
    "file in an input": lambda: "/files/" in prediction(image=io.BytesIO(b"hello")).input["image"],
    "files": files,
    "search": lambda: [model.name for model in client.models.search(body="word by word")],
    "deployment": deployment,
    "training": training,
    "secret": lambda: client.webhooks.default.secret.get().key[:6],
    "awaited": lambda: asyncio.run(awaited()),
}

found: dict[str, Any] = {}
for name, task in TASKS.items():
    try:
        found[name] = task()
    except Exception as error:  # noqa: BLE001 - a task that fails is reported as that
        found[name] = f"{type(error).__name__}: {error}"
sys.stdout.write(json.dumps(found))
