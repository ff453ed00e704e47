"""Every status and every condition of every example can be shown, and the core reads it so."""

from pathlib import Path

import pytest

from redenlab.core.spec.document import Spec
from redenlab.core.spec.expressions import MISSING, Scope
from redenlab.core.spec.job_spec import JobSpec
from redenlab.core.spec.x_job import job_specs
from redenlab.sandbox.engine.drafts import Draft, documented
from redenlab.sandbox.engine.invention import Inventor
from redenlab.sandbox.engine.looks import Look, fulfilled, looks, shows
from scripted_api import EXAMPLES


def job_of(name: str) -> tuple[Spec, JobSpec]:
    spec = Spec(EXAMPLES / f"{name}.yaml")
    return spec, job_specs(spec)[0]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("kiln", ["0", "1", "2", "3", "4", "states/0"]),
        ("press", ["no state", "states/2", "states/1", "states/0"]),
        ("ferry", ["0", "10", "20", "30", "40", "50", "60"]),
        (
            "anthropic_batches",
            ["in_progress", "canceling", "ended", "states/1", "states/0"],
        ),
    ],
)
def test_what_comes_before_the_end_comes_first(name: str, expected: list[str]) -> None:
    _, job = job_of(name)
    assert [look.name for look in looks(job)] == expected


@pytest.mark.parametrize("name", sorted(path.stem for path in EXAMPLES.glob("*.yaml")))
def test_some_response_shows_each(name: str) -> None:
    spec, job = job_of(name)
    polled = job.x_job.poll.operation or job.x_job.poll.matches
    for look in looks(job):
        draft = documented(spec, Inventor(spec.resolve, "1"), polled)[0]
        status = job.x_job.poll.status
        if status is not None and look.status is not None:
            draft.place(status, int(look.status) if look.status.isdecimal() else look.status)
        conditions = [rule.when for rule in job.x_job.states]

        def test(changed: Draft, look: Look = look) -> bool:
            return shows(job, look, changed.scope())

        found = fulfilled(spec, draft, conditions, test)
        assert found is not None, look
        assert shows(job, look, Scope().responded(found.raw()))


@pytest.mark.parametrize(
    ("condition", "changes"),
    [
        ("$response.body#/error/message == null", {}),
        ("$response.body#/error/message != null", {"error": str}),
        ("$response.body#/degrees > 900", {"degrees": 901}),
        ("$response.body#/degrees >= 900 && $response.body#/degrees < 901", {"degrees": 900}),
        ("!($response.body#/degrees == null)", {"degrees": int}),
        ("$response.body#/stage == 3 || $response.body#/stage == 4", {"stage": 3}),
    ],
)
def test_as_little_as_possible_is_changed(
    tmp_path: Path, condition: str, changes: dict[str, object]
) -> None:
    from redenlab.core.spec.conditions import holds

    spec, _ = job_of("kiln")
    draft = documented(spec, Inventor(spec.resolve, "1"), "get_firing")[0]
    draft.place("$response.body#/stage", 0)
    condition = condition.replace("/error/message", "/error")
    found = fulfilled(spec, draft, [condition], lambda changed: holds(condition, changed.scope()))
    assert found is not None
    differing = {k for k in {*draft.body, *found.body} if draft.body.get(k) != found.body.get(k)}
    assert differing == changes.keys()
    for name, value in changes.items():
        kept = found.body[name]
        assert isinstance(kept, value) if isinstance(value, type) else kept == value


def test_what_cannot_be_fulfilled_is_none() -> None:
    spec, _ = job_of("kiln")
    draft = documented(spec, Inventor(spec.resolve, "1"), "get_firing")[0]
    assert fulfilled(spec, draft, ["$response.body#/stage == 1"], lambda _: False) is None


def test_statuses_and_headers_are_changed_too() -> None:
    spec, job = job_of("mosaic")
    draft = documented(spec, Inventor(spec.resolve, "1"), "get_mosaic")[0]
    gone, picture = Look("states/0", "gone", rule=0), Look("states/1", "succeeded", rule=1)
    conditions = [rule.when for rule in job.x_job.states]
    refused = fulfilled(spec, draft, conditions, lambda each: shows(job, gone, each.scope()))
    assert refused is not None
    assert refused.status == 410
    found = fulfilled(spec, draft, conditions, lambda each: shows(job, picture, each.scope()))
    assert found is not None
    assert found.raw().headers["content-type"] == "image/png"
    assert found.value("$response.body") is MISSING
