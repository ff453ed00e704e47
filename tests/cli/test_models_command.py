"""`redenlab models`, and the names of models wherever they turn up."""

import json
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from redenlab.cli.models import fields
from redenlab.cli.options import matching_models
from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field
from redenlab.ml.client import MODEL_NAMES
from redenlab_api.ml import models as schemas
from redenlab_api.ml.jobs import PREDICT

Invoke = Callable[..., Any]


def test_every_model_is_listed_with_the_fields_of_its_result(invoke: Invoke) -> None:
    records = json.loads(invoke("models", "-o", "json").stdout)
    assert [record["name"] for record in records] == list(MODEL_NAMES)
    for record in records:
        schema: Any = getattr(schemas, PREDICT.spec.models[record["name"]].result)
        names = [field.name for field in attrs.fields(schema)]
        assert [field["name"] for field in record["fields"]] == names
        assert all(field["description"] for field in record["fields"])
    assert [record["default"] for record in records].count(True) == 1


def test_fields_have_types_and_those_of_their_elements() -> None:
    by_name = {field.name: field for field in fields(schemas.SpeakerDiarisationResult)}
    assert by_name["speaker_count"].required
    assert by_name["duration"].type == "float"
    assert not by_name["duration"].required
    assert by_name["diarization"].type == "Records[SpeakerTurn]"
    assert [field.name for field in by_name["diarization"].fields] == ["speaker", "start", "end"]


class Odd(Record):
    """Something that a later spec may hold."""

    words: dict[str, int] | None = field(decoding.mapping, default=None)
    """A description that
    goes on in the next line."""
    silent: str = field(decoding.string, default="")


def test_descriptions_may_span_lines_and_types_may_be_unions() -> None:
    words, silent = fields(Odd)
    assert words.type == "dict[str, int]"
    assert words.description == "A description that goes on in the next line."
    assert silent.description == ""


@pytest.mark.parametrize("name", MODEL_NAMES)
def test_one_model_is_shown_alone(invoke: Invoke, name: str) -> None:
    ended = invoke("models", name)
    assert json.loads(ended.stdout)["name"] == name
    assert ended.stderr == ""


def test_the_table_marks_what_may_be_absent(invoke: Invoke) -> None:
    table = invoke("models", "-o", "table").stdout
    rows = [line.split()[:2] for line in table.splitlines()]
    assert ["speaker_count", "int"] in rows
    assert ["duration", "float?"] in rows
    assert ["start", "float"] in rows


def test_an_unknown_model_ends_with_4_and_close_names(invoke: Invoke) -> None:
    ended = invoke("models", MODEL_NAMES[0][:-2])
    assert ended.exit_code == 4
    assert f" hint  did you mean {MODEL_NAMES[0]} or " in ended.stderr


def test_names_are_completed_from_the_generated_table() -> None:
    assert matching_models("") == list(MODEL_NAMES)
    assert matching_models(MODEL_NAMES[1]) == [MODEL_NAMES[1]]
    assert matching_models("als-") == [name for name in MODEL_NAMES if name.startswith("als-")]


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
    (model,) = json.loads(f"[{invoke('models', 'transcribe').stdout}]")
    found = {field["name"]: (field["type"], field["required"]) for field in model["parameters"]}
    assert found == {"language_code": ("str", True), "max_speaker_count": ("int", False)}
    rows = [
        line.split()[:3]
        for line in invoke("models", "transcribe", "-o", "table").stdout.splitlines()
    ]
    assert ["-p", "language_code=", "str"] in rows
    assert ["-p", "max_speaker_count=", "int?"] in rows
    assert json.loads(invoke("models", MODEL_NAMES[0]).stdout)["parameters"] == []
