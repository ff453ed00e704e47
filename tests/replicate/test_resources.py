"""Every operation as a method, sync and async, against the sandbox; and how lists are walked."""

import inspect
from datetime import datetime, timedelta, timezone
from typing import Any

import anyio
import httpx
import pytest

from faulty_server import PATIENCE
from redenlab.core import errors
from redenlab.lowlevel.types import RawResponse
from redenlab.replicate import AsyncReplicateClient, ReplicateClient
from redenlab.sandbox import Sandbox
from redenlab.sandbox.replicate.catalogue import MODELS, PAINTER
from redenlab_api.replicate.models import Model, Prediction
from scripted_replicate import BASE, ID, KEY, Server, say, virtual


def test_who_is_calling(client: ReplicateClient) -> None:
    assert client.account.get().username == "sandbox"


def test_collections_and_hardware(client: ReplicateClient) -> None:
    (collection,) = client.collections.list()
    whole = client.collections.get(collection.slug)
    assert [f"{model.owner}/{model.name}" for model in whole.models] == [
        model.name for model in MODELS
    ]  # type: ignore[union-attr]
    assert "gpu-t4" in [entry.sku for entry in client.hardware.list()]


def test_a_search_needs_no_token(sandbox: Sandbox) -> None:
    with sandbox.replicate_client(api_key="r8_some_other_key") as other_host:
        found = other_host.search(query="pictures words", limit=1)
        with pytest.raises(errors.AuthenticationError):
            other_host.account.get()
    assert [entry.model.name for entry in found.models] == ["flux-schnell"]  # type: ignore[union-attr]


def test_models_are_searched_by_query(client: ReplicateClient) -> None:
    assert [model.name for model in client.models.search("word by word")] == ["writer"]


def test_the_search_is_a_query_with_the_text_as_its_body() -> None:
    server = Server().on("QUERY /v1/models", say(200, {"results": [{"name": "a"}], "next": None}))
    assert [model.name for model in virtual(server).models.search("grüne Katze")] == ["a"]
    assert server.requests[0].content == "grüne Katze".encode()
    assert server.requests[0].headers["Content-Type"] == "text/plain"


def test_the_lifecycle_of_a_model(client: ReplicateClient) -> None:
    made = client.models.create(owner="sandbox", name="mine", visibility="private", hardware="cpu")
    assert isinstance(made, Model)
    assert made.latest_version is None
    client.models.update("sandbox", "mine", readme="# Mine", description="Paints.")
    assert client.models.readme.get("sandbox", "mine") == "# Mine"
    assert client.models.get("sandbox", "mine").description == "Paints."
    with pytest.raises(errors.Conflict):
        client.models.create(owner="sandbox", name="mine", visibility="private", hardware="cpu")
    assert list(client.models.examples.list("sandbox", "mine")) == []
    assert client.models.delete("sandbox", "mine") is None  # type: ignore[func-returns-value]
    with pytest.raises(errors.NotFound):
        client.models.get("sandbox", "mine")


def test_a_training_makes_a_version_that_can_be_removed(client: ReplicateClient) -> None:
    client.models.create(owner="sandbox", name="trained", visibility="private", hardware="cpu")
    training = client.trainings.create(
        "sandbox", "painter", PAINTER.version, destination="sandbox/trained", input={"steps": 1}
    )
    ended = client.trainings.wait(training)
    assert ended.status == "succeeded"
    (version,) = client.models.versions.list("sandbox", "trained")
    assert ended.output.version == f"sandbox/trained:{version.id}"  # type: ignore[union-attr]
    assert client.trainings.get(training.id).output == ended.output
    assert [found.id for found in client.trainings.list()] == [training.id]
    assert client.trainings.cancel(training.id).status == "succeeded"
    assert client.models.versions.get("sandbox", "trained", version.id).id == version.id
    client.models.versions.delete("sandbox", "trained", version.id)
    assert list(client.models.versions.list("sandbox", "trained")) == []
    with pytest.raises(errors.NotFound, match="training destination does not exist"):
        client.trainings.create(
            "sandbox", "painter", PAINTER.version, destination="sandbox/nowhere", input={}
        )


