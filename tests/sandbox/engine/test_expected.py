"""A request is for the step that it agrees with best."""

from typing import Any

import pytest

from redenlab.core.spec.document import Spec
from redenlab.core.spec.expressions import Headers, Scope
from redenlab.core.spec.steps import Step
from redenlab.lowlevel.types import RawResponse
from redenlab.sandbox.engine.expected import Expected, agrees, best
from redenlab.sandbox.engine.messages import Received
from redenlab.sandbox.engine.routes import Route, called
from scripted_api import EXAMPLES

BASE = "https://api.example.com"
SPEC = Spec(EXAMPLES / "speechmatics.yaml")
ROUTES = {name: Route(SPEC, name) for name in SPEC.operations}
JOB = Scope(job={"id": "7", "at": f"{BASE}/at/7?page=1"})


def expected(name: str, step: Step) -> Expected:
    def answer(_: Any) -> RawResponse:
        return RawResponse(404, {}, name.encode())

    return Expected(name, step, JOB, answer)


STEPS = [
    expected("poll", Step(operation="get_job", parameters={"job_id": "$job.id", "wait": 20})),
    expected("delete", Step(operation="delete_job", parameters={"job_id": "$job.id"})),
    expected(
        "cancel", Step(operation="delete_job", parameters={"job_id": "$job.id", "force": True})
    ),
    expected("look", Step(url="$job.at")),
    expected("push", Step(url="/push", method="POST", headers={"X-Do": "push"}, body=["$job.id"])),
    expected("call", Step(url="/push", method="POST", body={"id": "$job.id"})),
]


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("GET", "/v2/jobs/7?wait=20", "poll"),
        ("GET", "/v2/jobs/7", "poll"),
        ("GET", "/v2/jobs/8?wait=20", None),
        ("GET", "/v2/jobs/7?wait=21", None),
        ("DELETE", "/v2/jobs/7", "delete"),
        ("DELETE", "/v2/jobs/7?force=true", "cancel"),
        ("GET", "/at/7?page=1&more=2", "look"),
        ("GET", "/at/7", None),
        ("PUT", "/at/7?page=1", None),
    ],
)
def test_the_step_of_a_request(method: str, path: str, name: str | None) -> None:
    call = called(ROUTES.values(), Received(method, f"{BASE}{path}", Headers({})), BASE)
    found = best(STEPS, call, ROUTES, BASE)
    assert (found and found.name) == name


@pytest.mark.parametrize(
    ("headers", "body", "name"),
    [
        ({"x-do": "push"}, b'["7"]', "push"),
        ({"x-do": "pull"}, b'["7"]', None),
        ({}, b'{"id": "7", "more": 1}', "call"),
        ({}, b'{"id": "8"}', None),
        ({}, b"{", None),
    ],
)
def test_headers_and_bodies_tell_steps_apart(
    headers: dict[str, str], body: bytes, name: str | None
) -> None:
    sent = Headers({**headers, "content-type": "application/json"})
    call = called(ROUTES.values(), Received("POST", f"{BASE}/push", sent, body), BASE)
    found = best(STEPS, call, ROUTES, BASE)
    assert (found and found.name) == name


@pytest.mark.parametrize(
    ("template", "value", "fits"),
    [
        ("$job.id", "7", True),
        ("$job.id", "8", False),
        ("$job.unknown", "8", True),
        ("$file", b"RIFF", True),
        ({"each": "$job.list", "as": "$entry"}, [1, 2], True),
        ({"a": {"b": "$job.id"}}, {"a": {"b": "7"}}, True),
        ({"a": "$job.id"}, ["7"], False),
        (["$job.id", 1], ["7", 1], True),
        (["$job.id"], ["7", 1], False),
        (1.5, 1.5, True),
    ],
)
def test_what_a_client_may_have_made_of_a_template(template: Any, value: Any, fits: bool) -> None:
    assert agrees(template, value, JOB) is fits
