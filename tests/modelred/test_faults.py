"""Mistakes that clients of this service have made, each with a proof that it is not made here."""

import inspect
import json
from datetime import UTC, datetime
from typing import Any

import anyio
import httpx
import pytest

import redenlab
from redenlab import Retry
from redenlab.modelred import AsyncModelRedClient, ModelRedClient
from redenlab_api.modelred.models import Assessment, HuggingFaceConfig, OpenAIConfig
from scripted_api import ScriptedApi, options

KEY = "mr_0123456789"
CREATE, LIST = "POST /api/assessments", "GET /api/assessments"
QUEUED = {"success": True, "data": {"id": "7", "status": "queued"}}


def made(api: ScriptedApi, **more: Any) -> ModelRedClient:
    return ModelRedClient(**options(api, api_key=KEY, **more))


def create(client: Any) -> Any:
    return client.assessments.create(model="support-bot", test_types=["jailbreak"])


# ---- errors -------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [503, 504])
def test_four_refusals_are_reported_as_what_they_are(status: int) -> None:
    refused = httpx.Response(status, json={"error": "down"})
    api = ScriptedApi().on("GET /api/models", refused)
    with made(api) as client, pytest.raises(redenlab.ServerError, match="down") as caught:
        client.models.list()
    assert (caught.value.status, caught.value.attempts, len(api.requests)) == (status, 4, 4)


def test_the_last_failure_is_raised_not_the_first() -> None:
    refused = httpx.Response(503, json={"error": "down"})
    api = ScriptedApi().on("GET /api/models", httpx.ConnectError("refused"), refused)
    with made(api) as client, pytest.raises(redenlab.ServerError):
        client.models.list()


def test_a_500_is_retried() -> None:
    api = ScriptedApi().on("GET /api/models", httpx.Response(500), {"data": []})
    with made(api) as client:
        assert client.models.list() == []


def test_the_pause_that_a_429_asks_for_is_kept() -> None:
    refused = httpx.Response(429, headers={"Retry-After": "60"})
    api = ScriptedApi().on("GET /api/models", refused)
    with made(api, timeout=5) as client, pytest.raises(redenlab.RateLimited) as caught:
        client.models.list()
    assert (caught.value.retry_after, len(api.requests)) == (60, 1)


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(307, headers={"Location": "https://login.example.com"}, text="moved"),
        httpx.Response(200, headers={"Content-Type": "text/html"}, text="<html>Sign in</html>"),
        httpx.Response(200, json={"success": False, "error": "no"}),
        httpx.Response(200, json=[]),
    ],
    ids=["redirect", "HTML", "no success", "no object"],
)
def test_what_is_no_answer_is_no_success(response: httpx.Response) -> None:
    api = ScriptedApi().on("GET /api/models/7", response).on("GET /api/v2/probes/7", response)
    with made(api) as client:
        for look in (client.models.retrieve, client.probe_packs.retrieve):
            with pytest.raises(redenlab.APIError):
                look("7")


def test_a_400_is_a_bad_request() -> None:
    api = ScriptedApi().on(CREATE, httpx.Response(400, json={"message": "no probes"}))
    with made(api) as client, pytest.raises(redenlab.BadRequest, match="no probes"):
        create(client)


def test_a_403_is_no_matter_of_its_words() -> None:
    text = {"error": "explanation unlimited", "code": "FORBIDDEN"}
    api = ScriptedApi().on(CREATE, httpx.Response(403, json=text))
    with made(api) as client, pytest.raises(redenlab.PermissionDenied) as caught:
        create(client)
    assert caught.value.code == "FORBIDDEN"


def test_both_kinds_of_client_see_the_same_answers() -> None:
    page = httpx.Response(200, headers={"Content-Type": "text/plain"}, content=b"hello")

    async def main() -> Exception:
        async with AsyncModelRedClient(
            **options(ScriptedApi().on("GET /api/probes", page), api_key=KEY)
        ) as client:
            with pytest.raises(redenlab.UnexpectedResponse) as caught:
                await client.probes.list()
            return caught.value

    with made(ScriptedApi().on("GET /api/probes", page)) as client:
        with pytest.raises(redenlab.UnexpectedResponse) as caught:
            client.probes.list()
    assert str(anyio.run(main)) == str(caught.value)


