"""JSON objects with typed attributes."""

import copy
import datetime
import json
import pickle
from typing import Any

import attrs
import pytest

from redenlab.lowlevel import decoding
from redenlab.lowlevel.errors import SchemaError
from redenlab.lowlevel.records import Record, Records, field, json_schema, record, records


class Word(Record):
    """A word."""

    text: str = field(decoding.string)
    """As spoken."""
    start: float = field(decoding.number)
    """Seconds from the
    beginning."""
    speaker: str | None = field(decoding.string, name="spokenBy", default=None)


class Talk(Record):
    """A recording."""

    at: datetime.datetime | None = field(decoding.instant, default=None)
    words: Records[Word] | None = field(records(lambda: Word), default=None)
    best: Word | None = field(record(lambda: Word), default=None)
    note: str | None = field(decoding.union(decoding.null, decoding.string), default=None)
    level: int | None = field(decoding.integer, default=5)
    inner: "Talk | None" = field(record(lambda: Talk), default=None)
    after: "Talk | None" = field(decoding.union(decoding.null, record(lambda: Talk)), default=None)


class Counts(Record, rest=record(lambda: Word)):
    """Words by key."""


HELLO = {"text": "hello", "start": 0.5, "spokenBy": "A"}
SENT: dict[str, Any] = {
    "at": "2025-01-15T10:30:00Z",
    "words": [HELLO, {"text": "you", "start": 1}],
    "best": HELLO,
    "new": [1, {"x": None}],
}


def test_a_record_is_the_json_object_as_it_was_sent() -> None:
    talk = Talk.from_dict(SENT)
    assert talk == SENT
    assert json.loads(json.dumps(talk)) == SENT
    assert talk.to_dict() == SENT
    assert type(talk.to_dict()["best"]) is dict
    assert talk.additional_properties == {"new": [1, {"x": None}]}


def test_attributes_are_typed() -> None:
    talk = Talk.from_dict(SENT)
    assert talk.at == datetime.datetime(2025, 1, 15, 10, 30, tzinfo=datetime.UTC)
    assert talk.words is not None
    assert [word.start for word in talk.words] == [0.5, 1]
    assert (talk.words[0].speaker, talk.words[1].speaker) == ("A", None)
    assert talk.words is talk.words
    assert talk["words"][0].text == "hello"
    assert talk.note is None


def test_reading_a_record_leaves_the_object_that_it_was_read_from_alone() -> None:
    source = copy.deepcopy(SENT)
    Talk.from_dict(source)
    assert type(source["words"][0]) is dict


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"words": [HELLO, {"text": "you"}]}, "/words/1/start"),
        ({"words": [HELLO, {"text": 5, "start": 1}]}, "/words/1/text"),
        ({"words": {}}, "/words"),
        ({"best": {"text": "x", "start": True}}, "/best/start"),
        ({"at": "soon"}, "/at"),
        ({"note": 5}, "/note"),
        ({"inner": {"words": [1]}}, "/inner/words/0"),
    ],
)
def test_what_does_not_fit_is_named_by_its_pointer(change: Any, path: str) -> None:
    with pytest.raises(SchemaError) as caught:
        Talk.from_dict(SENT | change)
    assert caught.value.path == path


def test_what_is_tolerated_stays_in_the_mapping_and_is_none_as_an_attribute() -> None:
    talk, notes = decoding.tolerant(Talk.from_dict, SENT | {"at": 5, "best": {"text": "x"}})
    assert (talk.at, talk["at"]) == (None, 5)
    assert (talk.best, talk["best"]) == (None, {"text": "x"})
    assert len(notes) == 2


def test_a_record_is_made_of_typed_values_and_holds_json() -> None:
    moment = datetime.datetime(2025, 1, 15, tzinfo=datetime.UTC)
    talk = Talk(at=moment, best=Word(text="x", start=1, speaker="B"))
    assert talk == {
        "at": "2025-01-15T00:00:00+00:00",
        "best": {"text": "x", "start": 1, "spokenBy": "B"},
        "level": 5,
    }
    assert talk.at == moment


