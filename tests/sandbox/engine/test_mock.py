"""Clients of a spec run against its engine, sync and async."""

import anyio
import pytest

import redenlab
from redenlab import Poll
from redenlab.core import errors
from redenlab.core.spec.document import Spec
from redenlab.sandbox.engine.engine import Engine
from redenlab.sandbox.engine.mock import transport
from redenlab.sandbox.engine.scenario import Scenario, Setting
from scripted_api import BASE, EXAMPLES, KEY

PATH = EXAMPLES / "kiln.yaml"


def engine(**scenario: str) -> Engine:
    return Engine(Spec(PATH), key=KEY, setting=Setting(BASE), scenario=Scenario(**scenario))  # type: ignore[arg-type]


def options(made: Engine) -> dict[str, object]:
    return {
        "api_key": KEY,
        "base_url": BASE,
        "transport": transport(made),
        "poll": Poll(initial=0.001, max_interval=0.001),
    }


def test_a_sync_client_gets_the_result_that_was_served() -> None:
    made = engine()
    with redenlab.connect(PATH, **options(made)) as client:
        found = client.run(clay="red")
    (job,) = made.store.jobs
    assert job.result is not None
    assert (found.job_id, found.result) == (job.id, job.result.value)


def test_an_async_client_learns_why_a_job_failed() -> None:
    made = engine(end="3")

    async def main() -> None:
        async with redenlab.connect_async(PATH, **options(made)) as client:
            await client.run(clay="red")

    with pytest.raises(errors.JobFailed, match="the sandbox was told to end it so"):
        anyio.run(main)
