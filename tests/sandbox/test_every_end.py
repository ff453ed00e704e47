"""Backends that nobody wrote a server for, on real sockets, to every end that their specs have."""

from typing import Any

import pytest

from example_trees import EXAMPLES
from job_runs import BAD
from redenlab.sandbox.engine.looks import Look, looks
from sandbox.examples import served

NAMES = sorted(path.stem for path in EXAMPLES.glob("*.yaml"))
COMMANDS = ("mosaic", "openai_batch", "fal", "kiln", "ferry", "runpod", "artificer", "lathe")
"""Ended by an own URL, a step, a header, a number, parts and events."""


def ended(handle: Any, look: Look) -> Any:
    """What a job ended with, which ends as `look` says."""
    if not look.is_bad:
        return handle.result()
    with pytest.raises(BAD[look.state]) as caught:
        handle.result()
    return caught.value


@pytest.mark.parametrize("name", NAMES)
def test_every_job_ends_in_every_way_that_it_can(name: str) -> None:
    with served(name) as example:
        ends = [look for look in looks(example.job) if look.is_end]
        for look in ends:
            example.sandbox.forget()
            example.sandbox.respond(end=look.name)
            ended(example.submit(), look)


@pytest.mark.parametrize("name", COMMANDS)
def test_commands_end_jobs_too(name: str) -> None:
    with served(name, faults=["stuck times=always"]) as example:
        steps = example.job.x_job.steps
        ends = {look.state: look for look in looks(example.job) if look.is_end}
        handle = example.submit()
        handle.cancel()
        if "cancelled" in ends:
            ended(handle, ends["cancelled"])
        if "delete" in steps and "gone" in ends:
            handle = example.submit()
            handle.delete()
            ended(handle, ends["gone"])


@pytest.mark.parametrize("name", ["kiln", "ferry", "runpod", "apify"])
def test_a_job_that_failed_is_tried_again(name: str) -> None:
    with served(name) as example:
        bad = next(look for look in looks(example.job) if look.state == "failed")
        example.sandbox.respond(end=bad.name)
        handle = example.submit()
        ended(handle, bad)
        assert handle.retry().result().job_id


def test_reasons_reach_the_client() -> None:
    with served("runpod") as example:
        example.sandbox.respond(error="the worker is out of memory", end="TIMED_OUT")
        with pytest.raises(BAD["failed"], match="the worker is out of memory"):
            example.submit().result()
