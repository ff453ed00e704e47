"""Batches: what each status allows, results at any time, and ten thousand items."""

import subprocess
import sys
from typing import Any

import anyio
import pytest

import redenlab.sandbox
from memory import PEAK
from processes import environment
from redenlab import Conflict, JobFailed, JobTimeout, NotFound
from redenlab.artificer import Artificer
from redenlab.artificer.models import BatchJob
from redenlab.sandbox import Sandbox

PHASES = [{"name": "echo"}]

GROWTH = {"rest": 16 * 1024, "trpc": 18 * 1024}
"""KiB; a batch may not take more than that on top of what the program has."""


def made(client: Artificer, status: str) -> str:
    """A job that is in a status."""
    failing = status == "FAILED"
    items = [{"input": "sandbox:fail" if failing else f"text {n}"} for n in range(4)]
    job = client.batch.create("states", items, PHASES, options={"auto_start": False})
    if status == "CANCELLED":
        client.batch.cancel(job.id)
    elif status != "PENDING":
        client.batch.start(job.id)
    if status == "PAUSED":
        client.batch.pause(job.id)
    if status in {"COMPLETED", "FAILED"}:
        client.batch.wait_for_completion(job.id, poll_interval=0.02)
    assert client.batch.get(job.id).status == status
    return job.id


RESULTS = {
    "start": {"PENDING": "RUNNING"},
    "pause": {"RUNNING": "PAUSED"},
    "resume": {"PAUSED": "RUNNING", "FAILED": "RUNNING"},
    "cancel": {
        "PENDING": "CANCELLED",
        "RUNNING": "CANCELLED",
        "PAUSED": "CANCELLED",
        "FAILED": "CANCELLED",
    },
}


@pytest.fixture(scope="module")
def slow() -> Any:
    """A sandbox in which nothing ends by itself while a test looks at it."""
    with redenlab.sandbox.running(processing=60) as running:
        yield running


@pytest.mark.parametrize("protocol", ["rest", "trpc"])
@pytest.mark.parametrize(
    "status", ["PENDING", "RUNNING", "PAUSED", "COMPLETED", "FAILED", "CANCELLED"]
)
@pytest.mark.parametrize("command", RESULTS)
def test_each_status_allows_some_commands(
    sandbox: Sandbox, slow: Sandbox, protocol: str, status: str, command: str
) -> None:
    ended = status in {"COMPLETED", "FAILED"}
    with (sandbox if ended else slow).artificer_client(protocol=protocol) as client:
        job_id = made(client, status)
        call = getattr(client.batch, command)
        expected = RESULTS[command].get(status)
        if expected is not None:
            assert call(job_id).status == expected
            return
        with pytest.raises(Conflict, match=f"Cannot {command} job in status: {status}"):
            call(job_id)
        assert client.batch.get(job_id).status == status


def test_a_running_job_cannot_be_deleted_and_any_other_is_gone(
    slow: Sandbox, client: Artificer
) -> None:
    with slow.artificer_client() as other:
        with pytest.raises(Conflict):
            other.batch.delete(made(other, "RUNNING"))
    job_id = made(client, "COMPLETED")
    client.batch.delete(job_id)
    assert job_id not in [each.id for each in client.batch.list(limit=100)]
    with pytest.raises(NotFound):
        client.batch.get(job_id)


def test_a_paused_job_stands_still_and_goes_on(client: Artificer) -> None:
    items = [{"input": str(n)} for n in range(20)]
    job = client.batch.create("pause", items, PHASES)
    client.batch.pause(job.id)
    first = client.batch.get(job.id)
    done = [each.status for each in client.batch.get_results(job.id)].count("COMPLETED")
    assert (first.status, done) == ("PAUSED", first.completed_items)
    client.batch.resume(job.id)
    final = client.batch.wait_for_completion(job.id, poll_interval=0.02)
    assert (final.status, final.completed_items) == ("COMPLETED", 20)


