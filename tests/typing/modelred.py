"""Types that callers of ModelRed see; checked, never run."""

from typing import assert_type

from redenlab import AsyncListing, Listing
from redenlab.modelred import AssessmentPriority, AsyncModelRedClient, ModelRedClient
from redenlab_api.modelred.models import Assessment, Model, ProbeIndex, Report


def sync(client: ModelRedClient) -> None:
    assert_type(client.probes.list(tier="free"), ProbeIndex)
    assert_type(client.models.list(), list[Model])
    assert_type(client.models.iterate(provider="openai"), Listing[Model])
    assert_type(client.models.retrieve("bot"), Model)
    priority = AssessmentPriority.NORMAL
    made = client.assessments.create(model="bot", test_types=["jailbreak"], priority=priority)
    assert_type(made, Assessment)
    final = client.assessments.wait_for_completion(made.id, on_progress=lambda now: now.progress)
    assert_type(final.detailed_report, Report | None)
    assert_type(client.assess(model="bot", test_types=["jailbreak"]).result, Report)
    assert_type(client.assessments_v2.find(model="bot", probe_pack_ids=["p"]), list[Assessment])


async def awaited(client: AsyncModelRedClient) -> None:
    async def tell(now: Assessment) -> None: ...

    assert_type(await client.models.list(), list[Model])
    assert_type(client.models.iterate(), AsyncListing[Model])
    assert_type(await client.assessments.wait_for_completion("7", on_progress=tell), Assessment)
    assert_type((await client.assess(model="bot", test_types=["jailbreak"])).result, Report)


def a_misspelt_provider_is_a_mistake(client: ModelRedClient) -> None:
    client.models.iterate(provider="opeani")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
