"""The smoke checks of the design document, sections C to E, against the sandbox."""

import compileall
import logging
import subprocess
import sys
from pathlib import Path

import anyio
import pytest

import redenlab.modelred
from processes import environment
from redenlab.modelred.client import AsyncModelRedClient, ModelRedClient
from redenlab.modelred.resources.assessments import AssessmentPriority
from redenlab.sandbox import Sandbox
from redenlab_api.modelred.models import Assessment, Model, Probe

pytestmark = pytest.mark.usefixtures("sandbox")


def test_probes_of_a_tier_are_counted() -> None:
    client = ModelRedClient()
    probes = client.probes.list(tier="free")
    client.close()
    assert len(probes.probes) == 2
    assert all(isinstance(each, Probe) for each in probes.probes)


def test_models_are_counted_and_iterated() -> None:
    async def main() -> list[Model]:
        async with AsyncModelRedClient() as client:
            models = await client.models.list()
            assert len(models) == 3
            return list(models)

    first, *_ = anyio.run(main)
    assert first.model_id == "support-bot"
    with ModelRedClient() as client:
        assert len(client.models.list()) == 3


def test_an_assessment_is_started_and_waited_for() -> None:
    client = ModelRedClient()
    assessment = client.assessments.create(
        model="careless-bot", test_types=["jailbreak"], priority=AssessmentPriority.NORMAL
    )
    final = client.assessments.wait_for_completion(
        assessment.id, poll_interval=0.02, timeout_seconds=1800
    )
    client.close()
    assert final.status is not None
    assert final.status.value == "completed"
    assert final.detailed_report is not None
    assert final.detailed_report.overall_score == 0


def test_timeouts_and_retries_come_from_the_environment(
    sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MODELRED_TIMEOUT", "7")
    monkeypatch.setenv("MODELRED_MAX_RETRIES", "0")
    sandbox.faults.add("status=503 times=1 at=modelred/probes.list")
    with ModelRedClient() as client:
        assert client.timeout == 7
        with pytest.raises(redenlab.ServerError) as caught:
            client.probes.list()
        assert caught.value.attempts == 1


@pytest.mark.parametrize("retries", ["-1", "many", "1.5"])
def test_a_number_of_retries_that_is_none_is_refused(
    retries: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MODELRED_MAX_RETRIES", retries)
    with pytest.raises(redenlab.ConfigurationError, match="MODELRED_MAX_RETRIES"):
        ModelRedClient()


def test_the_package_compiles() -> None:
    folder = Path(str(redenlab.modelred.__file__)).parent
    assert compileall.compile_dir(folder, quiet=1)


def test_importing_installs_no_log_handler() -> None:
    code = (
        "import logging; import redenlab.modelred.client, redenlab.modelred.resources;"
        "print([(n, lg.level, lg.handlers) for n, lg in logging.root.manager.loggerDict.items()"
        " if isinstance(lg, logging.Logger) and n.startswith('redenlab') and (lg.level"
        " or any(not isinstance(h, logging.NullHandler) for h in lg.handlers))],"
        "logging.root.handlers)"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[] []"
    assert logging.getLogger("redenlab.modelred").level == logging.NOTSET


def test_priorities_are_those_of_the_spec(client: ModelRedClient) -> None:
    for priority in AssessmentPriority:
        found = client.assess(model="support-bot", test_types=["encoding"], priority=priority)
        assert isinstance(found.data, Assessment)
        assert found.data.priority == priority
    with pytest.raises(redenlab.InputError, match="priority"):
        client.assess(model="support-bot", test_types=["encoding"], priority="urgent")


def test_no_key_can_be_made_with_the_client(client: ModelRedClient) -> None:
    assert not [name for name in dir(client) if "keys" in name.lower()]
