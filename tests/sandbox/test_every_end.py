"""Backends that nobody wrote a server for, over real sockets, to every end that their specs have."""

from typing import Any

import pytest

from example_trees import EXAMPLES
from job_runs import BAD
from redenlab.sandbox.engine.looks import Look, looks
from sandbox.examples import Example, served

NAMES = sorted(path.stem for path in EXAMPLES.glob("*.yaml"))
COMMANDS = {"cancel": "cancelled", "delete": "gone"}


def ended(handle: Any, look: Look) -> Any:
    """What a job ended with, which ends as `look` says."""
    if not look.is_bad:
        return handle.result()
    with pytest.raises(BAD[look.state]) as caught:
        handle.result()
    return caught.value


def check_end(served_example: Example, look: Look) -> None:
    sandbox = served_example.sandbox
    sandbox.forget()
    sandbox.respond(end=look.name)
    ended(served_example.submit(), look)
    assert [job.status for job in sandbox.jobs][-1] == look.name


@pytest.mark.parametrize("name", NAMES)
def test_every_job_ends_in_every_way_that_it_can(name: str) -> None:
    with served(name) as example:
        ends = [look for look in looks(example.job) if look.is_end]
        for look in ends:
            example.sandbox.forget()
            example.sandbox.respond(end=look.name)
            ended(example.submit(), look)
