"""Results: measured where a field's name says what to measure, of the spec's form, and stable."""

import math
from dataclasses import replace
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, Field, ValidationError

from redenlab.sandbox.results import filled, result, score
from redenlab.sandbox.speech import Speech, Turn
from redenlab_api.ml import server
from redenlab_api.ml.jobs import PREDICT

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


class Unheard(BaseModel):
    """The schema of a model without code of its own."""

    naturalness_score: Annotated[float, Field(ge=0, le=1)]
    speaker_count: int
    word_count: Annotated[int | None, Field(ge=0)] = None
    duration: str  # not what is measured under this name
    primary_speaker: str  # required, even without speech
    level: Annotated[float, Field(ge=0)]  # never what a level in dBFS is
    ARATE: float
    P_MEAN: float
    P_PERCENT: float
    SPEECH_PERCENT: float
    vowel_space: Annotated[float, Field(ge=2, le=3)]


def test_new_model_is_measured_where_possible_and_made_up_otherwise() -> None:
    made = filled(Unheard, CLEAN, "d1")
    assert 0.9 < made["naturalness_score"] < 0.96
    assert made["speaker_count"] == 2
    assert made["word_count"] == 18
    assert isinstance(made["duration"], str)
    assert made["primary_speaker"] == "SPEAKER_00"
    assert made["level"] >= 0
    assert (made["ARATE"], made["P_MEAN"]) == (4.5, 0.75)
    assert (made["P_PERCENT"], made["SPEECH_PERCENT"]) == (15.0, 80.0)
    assert 2 <= made["vowel_space"] <= 3
    assert filled(Unheard, CLEAN, "d1") == made
    assert filled(Unheard, CLEAN, "d2")["vowel_space"] != made["vowel_space"]


def test_required_field_without_a_measurement_is_made_up() -> None:
    made = filled(Unheard, SILENCE, "d1")
    assert made["primary_speaker"].startswith("sandbox-")
    assert (made["P_MEAN"], made["SPEECH_PERCENT"]) == (0.0, 0.0)


def test_empty_recording_has_no_percentages() -> None:
    assert filled(Unheard, replace(SILENCE, duration=0.0), "d1")["P_PERCENT"] == 0.0


class Impossible(BaseModel):
    code: Annotated[str, Field(pattern="^[A-Z]{9}$", max_length=8)]


def test_what_cannot_be_made_up_is_an_error_and_no_lie() -> None:
    with pytest.raises(ValidationError):
        filled(Impossible, CLEAN, "d1")
