"""Which condition of a job a response fulfils."""

import pytest

from redenlab.core.spec.document import Spec
from redenlab.core.spec.expressions import Scope
from redenlab.core.spec.job_spec import JobSpec
from redenlab.core.spec.x_job import job_specs
from redenlab.lowlevel.types import RawResponse
from scripted_api import EXAMPLES


def job_of(name: str) -> JobSpec:
    return job_specs(Spec(EXAMPLES / f"{name}.yaml"))[0]


@pytest.mark.parametrize(
    ("name", "status", "body", "expected"),
    [
        ("google_speech", 200, b'{"done": true}', 2),
        ("google_speech", 200, b'{"error": {"code": 1}, "done": true}', 0),
        ("google_speech", 200, b'{"name": "x"}', None),
        ("google_speech", 500, b'{"done": true}', None),
        ("kiln", 410, b"", 0),
        ("kiln", 404, b"", None),
        ("loom", 200, b"{}", None),
    ],
)
def test_the_first_true_condition_counts(
    name: str, status: int, body: bytes, expected: int | None
) -> None:
    """A refusal fulfils only conditions that name the status."""
    job = job_of(name)
    found = job.rule(Scope().responded(RawResponse(status, {}, body)))
    assert found == (None if expected is None else job.x_job.states[expected])
