"""Both profiles, from the client to the embedded backend, over real sockets.

What each of them sends and receives is a table of the page on RedenLab ML; it is checked here.
"""

import asyncio
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

import redenlab.sandbox
from job_variants import needed
from redenlab import BadRequest, InferenceClient, Retry, SubmitUncertain
from redenlab.core.transport.io import OutgoingRequest
from redenlab.lowlevel.types import RawResponse
from redenlab.sandbox import Sandbox
from redenlab.sandbox.options import Profile
from redenlab_api.ml.jobs import MODEL_NAMES, PREDICT

PAGE = Path(__file__).parents[2] / "docs" / "ml.md"
PROFILES: tuple[Profile, ...] = get_args(Profile)
TALK = Path(next(iter(redenlab.sandbox.__path__))) / "recordings" / "two_speakers.wav"
LINKED = next(m for m in MODEL_NAMES if m in PREDICT.x_job.result.linked and not needed(PREDICT, m))
NEEDED: dict[str, dict[str, Any]] = {model: dict(needed(PREDICT, model)) for model in MODEL_NAMES}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with redenlab.sandbox.running(processing=0) as running:
        yield running


def same(one: Any, other: Any) -> bool:
    """Whether two results are alike but for links, which differ with every job."""
    return {k: v for k, v in one.to_dict().items() if k != "subtitle_urls"} == {
        k: v for k, v in other.to_dict().items() if k != "subtitle_urls"
    }


@pytest.mark.parametrize("model", MODEL_NAMES)
def test_a_model_returns_the_same_of_its_type_in_both_profiles(
    sandbox: Sandbox, model: str
) -> None:
    results: list[Any] = []
    for profile in PROFILES:
        with sandbox.client(profile) as client:
            found = client.predict(TALK, model_name=model, parameters=NEEDED[model])
        assert type(found.result).__name__ == PREDICT.spec.models[model].result
        assert found.result.additional_properties["sandbox"] is True
        linked = profile == "token" and model in PREDICT.x_job.result.linked
        assert ("result_url" in found) is linked
        assert ("result" in found) is not linked
        results.append(found.result)
    assert same(*results)


def test_a_result_behind_a_link_shows_its_address_without_the_signature(sandbox: Sandbox) -> None:
    with sandbox.client("token", model_name=LINKED) as client:
        found = client.predict(TALK)
    assert "X-Amz-Signature" in found["result_url"]
    assert "X-Amz" not in repr(found)
    assert found["result_url"].partition("?")[0] in repr(found)


def test_one_upload_feeds_many_models_with_a_token(sandbox: Sandbox) -> None:
    before = sandbox.jobs_created
    with sandbox.client("token") as client:
        asset = client.upload(TALK)
        found = {
            model: client.predict(asset, model_name=model, parameters=NEEDED[model])
            for model in MODEL_NAMES
        }
    assert len({each.job_id for each in found.values()}) == len(MODEL_NAMES)
    assert sandbox.jobs_created - before == len(MODEL_NAMES)
    assert client.metrics["uploaded"] == 1


def test_an_upload_with_a_key_is_for_one_job(sandbox: Sandbox) -> None:
    with sandbox.client("key") as client:
        asset = client.upload(TALK)
        assert asset.id is None
        assert client.predict(asset).job_id == asset.job_id
        with pytest.raises(BadRequest, match="already submitted to another model"):
            client.predict(asset, model_name=MODEL_NAMES[1])


def test_a_program_signs_in_once_for_many_calls(sandbox: Sandbox) -> None:
    before = sandbox.tokens_granted
    with sandbox.client("token") as client:
        for _ in range(3):
            client.predict(TALK)
    assert sandbox.tokens_granted - before == 1


def test_32_threads_share_one_sign_in(sandbox: Sandbox) -> None:
    from concurrent.futures import ThreadPoolExecutor

    before = sandbox.tokens_granted
    with sandbox.client("token") as client, ThreadPoolExecutor(32) as pool:
        ready = list(pool.map(lambda _: client.health(MODEL_NAMES[0]).ready, range(64)))
    assert all(ready)
    assert sandbox.tokens_granted - before == 1


def test_100_tasks_share_one_sign_in(sandbox: Sandbox) -> None:
    before = sandbox.tokens_granted

    async def main() -> None:
        async with sandbox.async_client("token") as client:
            found = await asyncio.gather(*(client.health(MODEL_NAMES[0]) for _ in range(100)))
            assert all(each.ready for each in found)

    asyncio.run(main())
    assert sandbox.tokens_granted - before == 1


def test_a_token_that_ends_early_is_renewed_in_the_middle_of_a_call() -> None:
    """Its lifetime is shorter than our margin, so every request fetches a new one."""
    with (
        redenlab.sandbox.running(processing=0, token_seconds=60) as running,
        running.client("token") as client,
    ):
        assert client.predict(TALK).state == "succeeded"
        assert running.tokens_granted >= 3


