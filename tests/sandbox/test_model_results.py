"""Results: measured where a field's name says what to measure, of the spec's form, and stable."""

import math
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import redenlab_api.ml
from redenlab.core.spec.document import Spec
from redenlab.sandbox.audio.speech import Speech, Turn
from redenlab.sandbox.engine.backend import Work
from redenlab.sandbox.ml import measures
from redenlab.sandbox.ml.measures import score
from redenlab_api.ml import server
from redenlab_api.ml.jobs import PREDICT

if TYPE_CHECKING:
    from pydantic import BaseModel

SPEC = Spec(Path(redenlab_api.ml.__file__).with_name("ml.json"))
CLEAN = Speech(
    duration=10.0,
    sample_rate=16000,
    channels=1,
    level=-22.0,
    peak=-3.0,
    clipped=0.0,
    pauses=((3.0, 4.0), (6.0, 6.5)),
    speech_seconds=8.0,
    syllables=tuple(0.25 * n for n in range(36)),
    syllable_rate=3.6,
    articulation_rate=4.5,
    turns=(
        Turn("SPEAKER_00", 0.5, 3.0),
        Turn("SPEAKER_01", 4.0, 6.0),
        Turn("SPEAKER_00", 6.5, 9.5),
    ),
)
SILENCE = replace(
    CLEAN,
    level=-120.0,
    peak=-120.0,
    pauses=(),
    speech_seconds=0.0,
    syllables=(),
    syllable_rate=0.0,
    articulation_rate=0.0,
    turns=(),
)


@pytest.mark.parametrize("model", PREDICT.spec.models)
@pytest.mark.parametrize("speech", [CLEAN, SILENCE], ids=["speech", "silence"])
def test_every_model_of_the_spec_gives_a_result_of_its_form(model: str, speech: Speech) -> None:
    made = result(model, speech, "d1")
    form: type[BaseModel] = getattr(server, PREDICT.spec.models[model].result)
    assert form.model_validate(made)
    assert made["sandbox"] is True
    assert "no clinical meaning" in made["note"]
    assert None not in made.values()


def test_diarisation_is_what_was_heard() -> None:
    made = result("speaker_diarisation_workflow", CLEAN, "d1")
    assert made["speaker_count"] == 2
    assert made["primary_speaker"] == "SPEAKER_00"
    assert made["duration"] == 10.0
    assert made["segment_count"] == 3
    assert made["diarization"][1] == {"speaker": "SPEAKER_01", "start": 4.0, "end": 6.0}


def test_silence_has_no_speakers_and_no_primary_one() -> None:
    made = result("speaker_diarisation_workflow", SILENCE, "d1")
    assert (made["speaker_count"], made["segment_count"], made["diarization"]) == (0, 0, [])
    assert "primary_speaker" not in made


def test_same_file_same_result_other_file_other_result() -> None:
    first = result("intelligibility", CLEAN, "d1")
    assert result("intelligibility", CLEAN, "d1") == first
    other = result("intelligibility", CLEAN, "d2")
    assert other != first
    assert math.isclose(
        other["intelligibility_score"], first["intelligibility_score"], abs_tol=0.001
    )


def test_clean_speech_scores_high_and_silence_low() -> None:
    assert 0.9 < score(CLEAN) <= 0.95
    assert 0.0 <= score(SILENCE) < 0.2


@pytest.mark.parametrize(
    "worse",
    [
        {"articulation_rate": 2.0},
        {"articulation_rate": 8.0},
        {"pauses": ((1.0, 9.0),), "speech_seconds": 1.0},
        {"level": -60.0},
        {"level": -1.0},
        {"clipped": 0.03},
        {"syllables": ()},
    ],
    ids=["slow", "fast", "pauses", "faint", "loud", "clipped", "no syllables"],
)
def test_score_falls_with_whatever_makes_speech_unclear(worse: dict[str, Any]) -> None:
    assert 0.0 <= score(replace(CLEAN, **worse)) < score(CLEAN)


UNHEARD = """
openapi: 3.1.0
info: {title: New, version: '1'}
paths: {}
components:
  schemas:
    Unheard:
      type: object
      required: [naturalness_score, speaker_count, duration, primary_speaker, level, ARATE, P_MEAN,
        P_PERCENT, SPEECH_PERCENT, vowel_space]
      properties:
        naturalness_score: {type: number, minimum: 0, maximum: 1}
        speaker_count: {type: integer}
        word_count: {type: integer, minimum: 0}
        duration: {type: string, description: Not what is measured under this name.}
        primary_speaker: {type: string, description: 'Required, even without speech.'}
        level: {type: number, minimum: 0, description: Never what a level in dBFS is.}
        ARATE: {type: number}
        P_MEAN: {type: number}
        P_PERCENT: {type: number}
        SPEECH_PERCENT: {type: number}
        vowel_space: {type: number, minimum: 2, maximum: 3}
    Impossible:
      type: object
      required: [code]
      properties: {code: {type: string, pattern: '(?=a)b'}}
"""
"""Schemas of models without code of their own."""


def result(model: str, speech: Speech, digest: str) -> dict[str, Any]:
    schema = PREDICT.spec.models[model].result
    return measures.result(Work(SPEC, "1", model, b"", {}, schema), speech, digest)


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Spec:
    path = tmp_path_factory.mktemp("new") / "new.yaml"
    path.write_text(UNHEARD)
    return Spec(path)


def filled(spec: Spec, speech: Speech, digest: str, schema: str = "Unheard") -> dict[str, Any]:
    return measures.result(Work(spec, "1", "new", b"", {}, schema), speech, digest)


def test_new_model_is_measured_where_possible_and_made_up_otherwise(new: Spec) -> None:
    made = filled(new, CLEAN, "d1")
    assert 0.9 < made["naturalness_score"] < 0.96
    assert made["speaker_count"] == 2
    assert made["word_count"] == 18
    assert isinstance(made["duration"], str)
    assert made["primary_speaker"] == "SPEAKER_00"
    assert made["level"] >= 0
    assert (made["ARATE"], made["P_MEAN"]) == (4.5, 0.75)
    assert (made["P_PERCENT"], made["SPEECH_PERCENT"]) == (15.0, 80.0)
    assert 2 <= made["vowel_space"] <= 3
    assert filled(new, CLEAN, "d1") == made
    assert filled(new, CLEAN, "d2")["vowel_space"] != made["vowel_space"]


def test_required_field_without_a_measurement_is_made_up(new: Spec) -> None:
    made = filled(new, SILENCE, "d1")
    assert made["primary_speaker"].startswith("sandbox-")
    assert (made["P_MEAN"], made["SPEECH_PERCENT"]) == (0.0, 0.0)


def test_empty_recording_has_no_percentages(new: Spec) -> None:
    assert filled(new, replace(SILENCE, duration=0.0), "d1")["P_PERCENT"] == 0.0


def test_what_cannot_be_made_up_is_an_error_and_no_lie(new: Spec) -> None:
    with pytest.raises(ValueError, match="no text was found"):
        filled(new, CLEAN, "d1", "Impossible")
