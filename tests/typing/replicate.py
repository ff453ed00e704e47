"""Types that callers of the Replicate backend rely on. Never run, only checked."""

from collections.abc import Generator
from typing import Any, assert_type

from redenlab.core.clients.paging import AsyncListing, Listing
from redenlab.core.jobs.streams import StreamEvent
from redenlab.replicate import AsyncReplicateClient, PredictionWebhook, ReplicateClient
from redenlab.replicate.types import ImageResult, PollResult, VideoResult
from redenlab_api.replicate.models import (
    Account,
    Hardware,
    Model,
    Prediction,
    SearchResponse,
    StoredFile,
    Training,
)


def blocking(client: ReplicateClient) -> None:
    """Resources give models, lists give listings."""
    assert_type(client.account.get(), Account)
    assert_type(client.hardware.list(), list[Hardware])
    assert_type(client.models.get("owner", "name"), Model)
    assert_type(client.models.search("words"), Listing[Model])
    assert_type(client.models.readme.get("owner", "name"), str)
    assert_type(client.predictions.list(), Listing[Prediction])
    assert_type(next(iter(client.predictions.list())), Prediction)
    assert_type(client.predictions.wait("id"), Prediction)
    assert_type(client.trainings.wait("id"), Training)
    assert_type(client.files.create(content=b""), StoredFile)
    assert_type(client.files.download("id", owner="o", expiry=1, signature="s"), bytes)
    assert_type(client.files.delete("id"), None)
    assert_type(client.search(query="words"), SearchResponse)
    assert_type(client.run("owner/name", {"prompt": "x"}, wait=5), Any)
    assert_type(client.stream("owner/name"), Generator[StreamEvent, None, None])
    assert_type(client.webhook(), PredictionWebhook)
    assert_type(client.generate_image("x"), ImageResult)
    assert_type(client.generate_video(["x"]), VideoResult)
    assert_type(client.poll_prediction("id"), PollResult)
    assert_type(client.estimate_cost(1, 2), float)
    client.run("owner/name", webhook_events_filter=["completed"])
    client.run("owner/name", webhook_events_filter=["never"])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    client.run("owner/name", retries=3)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]


async def later(client: AsyncReplicateClient) -> None:
    """The same, awaited; lists are not awaited but walked."""
    assert_type(await client.account.get(), Account)
    assert_type(await client.models.get("owner", "name"), Model)
    assert_type(client.models.search("words"), AsyncListing[Model])
    assert_type([model async for model in client.models.list()], list[Model])
    assert_type(await client.predictions.wait("id"), Prediction)
    assert_type(await client.files.create(content=b""), StoredFile)
    assert_type(await client.generate_image("x"), ImageResult)
    assert_type([event async for event in client.stream("owner/name")], list[StreamEvent])
