"""`redenlab models`, and the names of models wherever they turn up."""

import json
from collections.abc import Callable
from io import StringIO
from typing import Any

import attrs
import pytest
from rich.console import Console

from redenlab.cli.models import Model, _table, fields
from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, record, records
from redenlab.ml.client import MODEL_NAMES
from redenlab_api.ml import models as schemas
from redenlab_api.ml.jobs import PREDICT

Invoke = Callable[..., Any]


def test_every_model_is_listed_with_the_fields_of_its_result(invoke: Invoke) -> None:
    listed = json.loads(invoke("models", "-o", "json").stdout)
    assert [model["name"] for model in listed] == list(MODEL_NAMES)
    for model in listed:
        schema: Any = getattr(schemas, PREDICT.spec.models[model["name"]].result)
        names = [each.name for each in attrs.fields(schema)]
        assert [each["name"] for each in model["fields"]] == names
        assert all(each["description"] for each in model["fields"])
    assert [model["default"] for model in listed].count(True) == 1


def test_fields_have_types_and_those_of_their_elements() -> None:
    by_name = {field.name: field for field in fields(schemas.SpeakerDiarisationResult)}
    assert by_name["speaker_count"].required
    assert by_name["duration"].type == "float | None"
    assert not by_name["duration"].required
    assert by_name["diarization"].type == "Records[SpeakerTurn] | None"
    (turn,) = by_name["diarization"].objects
    assert turn.type == "SpeakerTurn"
    assert turn.description == "A stretch of speech by one speaker; others may speak as well."
    assert [field.name for field in turn.fields] == ["speaker", "start", "end"]


class Whole(Record):
    """A thing."""

    weight: float | None = field(decoding.number, default=None)
    """In grams."""


class Pieces(Record):
    """What is left of it."""

    whole: Whole = field(record(lambda: Whole))
    more: "Records[Pieces] | None" = field(records(lambda: Pieces), default=None)


class Found(Record):
    """Something that a later spec may hold."""

    thing: Whole | Pieces = field(decoding.union(record(lambda: Whole), record(lambda: Pieces)))


def test_every_variant_of_a_union_is_shown_and_no_object_within_itself() -> None:
    (thing,) = fields(Found)
    whole, pieces = thing.objects
    assert (whole.type, pieces.type) == ("Whole", "Pieces")
    assert (pieces.fields[1].type, pieces.fields[1].objects) == ("Records[Pieces] | None", ())
    model = Model("thing", False, "A thing.", (), "Found", (thing,))
    assert _lines(model) == [
        "thing",
        "A thing.",
        "field         type                    description",
        "thing         Whole | Pieces",
        "  Whole                               A thing.",
        "    weight    float | None            In grams.",
        "  Pieces                              What is left of it.",
        "    whole     Whole",
        "      weight  float | None            In grams.",
        "    more      Records[Pieces] | None",
    ]


def _lines(model: Model) -> list[str]:
    console = Console(width=60, file=StringIO())
    console.print(_table(model))
    return [line.rstrip() for line in console.file.getvalue().splitlines() if line.strip()]


@pytest.mark.parametrize("name", MODEL_NAMES)
def test_one_model_is_shown_alone(invoke: Invoke, name: str) -> None:
    ended = invoke("models", name)
    assert json.loads(ended.stdout)["name"] == name
    assert ended.stderr == ""


def test_the_table_shows_what_may_be_absent(invoke: Invoke) -> None:
    table = invoke("models", "-o", "table").stdout
    rows = [line.split()[:2] for line in table.splitlines()]
    assert ["speaker_count", "int"] in rows
    assert ["duration", "float"] in rows
    assert ["start", "float"] in rows


def test_an_unknown_model_ends_with_4_and_close_names(invoke: Invoke) -> None:
    ended = invoke("models", MODEL_NAMES[0][:-2])
    assert ended.exit_code == 4
    assert f" hint  did you mean {MODEL_NAMES[0]} or " in ended.stderr


@pytest.mark.parametrize("command", ["predict x.wav -m ", "wait job --model ", "models "])
def test_the_shell_completes_names(
    invoke: Invoke, settings: dict[str, str | None], command: str
) -> None:
    words = f"redenlab {command}{MODEL_NAMES[0][:4]}"
    completion = {"_REDENLAB_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": words}
    settings.update(completion)
    ended = invoke(prog_name="redenlab")
    assert MODEL_NAMES[0] in ended.stdout
    assert MODEL_NAMES[1] not in ended.stdout


@pytest.mark.parametrize("command", ["predict", "wait"])
def test_help_names_every_model(
    invoke: Invoke, settings: dict[str, str | None], command: str
) -> None:
    settings["COLUMNS"] = settings["TERMINAL_WIDTH"] = "200"
    assert all(name in invoke(command, "--help").stdout for name in MODEL_NAMES)


def test_the_parameters_of_a_model_are_shown(invoke: Invoke) -> None:
    model = json.loads(invoke("models", "transcribe").stdout)
    language, speakers = model["parameters"]
    assert (language["type"], language["required"], language["default"]) == ("str", True, None)
    assert speakers == {
        "name": "max_speaker_count",
        "type": "int",
        "required": False,
        "default": 10,
        "schema": {"type": "integer", "minimum": 2, "maximum": 10},
        "description": speakers["description"],
    }
    assert json.loads(invoke("models", MODEL_NAMES[0]).stdout)["parameters"] == []


def test_the_table_has_the_bounds_and_the_default_of_a_parameter(
    invoke: Invoke, settings: dict[str, str | None]
) -> None:
    settings["COLUMNS"] = "200"
    rows = invoke("models", "transcribe", "-o", "table").stdout.splitlines()
    (language,) = (row for row in rows if row.startswith("-p language_code=      str  "))
    assert language.rstrip().endswith("(at least 2 characters)")
    (speakers,) = (row for row in rows if row.startswith("-p max_speaker_count=  int?  "))
    assert speakers.rstrip().endswith("(2 to 10; default 10)")