def test_async_timeouts_are_errors_of_this_package() -> None:
    async def never(_: httpx.Request) -> httpx.Response:
        await anyio.sleep_forever()
        raise AssertionError

    async def main() -> None:
        transport = httpx.MockTransport(never)
        async with AsyncModelRedClient(KEY, "https://a.example", transport=transport) as client:
            with pytest.raises(redenlab.RequestTimeout):
                await client.models.list(timeout=0.05)

    anyio.run(main)


# ---- requests -----------------------------------------------------------------------------------


def test_ids_are_escaped() -> None:
    api = ScriptedApi()
    with made(api) as client:
        for name in ("a/b?x", "..", "a.b", "ä"):
            with pytest.raises(redenlab.RedenLabError):
                client.assessments.retrieve(name)
    paths = [request.url.raw_path for request in api.requests]
    assert b"/api/assessments/a%2Fb%3Fx" in paths
    assert all(path.startswith(b"/api/assessments/") and b".." not in path for path in paths)


def test_a_parameter_is_sent_once() -> None:
    api = ScriptedApi().on("GET /api/models", {"data": []})
    with made(api) as client:
        client.models.list(sort_dir="asc", sort_by="createdAt", page=2, page_size=5)
    query = api.requests[0].url.params
    assert dict(query.multi_items()) == {
        "sortDir": "asc",
        "sortBy": "createdAt",
        "page": "2",
        "pageSize": "5",
    }