def test_none_is_sent_where_the_service_takes_null_and_left_out_elsewhere() -> None:
    assert Talk(note=None, at=None, level=None) == {"note": None}
    assert Talk(after=None, inner=None, level=None) == {"after": None}
    assert Talk() == {"level": 5}


def test_attributes_can_be_set_and_stay_typed() -> None:
    talk = Talk.from_dict(SENT)
    talk.words = Records([Word(text="new", start=2)])
    talk.at = None
    assert talk["words"] == [{"text": "new", "start": 2}]
    assert "at" not in talk
    with pytest.raises(SchemaError):
        talk.best = {"text": "x"}  # type: ignore[assignment]
    with pytest.raises(AttributeError, match="no field 'wrods'"):
        talk.wrods = []  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ({"text": "x"}, "Word needs the field 'start'"),
        ({"text": "x", "start": 1, "sart": 2}, "Word has no field 'sart'"),
    ],
)
def test_a_wrong_argument_is_a_type_error(values: Any, text: str) -> None:
    with pytest.raises(TypeError, match=text):
        Word(**values)


def test_records_under_any_key_are_typed() -> None:
    counts = Counts.from_dict({"a": HELLO})
    assert counts["a"].text == counts.additional_properties["a"].text == "hello"
    with pytest.raises(SchemaError) as caught:
        Counts.from_dict({"a": {"text": "x"}})
    assert caught.value.path == "/a/start"


@pytest.mark.parametrize(
    "copied", [copy.copy, copy.deepcopy, lambda r: pickle.loads(pickle.dumps(r)), Talk.copy]
)
def test_copies_are_equal_and_of_the_same_class(copied: Any) -> None:
    talk = Talk.from_dict(SENT)
    found = copied(talk)
    assert found == talk
    assert found is not talk
    assert type(found) is Talk
    assert type(found.words) is Records


def test_attrs_knows_the_fields() -> None:
    word = Word.from_dict(HELLO)
    assert attrs.has(Word)
    assert attrs.asdict(word) == {"text": "hello", "start": 0.5, "speaker": "A"}
    assert attrs.asdict(Talk.from_dict(SENT))["words"][1]["start"] == 1
    assert attrs.evolve(word, text="bye") == HELLO | {"text": "bye"}
    assert [each.name for each in attrs.fields(Word)] == ["text", "start", "speaker"]


def test_a_record_reads_as_the_call_that_makes_it() -> None:
    assert repr(Word.from_dict(HELLO)) == "Word(text='hello', start=0.5, speaker='A')"
    long = Talk.from_dict({"words": [HELLO] * 5, "at": "2025-01-15T10:30:00Z", "x": [1] * 9})
    assert "… 2 more]" in repr(long)
    assert "**{'x': [1, 1, 1, … 6 more]}" in repr(long)


def test_a_signed_query_is_not_shown() -> None:
    word = Word(text="https://a.example/b?X-Amz-Signature=secret", start=1)
    assert "secret" not in repr(word) + word._repr_html_()


def test_a_record_within_itself_has_a_schema() -> None:
    schema = json_schema(Talk)
    assert schema["properties"]["inner"] == {"type": "object", "title": "Talk"}
    assert schema["properties"]["words"]["items"]["required"] == ["text", "start"]
    assert "required" not in schema


def test_rows_have_every_field() -> None:
    words = Talk.from_dict(SENT).words
    assert words is not None
    assert words.rows() == [
        {"text": "hello", "start": 0.5, "speaker": "A"},
        {"text": "you", "start": 1, "speaker": None},
    ]


def test_tables_in_notebooks_are_escaped_and_cut() -> None:
    words = Records([Word(text="<b>", start=n) for n in range(60)])
    page = words._repr_html_()
    assert "&lt;b&gt;" in page
    assert "<b>" not in page
    assert page.count("<tr>") == 51
    assert "60 × Word" in page


def test_descriptions_stand_below_the_fields() -> None:
    from redenlab.lowlevel.display import descriptions

    assert descriptions(Word) == {"text": "As spoken.", "start": "Seconds from the beginning."}
    assert "Seconds from the beginning." in Word.from_dict(HELLO)._repr_html_()
