"""Values are placed in responses, and what is missing on the way is made."""

from typing import Any

import pytest

from redenlab.core.spec.document import Spec
from redenlab.core.spec.expressions import MISSING
from redenlab.sandbox.engine.drafts import Draft, documented
from redenlab.sandbox.engine.invention import Inventor
from scripted_api import EXAMPLES

LOOM = Spec(EXAMPLES / "loom.yaml")
MOSAIC = Spec(EXAMPLES / "mosaic.yaml")


def draft_of(spec: Spec, operation: str | None, media: str = "json") -> Draft:
    return documented(spec, Inventor(spec.resolve, "1"), operation, media)[0]


@pytest.mark.parametrize(
    ("expression", "value", "expected"),
    [
        ("$response.body#/jobs/0/why", "torn", [{"id": str, "state": str, "why": "torn"}]),
        ("$response.body#/jobs/1/why", "x", [{"id": str}, {"id": str, "why": "x"}]),
        ("$response.body#/jobs/*/why", "x", [{"why": "x"}]),
        ("$response.body#/jobs", [], []),
        ("$poll.body#/jobs/0/id", "7", [{"id": "7"}]),
    ],
)
def test_what_is_missing_on_the_way_is_invented(
    expression: str, value: Any, expected: list[dict[str, Any]]
) -> None:
    draft = draft_of(LOOM, "ask")
    draft.place(expression, value)
    found = draft.body["jobs"]
    assert len(found) == len(expected)
    for item, wanted in zip(found, expected, strict=True):
        for name, kind in wanted.items():
            assert isinstance(item[name], kind) if isinstance(kind, type) else item[name] == kind


@pytest.mark.parametrize(
    ("expression", "body"),
    [
        ("$response.body#/a/0/b", {"a": [{"b": 1}]}),
        ("$response.body#/a/b", {"a": {"b": 1}}),
        ("$response.body", 1),
    ],
)
def test_a_body_of_which_nothing_is_known_grows(expression: str, body: Any) -> None:
    draft = draft_of(LOOM, None)
    draft.place(expression, 1)
    assert draft.body == body


def test_what_is_removed_is_gone() -> None:
    draft = draft_of(LOOM, None)
    draft.place("$response.body#/a/b", 1)
    draft.place("$response.body#/a/b", MISSING)
    draft.place("$response.body#/c/d", MISSING)
    draft.place("$response.header.Location", "https://x.example.com")
    draft.place("$response.header.location", MISSING)
    assert (draft.body, draft.headers) == ({"a": {}}, {})


def test_a_copy_is_another() -> None:
    draft = draft_of(LOOM, None)
    other = draft.copy()
    other.place("$response.body#/a", 1)
    other.place("$statusCode", 404)
    other.place("$response.header.A", "b")
    assert (draft.body, draft.status, draft.headers) == ({}, 200, {})


def test_what_the_schema_has_is_known() -> None:
    draft = draft_of(LOOM, "ask")
    assert draft.knows("$response.body#/jobs/0/id")
    assert draft.knows("$response.header.Any")
    assert not draft.knows("$response.body#/jobs/0/other")
    assert not draft_of(LOOM, "change").knows("$response.body#/a")


@pytest.mark.parametrize(
    ("operation", "media", "status", "kind"),
    [
        ("lay", "json", 202, "application/json"),
        ("get_mosaic", "json", 200, "application/json"),
        ("get_mosaic", "binary", 200, "image/png"),
        ("stop_mosaic", "json", 204, None),
    ],
)
def test_a_documented_success_is_the_beginning(
    operation: str, media: str, status: int, kind: str | None
) -> None:
    raw = draft_of(MOSAIC, operation, media).raw()
    assert (raw.status_code, raw.headers.get("content-type")) == (status, kind)
    assert bool(raw.content) is (kind is not None)