def test_official_models_do_not_list_their_versions(client: ReplicateClient) -> None:
    with pytest.raises(errors.NotFound):
        list(client.models.versions.list("sandbox", "writer"))


def test_the_lifecycle_of_a_deployment(client: ReplicateClient) -> None:
    made = client.deployments.create(
        name="paint",
        model="sandbox/painter",
        version=PAINTER.version,
        hardware="cpu",
        min_instances=1,
        max_instances=2,
    )
    assert made.current_release.number == 1  # type: ignore[union-attr]
    run = client.deployments.predictions.create("sandbox", "paint", input={"prompt": "a cat"})
    assert client.predictions.wait(run).status == "succeeded"
    assert client.predictions.get(run.id).deployment == "sandbox/paint"
    with pytest.raises(errors.BadRequest, match="offline"):
        client.deployments.delete("sandbox", "paint")
    changed = client.deployments.update("sandbox", "paint", min_instances=0)
    assert changed.current_release.number == 2  # type: ignore[union-attr]
    assert [found.name for found in client.deployments.list()] == ["paint"]
    client.deployments.delete("sandbox", "paint")
    with pytest.raises(errors.NotFound):
        client.deployments.get("sandbox", "paint")


def test_a_prediction_is_created_polled_and_waited_for(client: ReplicateClient) -> None:
    made = client.predictions.create(version=PAINTER.version, input={"prompt": "a cat"})
    assert isinstance(made, Prediction)
    assert made.status == "starting"
    assert "output" not in made
    assert made.created_at
    ended = client.predictions.wait(made, timeout=PATIENCE)
    assert ended.status == "succeeded"
    again = client.predictions.get(made.id)  # whose files have links that are signed anew
    assert {**ended, "output": None} == {**again, "output": None}


def test_a_prediction_is_cancelled(client: ReplicateClient) -> None:
    made = client.models.predictions.create(
        "black-forest-labs", "flux-schnell", input={"prompt": "sandbox:never"}, cancel_after="60"
    )
    assert made.version == "hidden"
    stopped = client.predictions.cancel(made.id)
    assert (stopped.status, stopped.output, stopped.logs) == ("canceled", None, None)
    assert client.predictions.wait(made.id).status == "canceled"


def test_a_wait_that_is_over_hands_out_the_job(client: ReplicateClient) -> None:
    made = client.predictions.create(version=PAINTER.version, input={"prompt": "sandbox:never"})
    with pytest.raises(errors.JobTimeout) as caught:
        client.predictions.wait(made, timeout=0.1)
    assert caught.value.job.cancel().wait().status == "canceled"


def test_files_are_kept_listed_and_removed(client: ReplicateClient) -> None:
    stored = client.files.create(content=b"hello", metadata={"a": {"b": 1}}, filename="hi.txt")
    assert stored.metadata.to_dict() == {"a": {"b": 1}}  # type: ignore[union-attr]
    assert (stored.name, stored.size) == ("hi.txt", 5)
    assert stored.expires_at - stored.created_at == timedelta(hours=24)  # type: ignore[operator]
    assert client.files.get(stored.id) == stored
    assert stored in list(client.files.list())
    client.files.delete(stored.id)
    with pytest.raises(errors.NotFound, match="File not found"):
        client.files.get(stored.id)


def test_a_file_is_downloaded_by_a_signed_address(
    sandbox: Sandbox, client: ReplicateClient
) -> None:
    import hmac
    import time
    from base64 import b64encode

    stored = client.files.create(content=b"\0hello\r\n--")
    expiry = int(time.time()) + 60
    text = f"sandbox {stored.id} {expiry}"
    digest = hmac.digest(sandbox.webhook_secret.encode(), text.encode(), "sha256")
    signature = b64encode(digest).decode()
    download = client.files.download
    good = download(stored.id, owner="sandbox", expiry=expiry, signature=signature)
    assert good == b"\0hello\r\n--"
    with pytest.raises(errors.NotFound):
        download(stored.id, owner="sandbox", expiry=expiry + 1, signature=signature)


