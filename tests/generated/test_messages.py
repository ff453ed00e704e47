"""The AsyncAPI document of a socket: what it says is generated, and what it lacks is refused."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from messages import Messages
from redenlab.core.errors import SpecError
from redenlab_api.dalston import realtime

PATH = Path(__file__).parents[2] / "openapi" / "dalston-realtime.yaml"
TEXT = PATH.read_text()
DOCUMENT: dict[str, Any] = yaml.safe_load(TEXT)
CHANNEL = DOCUMENT["channels"]["stream"]


def edited(folder: Path, old: str, new: str) -> Messages:
    assert old in TEXT
    path = folder / PATH.name
    path.write_text(TEXT.replace(old, new, 1))
    return Messages(path)


def references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if "$ref" in node else []
        return own + [found for inner in node.values() for found in references(inner)]
    return (
        [found for inner in node for found in references(inner)] if isinstance(node, list) else []
    )


def test_every_reference_leads_somewhere() -> None:
    for reference in references(DOCUMENT):
        node: Any = DOCUMENT
        for step in reference.removeprefix("#/").split("/"):
            node = node[step]
        assert node


def test_every_message_of_the_channel_is_of_one_direction() -> None:
    operations = DOCUMENT["operations"]
    named = [each["$ref"].rpartition("/")[2] for o in operations.values() for each in o["messages"]]
    assert sorted(named) == sorted(CHANNEL["messages"])
    assert sorted(named) == sorted(DOCUMENT["components"]["messages"])


def test_every_parameter_and_property_is_described_and_generated() -> None:
    messages = Messages(PATH)
    assert realtime.PATH == messages.address == CHANNEL["address"]
    query = CHANNEL["bindings"]["ws"]["query"]["properties"]
    assert list(realtime.StreamOptions.__annotations__) == list(query)
    for name, schema in DOCUMENT["components"]["schemas"].items():
        fields = getattr(realtime, name).__fields__
        assert [each.wire for each in fields.values()] == list(schema["properties"])
        required = [each.wire for each in fields.values() if each.required]
        assert set(required) == set(schema.get("required", ()))


def test_defaults_are_possible_values() -> None:
    for says in realtime.PARAMETERS.values():
        default = says.get("default")
        assert default is None or default in says.get("enum", [default])
        assert default is None or says.get("minimum", default) <= default


@pytest.mark.parametrize("table", [realtime.CLOSE_CODES, realtime.ERROR_CODES])
def test_codes_stand_for_statuses(table: dict[Any, int | None]) -> None:
    assert {400, 429, 503} <= set(table.values()) <= {None, 400, 401, 403, 404, 408, 429, 500, 503}


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("asyncapi: 3.0.0", "asyncapi: 2.6.0", "1: the document is no AsyncAPI 3"),
        ("description: All of the utterance so far.", "title: a", "'text' has no description"),
        ("retention: {type: integer", "retention: {type: file", "the type 'file' is not read here"),
        ("messages/flush'}\n      -", "messages/flushed'}\n      -", "no message 'flushed'"),
    ],
)
def test_what_cannot_be_generated_is_refused(
    tmp_path: Path, old: str, new: str, problem: str
) -> None:
    with pytest.raises(SpecError, match=problem) as caught:
        found = edited(tmp_path, old, new)
        assert found.records
        assert found.parameters
        assert found.changes
    assert caught.value.message.startswith("dalston-realtime.yaml:")