@pytest.mark.parametrize("url", ["https://api.example.com", "https://api.example.com/api/"])
def test_the_base_url_may_end_as_that_of_other_clients(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MODELRED_BASE_URL", url)
    monkeypatch.setenv("MODELRED_API_KEY", KEY)
    api = ScriptedApi().on("GET /api/models", {"data": []})
    with ModelRedClient(transport=httpx.MockTransport(api)) as client:
        client.models.list()
    assert api.calls == ["GET /api/models"]
    sent = api.requests[0].headers
    assert sent["authorization"] == f"Bearer {KEY}"
    assert sent["user-agent"].startswith("redenlab/")


@pytest.mark.parametrize("key", ["sk_0123456789ab", "mr_12345678", "MR_0123456789"])
def test_a_key_of_another_form_is_refused_and_not_shown(key: str) -> None:
    with pytest.raises(redenlab.AuthenticationError, match="not one of ModelRed") as caught:
        ModelRedClient(key)
    assert key not in str(caught.value)


# ---- one assessment, not two --------------------------------------------------------------------

LOST = {
    "500": httpx.Response(500),
    "503": httpx.Response(503),
    "read": httpx.ReadError("reset"),
    "timeout": httpx.ReadTimeout("late"),
    "HTML": httpx.Response(200, text="<html>"),
    "no id": httpx.Response(201, json={"success": True, "data": {}}),
}


@pytest.mark.parametrize("lost", LOST.values(), ids=LOST)
@pytest.mark.parametrize("era", ["assessments", "assessments_v2"])
def test_a_create_is_not_repeated_when_it_may_have_acted(lost: Any, era: str) -> None:
    path = "/api/v2/assessments" if era.endswith("v2") else "/api/assessments"
    probes = {"probe_pack_ids": ["p"]} if era.endswith("v2") else {"test_types": ["jailbreak"]}
    api = ScriptedApi().on(f"POST {path}", lost)
    with made(api) as client, pytest.raises(redenlab.SubmitUncertain) as caught:
        getattr(client, era).create(model="support-bot", **probes)
    assert f"client.{era}.find(model" in caught.value.hint
    assert len(api.requests) == 1
    with made(api) as client, pytest.raises(redenlab.SubmitUncertain) as caught:
        (client.assess if probes.get("test_types") else _packs(api))(model="support-bot", **probes)
    assert f"client.{era}.find(model" in caught.value.hint
    assert len(api.requests) == 2


def _packs(api: ScriptedApi) -> Any:
    client = redenlab.connect("redenlab_api.modelred", "assess_packs", **options(api))
    return client.assess_packs


@pytest.mark.parametrize("refused", [httpx.ConnectError("refused"), httpx.Response(429)])
def test_a_create_is_repeated_when_nothing_was_done(refused: Any) -> None:
    api = ScriptedApi().on(CREATE, refused, QUEUED)
    with made(api) as client:
        assert create(client).id == "7"
    assert api.calls == [CREATE, CREATE]


def test_an_assessment_is_found_by_what_was_sent() -> None:
    def listed(name: str, **more: Any) -> dict[str, Any]:
        usual = {"modelId": "m1", "testTypes": ["b", "a"], "createdAt": "2026-01-02T00:00:00Z"}
        return {"id": name, **usual, **more}

    found = [
        listed("1"),
        listed("2", testTypes=["a"]),
        listed("3", modelId="m2"),
        listed("4", createdAt="2026-01-01T00:00:00Z"),
        {"assessment_id": "5", "model_id": "bot", "test_types": ["a", "b"]},
    ]
    model = {"data": {"id": "m1", "modelId": "bot"}}
    api = ScriptedApi().on(LIST, {"data": found}).on("GET /api/models/bot", model)
    since = datetime(2026, 1, 2, tzinfo=UTC)
    with made(api) as client:
        ids = [
            each.id
            for each in client.assessments.find(model="bot", test_types=["a", "b"], since=since)
        ]
        assert ids == ["1", "5"]


# ---- answers ------------------------------------------------------------------------------------

CAMEL = {
    "id": "7",
    "modelId": "m",
    "testTypes": ["a"],
    "status": "COMPLETED",
    "createdAt": "2026-01-02T00:00:00Z",
    "detailedReport": {"overallScore": 5},
}
SNAKE = {
    "assessment_id": "7",
    "model_id": "m",
    "test_types": ["a"],
    "status": "completed",
    "created_at": "2026-01-02T00:00:00Z",
    "report": {"overall_score": 5},
}


@pytest.mark.parametrize("sent", [CAMEL, SNAKE], ids=["camel", "snake"])
@pytest.mark.parametrize("bare", [True, False])
def test_both_spellings_are_read_with_and_without_an_envelope(sent: Any, bare: bool) -> None:
    api = ScriptedApi().on("GET /api/assessments/7", sent if bare else {"data": sent})
    with made(api) as client:
        found = client.assessments.retrieve("7")
        assert (found.id, found.model_id, found.test_types) == ("7", "m", ["a"])
        assert found.created_at == datetime(2026, 1, 2, tzinfo=UTC)
        assert found.detailed_report is not None
        assert found.detailed_report.overall_score == 5
        assert client.assessments.wait_for_completion("7", 0.01).status == sent["status"]
        assert client.job("7").result().result.overall_score == 5


def test_statuses_are_kept_and_unknown_ones_go_on() -> None:
    statuses = [None, "QUEUED", "Triaging", "Completed"]
    answers = [{"data": {"id": "7", "status": status}} for status in statuses]
    seen: list[Any] = []
    api = ScriptedApi().on("GET /api/assessments/7", *answers)
    with made(api) as client:
        final = client.assessments.wait_for_completion(
            "7", 0.001, on_progress=lambda now: seen.append(now.status)
        )
    assert seen == statuses
    assert final.status is not None
    assert final.status.value == "Completed"


@pytest.mark.parametrize(
    ("status", "error"), [("FAILED", redenlab.JobFailed), ("cancelled", redenlab.JobCancelled)]
)
def test_a_bad_end_is_returned_unless_an_error_is_wanted(status: str, error: Any) -> None:
    ended = {"data": {"id": "7", "status": status, "errorMessage": "no quota"}}
    api = ScriptedApi().on("GET /api/assessments/7", ended)
    with made(api) as client:
        assert client.assessments.wait_for_completion("7").status == status
        with pytest.raises(error):
            client.assessments.wait_for_completion("7", raise_on_failure=True)


def test_the_deadline_is_a_timeout_error_whose_job_goes_on() -> None:
    answers = [QUEUED] * 3 + [{"data": {"id": "7", "status": "completed"}}]
    api = ScriptedApi().on("GET /api/assessments/7", QUEUED)
    with made(api) as client:
        with pytest.raises(TimeoutError) as caught:
            client.assessments.wait_for_completion("7", 0.01, 0.03)
        assert isinstance(caught.value, redenlab.JobTimeout)
        api.on("GET /api/assessments/7", *answers)
        assert caught.value.job.wait(5).id == "7"


def test_async_callbacks_are_awaited_and_may_end_the_wait() -> None:
    seen: list[str] = []

    async def tell(now: Assessment) -> None:
        await anyio.lowlevel.checkpoint()
        seen.append(now.id)
        if len(seen) == 3:
            raise LookupError

    async def main() -> None:
        api = ScriptedApi().on("GET /api/assessments/7", QUEUED)
        async with AsyncModelRedClient(**options(api, api_key=KEY)) as client:
            with pytest.raises(LookupError):
                await client.assessments.wait_for_completion("7", 0.001, on_progress=tell)

    anyio.run(main)
    assert seen == ["7"] * 3


# ---- models -------------------------------------------------------------------------------------


def _catalogue(request: httpx.Request) -> httpx.Response:
    """Two hundred and fifty models, of which no search finds any."""
    query = request.url.params
    first = (int(query.get("page", "1")) - 1) * 100
    models = [{"id": f"id-{n}", "modelId": f"bot-{n}"} for n in range(250)]
    if request.url.path != "/api/models":
        return httpx.Response(404, json={"error": "no such id"})
    return httpx.Response(
        200, json={"data": [] if "search" in query else models[first : first + 100]}
    )


def test_a_slug_is_found_on_any_page() -> None:
    with made(_catalogue) as client:  # type: ignore[arg-type]
        assert client.models.retrieve("bot-249").id == "id-249"
        assert len(list(client.models.iterate())) == 250
        with pytest.raises(redenlab.NotFound, match="no model has the id or the slug bot-250"):
            client.models.retrieve("bot-250")


def test_provider_secrets_are_sent_and_never_shown() -> None:
    secret = "sk-very-secret"
    config = OpenAIConfig(api_key=secret, model_name="gpt")
    api = ScriptedApi().on("POST /api/models", httpx.Response(409, json={"error": "taken"}))
    with made(api) as client, pytest.raises(redenlab.Conflict) as caught:
        client.models.create(
            model_id="bot", provider="openai", display_name="Bot", provider_config=config
        )
    assert json.loads(api.requests[0].content)["providerConfig"] == {
        "api_key": secret,
        "model_name": "gpt",
    }
    assert (
        secret
        not in f"{config!r}{config._repr_html_()}{caught.value}{dict(config.__rich_repr__())}"
    )
    assert "***" in repr(config)
    assert dict(HuggingFaceConfig(model_name="a/b")) == {
        "model_name": "a/b",
        "use_inference_api": True,
        "task": "text-generation",
    }


def test_sync_and_async_have_the_same_methods() -> None:
    def public(owner: type) -> set[str]:
        return {name for name, _ in inspect.getmembers(owner) if not name.startswith("_")}

    assert public(ModelRedClient) == public(AsyncModelRedClient)


def test_retries_can_be_given_to_a_client() -> None:
    with made(ScriptedApi(), retry=Retry.off()) as client, pytest.raises(redenlab.NotFound):
        client.models.delete("7")