def test_a_missing_argument_is_a_mistake_of_python(client: ReplicateClient) -> None:
    with pytest.raises(TypeError):
        client.predictions.create(version=PAINTER.version)  # type: ignore[call-arg]


def test_an_id_cannot_name_another_path() -> None:
    server = Server().on("GET /v1/predictions/a%2Fcancel", say(200, {"id": "a", "status": "s"}))
    with pytest.raises(errors.InputError):
        virtual(server).predictions.get("..")
    assert server.requests == []
    assert virtual(server).predictions.get("a/cancel").id == "a"


# ---- lists


def pages(*nexts: str | None) -> Server:
    responses = [
        say(
            200, {"next": further, "previous": None, "results": [{"id": f"p{index}", "status": ""}]}
        )
        for index, further in enumerate(nexts)
    ]
    return Server().on("GET /v1/predictions", *responses)


def test_each_next_is_followed_as_it_is() -> None:
    server = pages(
        f"{BASE}/predictions?cursor=cD0%3D&x=a%20b", f"{BASE}/predictions?cursor=2", None
    )
    found = virtual(server).predictions.list(source="web")
    assert server.requests == []  # nothing is sent before the iteration starts
    assert [prediction.id for prediction in found] == ["p0", "p1", "p2"]
    assert [message.url for message in server.requests] == [
        f"{BASE}/predictions?source=web",
        f"{BASE}/predictions?cursor=cD0%3D&x=a%20b",
        f"{BASE}/predictions?cursor=2",
    ]


def test_no_page_is_asked_for_before_it_is_needed() -> None:
    server = pages(f"{BASE}/predictions?cursor=2", None)
    first = next(iter(virtual(server).predictions.list()))
    assert first.id == "p0"
    assert len(server.requests) == 1


def test_a_next_over_plain_http_is_followed_over_https() -> None:
    server = pages("http://api.replicate.com/v1/predictions?cursor=2", None)
    assert len(list(virtual(server).predictions.list())) == 2
    assert server.requests[1].url == f"{BASE}/predictions?cursor=2"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/v1/predictions?cursor=2",
        "https://api.replicate.com.evil.example/v1/predictions",
        "https://api.replicate.com@evil.example/v1/predictions",
        "https://api.replicate.com/v10/predictions",
        "https://api.replicate.com:8443/v1/predictions",
        "//evil.example/v1/predictions",
        "null",
    ],
)
def test_a_next_to_another_place_is_refused_and_never_asked(elsewhere: str) -> None:
    server = pages(elsewhere)
    found = iter(virtual(server).predictions.list())
    assert next(found).id == "p0"
    with pytest.raises(errors.UnexpectedResponse, match="points to") as caught:
        next(found)
    assert len(server.requests) == 1
    assert KEY not in str(caught.value)


def test_a_next_may_be_relative() -> None:
    server = pages("/v1/predictions?cursor=2")
    found = iter(virtual(server).predictions.list())
    assert [next(found).id, next(found).id][0] == "p0"
    assert server.requests[1].url == f"{BASE}/predictions?cursor=2"


def test_a_page_that_points_to_itself_ends_the_walk() -> None:
    server = pages(f"{BASE}/predictions?cursor=2")
    with pytest.raises(errors.UnexpectedResponse, match="same page"):
        list(virtual(server).predictions.list())
    assert len(server.requests) == 2


@pytest.mark.usefixtures("small_pages")
def test_lists_are_walked_over_real_pages(client: ReplicateClient) -> None:
    first = client.predictions.create(version=PAINTER.version, input={"prompt": "x"})
    made = [
        client.predictions.create(version=PAINTER.version, input={"prompt": "x"}).id
        for _ in range(5)
    ]
    before = client.predictions.get(made[0]).created_at
    assert isinstance(before, datetime)
    newer = client.predictions.list(created_after=before.astimezone(timezone(timedelta(hours=5))))
    assert [found.id for found in newer] == made[::-1]
    assert [len(page) for page in newer.pages()] == [2, 2, 1]
    older = client.predictions.list(created_before=before)
    assert [found.id for found in older] == [first.id]


