"""Fields with several spellings, status values, and secrets."""

import json
import pickle
from io import StringIO

import pytest
from rich.console import Console

from redenlab.lowlevel import decoding
from redenlab.lowlevel.errors import SchemaError
from redenlab.lowlevel.records import Record, Records, field, records

SECRET = "sk-very-secret"


class Pot(Record):
    """A pot."""

    id: str = field(decoding.string, spellings=("pot_id", "name"))
    state: decoding.Status | None = field(decoding.status, default=None)
    glaze: str | None = field(decoding.string, default=None, secret=True)


class Shelf(Record):
    """Pots."""

    pots: Records[Pot] = field(records(lambda: Pot))


@pytest.mark.parametrize(
    "sent", [{"id": "7"}, {"pot_id": "7"}, {"name": "7"}, {"id": None, "name": "7"}]
)
def test_each_spelling_is_read_and_kept_under_the_name_of_the_field(sent: dict[str, str]) -> None:
    found = Pot.from_dict(sent)
    assert (found.id, found["id"], found.to_dict()) == ("7", "7", {"id": "7"})
    assert Shelf.from_dict({"pots": [sent]}).pots[0].id == "7"
    assert found.additional_properties == {}


def test_the_name_of_the_field_counts_before_other_spellings() -> None:
    found = Pot.from_dict({"name": "8", "id": "7"})
    assert (found.id, found.additional_properties) == ("7", {"name": "8"})


def test_a_value_that_is_missing_in_every_spelling_is_an_error() -> None:
    with pytest.raises(SchemaError, match="/id"):
        Pot.from_dict({"Id": "7"})


def test_a_status_is_a_text_with_a_value() -> None:
    found = Pot.from_dict({"id": "7", "state": "FIRED"})
    assert found.state is not None
    assert (found.state, found.state.value) == ("FIRED", "FIRED")
    assert type(found.state.value) is str
    assert type(found["state"]) is str
    assert json.dumps(found) == '{"id": "7", "state": "FIRED"}'
    assert pickle.loads(pickle.dumps(found)).state.value == "FIRED"
    assert Pot.from_dict({"id": "7", "state": None}).state is None


def test_a_secret_is_kept_and_never_shown() -> None:
    pot = Pot(id="7", glaze=SECRET)
    printed = StringIO()
    Console(file=printed).print(pot)
    shown = (repr(pot), pot._repr_html_(), Records([pot])._repr_html_(), printed.getvalue())
    assert not [text for text in shown if SECRET in text]
    assert all("***" in text for text in shown)
    assert (pot.glaze, pot.to_dict()["glaze"]) == (SECRET, SECRET)
