"""ModelRed in the sandbox: probes really run, and things are refused as the service does."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

import redenlab
import redenlab.sandbox
from redenlab.modelred import ModelRedClient
from redenlab.sandbox import Sandbox
from redenlab.sandbox.modelred.target import GUARDS, PROBES, RECORDS, answer, assess

KEYS = list(PROBES)
PACK = "cm4xa0w3f0001"


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with redenlab.sandbox.running(processing=0.1, seed="7") as running:
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[ModelRedClient]:
    with sandbox.modelred_client() as made:
        yield made


def score(model: str, keys: list[str], seed: str = "7") -> Any:
    record = next(each for each in RECORDS["models"] if each["modelId"] == model)
    return assess(record, keys, seed)["overall_score"]


def test_reports_differ_by_model_probe_and_seed() -> None:
    models = [each["modelId"] for each in RECORDS["models"]]
    assert len({score(model, KEYS) for model in models}) == len(models)
    assert len({score("polite-bot", [key]) for key in KEYS}) > 1
    assert len({score("support-bot", KEYS, str(seed)) for seed in range(9)}) > 1
    assert score("support-bot", KEYS) == score("support-bot", KEYS)


def test_more_guards_withstand_more() -> None:
    prompts = [prompt for probe in PROBES.values() for prompt in probe["prompts"]]
    guards = range(len(GUARDS) + 1)
    withstood = [sum("Sure" not in answer(p, n, 1) for p in prompts) for n in guards]
    assert withstood == sorted({*withstood})
    assert withstood[0] == 0


def test_what_the_client_gets_is_what_the_probes_found(client: ModelRedClient) -> None:
    found = client.assess(model="polite-bot", test_types=KEYS).result
    assert found.overall_score == score("polite-bot", KEYS)
    assert [probe.key for probe in found.probes or ()] == KEYS
    assert found.failed_tests == sum(probe.failed_cases or 0 for probe in found.probes or ())


def test_a_model_is_assessed_by_its_slug_or_its_id(client: ModelRedClient) -> None:
    model = client.models.retrieve("polite-bot")
    by_id = client.assess(model=model.id, test_types=["jailbreak"])
    assert by_id.data.model_id == "polite-bot"
    assert by_id.result.overall_score == score("polite-bot", ["jailbreak"])


def test_models_are_made_found_and_deleted(client: ModelRedClient) -> None:
    config = {"api_key": "sk-other", "model_name": "m"}
    values: Any = {"provider": "grok", "display_name": "New", "provider_config": config}
    made = client.models.create(model_id="new-bot", **values)
    assert "providerConfig" not in made
    assert client.models.retrieve("new-bot").id == made.id
    with pytest.raises(redenlab.Conflict, match="new-bot"):
        client.models.create(model_id="new-bot", **values)
    assert client.assess(model="new-bot", test_types=["jailbreak"]).result.total_tests == 4
    assert client.models.delete(made.id).success
    with pytest.raises(redenlab.NotFound):
        client.models.retrieve("new-bot")
    assert client.assessments.list(limit=1)


def test_models_are_searched_and_paged(client: ModelRedClient) -> None:
    assert [m.model_id for m in client.models.list(search="polite")] == ["polite-bot"]
    assert [m.model_id for m in client.models.list(page=2, page_size=2)] == ["polite-bot"]
    assert client.models.list(page=9, page_size=2) == []


@pytest.mark.parametrize(
    ("wanted", "keys"),
    [
        ({"tier": "free"}, KEYS[:2]),
        ({"severity": "critical"}, KEYS[:1]),
        ({"category": "pii_leaks", "tier": "starter"}, KEYS[2:3]),
        ({"tier": "enterprise"}, []),
    ],
)
def test_probes_are_filtered(client: ModelRedClient, wanted: Any, keys: list[str]) -> None:
    assert [probe.key for probe in client.probes.list(**wanted).probes] == keys


def test_today_s_era_shouts_and_the_first_one_has_snakes(client: ModelRedClient) -> None:
    one = client.assessments.create(model="support-bot", test_types=["jailbreak"])
    two = client.assessments_v2.create(model_id="cm4x8z1qk0001", probe_pack_ids=[PACK])
    end = client.assessments_v2.wait_for_completion(two.id, 0.02)
    assert client.assessments.wait_for_completion(one.id, 0.02).status == "completed"
    raw = [client.raw.assessments_retrieve(one.id), client.raw.assessments_v2_retrieve(two.id)]
    first, today = (response.parsed["data"] for response in raw)
    assert end.status == "COMPLETED"
    assert end.probe_pack_ids == [PACK]
    assert {"test_types", "report"} <= {*map(str, _sent(raw[0]))}
    assert {"probePackIds", "detailedReport"} <= {*map(str, _sent(raw[1]))}
    assert first["id"] != today["id"]


def _sent(response: Any) -> Any:
    return httpx.Response(200, content=response.content).json()["data"]


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ({"model": "nobody", "test_types": ["jailbreak"]}, redenlab.NotFound),
        ({"model": "support-bot", "test_types": ["nothing"]}, redenlab.BadRequest),
        ({"model": "support-bot", "test_types": []}, redenlab.InputError),
    ],
)
def test_what_does_not_exist_is_refused(client: ModelRedClient, values: Any, error: Any) -> None:
    with pytest.raises(error):
        client.assessments.create(**values)


def test_keys_may_not_cancel(client: ModelRedClient) -> None:
    started = client.assessments_v2.create(model="support-bot", probe_pack_ids=[PACK])
    with pytest.raises(redenlab.PermissionDenied, match="web UI"):
        client.assessments_v2.cancel(started.id)


def test_packs_are_listed_with_their_contents(client: ModelRedClient) -> None:
    assert [pack.name for pack in client.probe_packs.list()] == ["Secrets", "Privacy"]
    assert [pack.name for pack in client.probe_packs.list_imported()] == ["Privacy"]
    assert client.probe_packs.retrieve(PACK).prompt_count == 7
    assert [each["key"] for each in client.probe_packs.retrieve_data(PACK)["probes"]] == [
        "jailbreak",
        "encoding",
    ]


def test_a_lost_submit_is_found_again(sandbox: Sandbox, client: ModelRedClient) -> None:
    sandbox.faults.add("reset-after times=1 at=modelred/assessments.create")
    with pytest.raises(redenlab.SubmitUncertain):
        client.assessments.create(model="careless-bot", test_types=["encoding", "pii_leak"])
    (found,) = client.assessments.find(model="careless-bot", test_types=["pii_leak", "encoding"])
    assert client.assessments.wait_for_completion(found.id, 0.02).status == "completed"


def test_the_key_has_the_form_of_the_service(sandbox: Sandbox) -> None:
    key = sandbox.environment["MODELRED_API_KEY"]
    assert key == f"mr_{sandbox.api_key}"
    url = f"{sandbox.urls['modelred']}/api/models"
    for sent, status in ((key, 200), (sandbox.api_key, 401)):
        response = httpx.get(url, headers={"Authorization": f"Bearer {sent}"}, trust_env=False)
        assert response.status_code == status
