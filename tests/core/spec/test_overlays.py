"""Overlays: what they add to a document, and which mistakes they are refused for."""

from pathlib import Path
from typing import Any

import pytest

from redenlab.core.errors import SpecError
from redenlab.core.spec.document import Spec
from redenlab.core.spec.located import read
from redenlab.core.spec.overlays import applied

DOCUMENT = b"""\
openapi: 3.1.0
paths:
  /batches:
    get: {operationId: list, tags: [a]}
    post: {operationId: make, tags: [a, b], deprecated: true}
  /files/{id}: {get: &get {operationId: look, responses: {}}, head: *get}
x-list:
- {name: one, size: 1}
- {name: two, size: 2}
- {name: one, size: 3}
"""

HEAD = "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n"

CHANGES: dict[str, tuple[str, Any]] = {
    "{target: $, update: {x-new: 1}}": ("x-new", 1),
    "{target: $.openapi, update: 3.0.3}": ("openapi", "3.0.3"),
    "{target: \"$.paths['/batches'].post\", update: {x-job: {a: 1}}}": (
        "paths./batches.post.x-job",
        {"a": 1},
    ),
    '{target: \'$["paths"]["/batches"].post\', update: {tags: c}}': (
        "paths./batches.post.tags",
        ["a", "b", "c"],
    ),
    "{target: \"$.paths['/batches'].post\", update: {tags: [c, d]}}": (
        "paths./batches.post.tags",
        ["a", "b", "c", "d"],
    ),
    "{target: \"$.paths['/batches'].post.deprecated\", remove: true}": (
        "paths./batches.post",
        {"operationId": "make", "tags": ["a", "b"]},
    ),
    "{target: \"$.paths['/batches'].*.tags\", remove: true}": (
        "paths./batches.get",
        {"operationId": "list"},
    ),
    "{target: '$.x-list[1].size', update: 20}": (
        "x-list",
        [{"name": "one", "size": 1}, {"name": "two", "size": 20}, {"name": "one", "size": 3}],
    ),
    "{target: \"$.x-list[?@.name == 'one']\", remove: true}": (
        "x-list",
        [{"name": "two", "size": 2}],
    ),
    "{target: '$.x-list[*]', remove: true}": ("x-list", []),
    "{target: \"$.paths['/files/{id}'].head\", update: {x: 1}}": (
        "paths./files/{id}.get",
        {"operationId": "look", "responses": {}},
    ),
}


def changed(action: str) -> Any:
    return applied(
        read(f"{HEAD}- {action}\n".encode(), "o.yaml"), read(DOCUMENT, "d.yaml"), "o.yaml"
    )


@pytest.mark.parametrize("action", CHANGES)
def test_an_action_changes_what_its_target_leads_to(action: str) -> None:
    where, expected = CHANGES[action]
    found = changed(action)
    for step in where.split("."):
        found = found[step]
    assert found == expected


def test_the_document_itself_stays_as_it_is() -> None:
    document = read(DOCUMENT, "d.yaml")
    before = read(DOCUMENT, "d.yaml")
    for action in CHANGES:
        applied(read(f"{HEAD}- {action}\n".encode(), "o.yaml"), document, "o.yaml")
    assert document == before


REFUSED = {
    "{target: $.nowhere, update: {a: 1}}": "o.yaml:4: \\$.nowhere leads to nothing",
    "{target: '$.x-list[7]', remove: true}": "o.yaml:4: .* leads to nothing",
    "{target: $..tags, remove: true}": "o.yaml:4: the target cannot be read from '..tags' on",
    "{target: paths, remove: true}": "o.yaml:4: the target cannot be read",
    "{target: $.paths}": "o.yaml:4: an action has either 'update' or 'remove: true'",
    "{target: $, update: {}, remove: true}": "o.yaml:4: an action has either",
    "{target: $, updated: {}}": "has no key 'updated'; did you mean 'update'",
    "{update: {}}": "o.yaml:4: .* needs the key 'target'",
    "text": "has to be a mapping",
}


@pytest.mark.parametrize("action", REFUSED)
def test_a_mistake_is_refused_with_its_line(action: str) -> None:
    with pytest.raises(SpecError, match=REFUSED[action]):
        changed(action)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("overlay: 2.0.0\ninfo: {}\nactions: []", "o.yaml:1: version 2.0.0 of overlays"),
        ("info: {}\nactions: []", "needs the key 'overlay'"),
        ("- 1", "has to be a mapping"),
        ("", "has to be a mapping"),
    ],
)
def test_what_is_no_overlay_is_refused(text: str, problem: str) -> None:
    with pytest.raises(SpecError, match=problem):
        applied(read(text.encode(), "o.yaml"), read(DOCUMENT, "d.yaml"), "o.yaml")


def test_what_an_overlay_adds_has_the_line_of_the_overlay(tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_bytes(DOCUMENT.replace(b"head: *get", b"head: {}"))
    action = "- target: $.paths['/batches'].post\n  update:\n    x-job: {a: 1}\n    tags: [c]\n"
    action += "- target: $\n  update: {x-client: {operations: [make]}}\n"
    (tmp_path / "d.overlay.yaml").write_text(HEAD + action)
    spec = Spec(tmp_path / "d.yaml")
    node = spec.document["paths"]["/batches"]["post"]
    assert spec.error(node["x-job"], "bad").message == "d.overlay.yaml:6: bad"
    assert spec.error(node, "bad", "x-job").message == "d.overlay.yaml:6: bad"
    assert spec.error(node, "bad", "operationId").message == "d.yaml:5: bad"
    assert list(spec.operations) == ["make"]


def test_an_overlay_elsewhere_is_named(tmp_path: Path) -> None:
    (tmp_path / "d.yaml").write_text("openapi: 3.1.0\npaths: {}\n")
    (tmp_path / "mine.yaml").write_text(f"{HEAD}- {{target: $, update: {{x-new: 1}}}}\n")
    assert Spec(tmp_path / "d.yaml", tmp_path / "mine.yaml").document["x-new"] == 1
    assert "x-new" not in Spec(tmp_path / "d.yaml").document
    with pytest.raises(SpecError, match=r"gone\.yaml: this cannot be read"):
        Spec(tmp_path / "d.yaml", tmp_path / "gone.yaml")