# ---- sync and async


def shapes(kind: type) -> dict[str, Any]:
    found = inspect.getmembers(kind, inspect.isfunction)
    return {
        name: list(inspect.signature(function).parameters)
        for name, function in found
        if not name.startswith("_")
    }


def test_sync_and_async_clients_agree() -> None:
    blocking, later = shapes(ReplicateClient), shapes(AsyncReplicateClient)
    assert blocking == later
    for name in ("predictions", "models", "trainings"):
        first = shapes(type(getattr(ReplicateClient(KEY), name)))
        assert first == shapes(type(getattr(AsyncReplicateClient(KEY), name)))


def test_async_resources_await(sandbox: Sandbox) -> None:
    async def main() -> None:
        async with sandbox.async_replicate_client() as client:
            made = await client.predictions.create(
                version=PAINTER.version, input={"prompt": "a cat"}
            )
            assert (await client.predictions.wait(made)).status == "succeeded"
            assert made.id in [found.id async for found in client.predictions.list()]
            sizes = [len(page) async for page in client.models.search("word by word").pages()]
            assert sizes == [1]
            stored = await client.files.create(content=b"x")
            await client.files.delete(stored.id)
            assert (await client.account.get()).username == "sandbox"
            assert (await client.models.versions.get("sandbox", "painter", PAINTER.version)).id
            await client.models.create(
                owner="sandbox", name="later", visibility="private", hardware="cpu"
            )
            training = await client.trainings.create(
                "sandbox", "painter", PAINTER.version, destination="sandbox/later", input={}
            )
            assert (await client.trainings.wait(training.id)).status == "succeeded"

    anyio.run(main)


# ---- errors

ANSWERS: dict[str, tuple[httpx.Response, type[Exception], int]] = {
    "HTML 401": (httpx.Response(401, html="<h1>Who are you?</h1>"), errors.AuthenticationError, 1),
    "402": (httpx.Response(402, json={"title": "Billing required"}), errors.APIError, 1),
    "403": (httpx.Response(403), errors.PermissionDenied, 1),
    "404": (httpx.Response(404, json={"detail": "File not found"}), errors.NotFound, 1),
    "409": (httpx.Response(409, json={"detail": "exists"}), errors.Conflict, 1),
    "422": (httpx.Response(422, json={"title": "Invalid"}), errors.BadRequest, 1),
    "empty 502": (httpx.Response(502), errors.ServerError, 4),
    "HTML 503": (httpx.Response(503, html="<p>busy</p>"), errors.ServerError, 4),
    "a redirect": (
        httpx.Response(307, headers={"location": "https://evil.example"}),
        errors.RedirectRefused,
        1,
    ),
    "HTML 200": (httpx.Response(200, html="<p>hello</p>"), errors.UnexpectedResponse, 1),
    "empty 200": (httpx.Response(200), errors.UnexpectedResponse, 1),
    "another shape": (httpx.Response(200, json={"id": 1}), errors.UnexpectedResponse, 1),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_every_refusal_is_a_typed_error_within_the_budget(name: str) -> None:
    response, kind, requests = ANSWERS[name]
    server = Server()
    played = RawResponse(response.status_code, response.headers, response.content)
    server.on(f"GET /v1/predictions/{ID}", played)
    client = virtual(server)
    with pytest.raises(kind) as caught:
        client.predictions.get(ID)
    assert len(server.requests) == requests
    assert client.io.slept == [5, 15, 45][: requests - 1]
    assert KEY not in str(caught.value)
    assert "<" not in str(caught.value)


def test_a_title_is_told_where_there_is_no_detail() -> None:
    server = Server().on("GET /v1/account", say(402, {"title": "Billing required"}))
    with pytest.raises(errors.APIError, match="Billing required.*billing") as caught:
        virtual(server).account.get()
    assert not caught.value.retryable  # type: ignore[attr-defined]