def test_a_token_that_is_refused_is_replaced_once(tmp_path: Path) -> None:
    """The service forgot our tokens: its secret changed while it was away."""
    with redenlab.sandbox.running(folder=tmp_path, processing=0) as first:
        port = int(first.url.rpartition(":")[2].partition("/")[0])
        client = first.client("token", retry=Retry.off())
        assert client.health(MODEL_NAMES[0]).ready
    (tmp_path / "link-secret").write_text("another")
    with redenlab.sandbox.running(folder=tmp_path, processing=0, port=port) as second:
        assert client.health(MODEL_NAMES[0]).ready
        assert second.tokens_granted == 1
    client.close()


def test_everything_is_found_by_the_discovery_document(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REDENLAB_ML_DISCOVERY_URL", sandbox.discovery_url)
    monkeypatch.setenv("REDENLAB_CLIENT_ID", sandbox.client_id)
    monkeypatch.setenv("REDENLAB_CLIENT_SECRET", sandbox.client_secret)
    with InferenceClient() as client:
        assert client.health().ready
        assert repr(client) == f"InferenceClient({sandbox.url!r})"


# ---- a lost response to a submit ----------------------------------------------------------------


def losing(operation: str) -> Callable[..., Any]:
    """A middleware that lets a request through, and loses its answer."""
    from redenlab.core.errors import NetworkError

    async def lose(
        message: OutgoingRequest, proceed: Callable[[OutgoingRequest], Any]
    ) -> RawResponse:
        response: RawResponse = await proceed(message)
        if message.url.endswith(operation):
            raise NetworkError("lost the answer", retryable=True)
        return response

    return lose


def test_with_a_token_a_lost_submit_response_is_uncertain_and_the_error_has_the_asset() -> None:
    with redenlab.sandbox.running(processing=0) as running:
        with running.client("token", middleware=[losing("/predict")]) as client:
            with pytest.raises(SubmitUncertain) as caught:
                client.predict(TALK, model_name=MODEL_NAMES[1])
        assert running.jobs_created == 1  # one was made, and not a second one
        error = caught.value
        assert (error.job_id, error.model_name, error.attempts) == (None, MODEL_NAMES[1], 1)
        with running.client("token") as client:  # and its recording need not be sent again
            assert client.predict(error.asset, model_name=error.model_name).state == "succeeded"
            assert "uploaded" not in client.metrics


def test_with_a_key_a_lost_submit_response_is_resolved_by_a_poll() -> None:
    with redenlab.sandbox.running(processing=0) as running:
        with running.client("key", middleware=[losing("/predict")]) as client:
            assert client.predict(TALK).state == "succeeded"
        assert running.jobs_created == 1


# ---- the table of the page ----------------------------------------------------------------------


def heard(sandbox: Sandbox, profile: Profile) -> tuple[list[OutgoingRequest], list[Any]]:
    """Everything that a call with two models sends to the API and gets back."""
    sent: list[OutgoingRequest] = []
    got: list[Any] = []

    async def listen(
        message: OutgoingRequest, proceed: Callable[[OutgoingRequest], Any]
    ) -> RawResponse:
        response: RawResponse = await proceed(message)
        sent.append(message)
        got.append(response.json())
        return response

    with sandbox.client(profile, middleware=[listen]) as client:
        client.predict(TALK, model_name=LINKED)
    return sent, got


def table() -> dict[str, dict[str, str]]:
    """The page's table of profiles: by row, by profile."""
    (lines,) = re.findall(r"## Two contracts\n.*?\n((?:\|[^\n]*\n)+)", PAGE.read_text(), re.DOTALL)
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines.splitlines()]
    head, _, *body = rows
    assert head[1:] == ["with a key", "with a token"]
    return {row[0]: dict(zip(PROFILES, row[1:], strict=True)) for row in body}


def words(cell: str) -> set[str]:
    return set(re.findall(r"`([^`]+)`", cell))


@pytest.mark.parametrize("profile", PROFILES)
def test_the_table_of_profiles_is_what_is_sent_and_received(
    sandbox: Sandbox, profile: Profile
) -> None:
    import json

    sent, got = heard(sandbox, profile)
    ticket, submission, *_, end = got
    rows = {row: words(cells[profile]) for row, cells in table().items()}
    assert set(ticket) == rows["the upload link answers"]
    assert set(json.loads(sent[1].content)) == rows["the submit sends"]
    assert rows["the job is named by"] == {
        "upload link" if "job_id" in ticket else "submit",
    }
    assert set(end) & {"result", "result_url", "summary"} == rows["long results are in"]
    assert {"job_id", "status"} <= set(submission)


@pytest.mark.parametrize("profile", PROFILES)
def test_the_table_of_profiles_names_the_header_that_proves_who_calls(
    sandbox: Sandbox, profile: Profile
) -> None:
    """Middleware sees requests unsigned, so the header is checked on the wire."""
    import httpx

    class Recorder(httpx.HTTPTransport):
        def __init__(self) -> None:
            super().__init__(trust_env=False)
            self.headers: list[set[str]] = []

        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.path.startswith("/prod/"):
                self.headers.append({name.lower() for name in request.headers})
            return super().handle_request(request)

    recorder = Recorder()
    with sandbox.client(profile, transport=recorder) as client:
        client.predict(TALK)
    (header,) = words(table()["every request carries"][profile])
    names = {"x-api-key", "authorization"}
    assert [seen & names for seen in recorder.headers] == [
        {header.partition(":")[0].lower()}
    ] * len(recorder.headers)