def test_progress_is_told_and_only_grows(client: Artificer) -> None:
    seen: list[int] = []
    job = client.batch.create("progress", [{"input": str(n)} for n in range(50)], PHASES)
    final = client.batch.wait_for_completion(
        job.id, poll_interval=0.02, on_progress=lambda now: seen.append(now.completed_items)
    )
    assert seen == sorted(seen)
    assert seen[-1] == final.completed_items == 50


def test_async_progress_is_awaited(sandbox: Sandbox) -> None:
    async def main() -> list[str]:
        seen: list[str] = []

        async def tell(now: BatchJob) -> None:
            await anyio.sleep(0)
            seen.append(now.status)

        async with sandbox.async_artificer_client() as client:
            job = await client.batch.create("a", [{"input": "b"}], PHASES)
            await client.batch.wait_for_completion(job.id, poll_interval=0.02, on_progress=tell)
        return seen

    assert anyio.run(main)[-1] == "COMPLETED"


def test_a_wait_ends_in_time_and_can_go_on(slow: Sandbox) -> None:
    with slow.artificer_client() as client:
        job = client.batch.create("a", [{"input": "b"}], PHASES)
        with pytest.raises(JobTimeout) as caught:
            client.batch.wait_for_completion(job.id, timeout=0.2, poll_interval=0.05)
        assert caught.value.job.id == job.id


def test_a_job_whose_items_fail_fails_with_results(client: Artificer) -> None:
    job = client.batch.create("a", [{"input": "sandbox:fail"}], PHASES)
    with pytest.raises(JobFailed, match="Every item failed"):
        client.batch.wait_for_completion(job.id, poll_interval=0.02, raise_on_failure=True)
    (only,) = client.batch.get_results(job.id)
    assert only.output is None
    assert [each.error for each in only.errors or ()] == ["The model was told to fail"]


def test_one_call_creates_waits_and_returns_typed_results(client: Artificer) -> None:
    done = client.run_batch(
        name="a",
        items=[{"input": "Hello", "metadata": {"row": 7}}],
        phases=[{"name": "t", "task_type": "translate"}],
        options={"auto_start": False},
    )
    (only,) = done.result
    assert (only.output, only.metadata, only.phase_outputs) == ("Hola", {"row": 7}, {"t": "Hola"})


def test_jobs_are_listed_by_status_and_page(client: Artificer) -> None:
    made(client, "CANCELLED")
    ids = [each.id for each in client.batch.list(status="CANCELLED", limit=100)]
    assert ids
    assert [each.id for each in client.batch.list(status="CANCELLED", limit=1)] == ids[:1]
    assert [each.id for each in client.batch.list(status="CANCELLED", offset=1)] == ids[1:21]


def test_analytics_count_the_items(client: Artificer) -> None:
    items = [{"input": "Hello"}, {"input": "sandbox:fail"}]
    job = client.batch.create("a", items, PHASES)
    client.batch.wait_for_completion(job.id, poll_interval=0.02)
    found = client.batch.get_analytics(job.id)
    assert found.overall is not None
    assert (found.overall.completed_items, found.overall.failed_items) == (1, 1)
    assert found.overall.success_rate == 50


BIG = f"""
import sys
from redenlab.artificer import Artificer

def run(count):
    items = [{{"input": f"text {{n}}"}} for n in range(count)]
    with Artificer(api_key=sys.argv[2], base_url=sys.argv[1], protocol=sys.argv[3]) as client:
        job = client.batch.create("big", items, [{{"name": "echo"}}])
        del items
        client.batch.wait_for_completion(job.id, poll_interval=0.1)
        results = client.batch.get_results(job.id)
        return sum(each.output is not None for each in results)

run(5)
before = {PEAK}
print(run(10000), {PEAK} - before)
"""


@pytest.mark.parametrize("protocol", GROWTH)
def test_ten_thousand_items_take_little_memory(sandbox: Sandbox, protocol: str) -> None:
    command = [sys.executable, "-c", BIG, sandbox.urls["artificer"], sandbox.api_key, protocol]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=True)
    count, growth = map(int, done.stdout.split())
    assert count == 10_000
    assert growth <= GROWTH[protocol]
