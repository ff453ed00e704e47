"""What a notebook shows of speech results: the recording where it is at hand, else the table."""

import pickle
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import anyio
import pytest

import redenlab.sandbox
from drivers import client
from fake_api import FakeApi
from redenlab.core.jobs import resume_tokens
from redenlab.core.jobs.job_type import JobRef
from redenlab.ml import models, notebook
from redenlab_api.ml.jobs import MODEL_NAMES, PREDICT, Prediction

RECORDING = Path(str(files(redenlab.sandbox) / "recordings" / "two_speakers.wav"))
TURN = {"speaker": "ANNA", "start": 0.5, "end": 1.5}
SAID = {"speaker_count": 1, "diarization": [TURN]}


def model(result: str) -> Any:
    """The first model with results of this type."""
    return next(name for name in MODEL_NAMES if PREDICT.spec.models[name].result == result)


def ended(fake_api: FakeApi, source: Any = RECORDING, said: Any = SAID) -> Prediction[Any]:
    """A job that found `said`."""
    fake_api.result = said
    return client(fake_api).predict(source, model_name=model("SpeakerDiarisationResult"))


def word(text: str, start: float | None, end: float | None, speaker: str | None) -> dict[str, Any]:
    times = {"start": start, "end": end} if start is not None else {}
    return {"word": text, **times, **({"speaker": speaker} if speaker else {})}


def item(start: str | None, end: str | None, speaker: str = "spk_0") -> dict[str, Any]:
    times = {"start_time": start, "end_time": end} if start is not None else {}
    return {"type": "pronunciation", "speaker_label": speaker, **times}


@pytest.mark.parametrize(
    ("kind", "result", "turns"),
    [
        ("SpeakerDiarisationResult", SAID, [("ANNA", 0.5, 1.5)]),
        ("SpeakerDiarisationResult", {"speaker_count": 0}, []),
        ("SpeakerDiarisationResult", {"speaker_count": 0, "diarization": []}, []),
        (
            "SpeakerCountResult",
            {
                "speaker_count": 1,
                "segments": [{"speaker": "A", "start_time": 0, "end_time": 1}],
            },
            [("A", 0, 1)],
        ),
        (
            "WhisperxResult",
            {
                "segments": [
                    {"start": 0, "end": 1, "text": "hello", "speaker": "A"},
                    {"start": 1, "end": 2, "text": "you"},
                ],
                "word_segments": [word("hello", 0, 1, "A")],
            },
            [("A", 0, 1), ("speech", 1, 2)],
        ),
        (  # words are joined until the speaker changes or pauses; what has no times is left out
            "WhisperxResult",
            {
                "segments": [],
                "word_segments": [
                    word("one", 0, 0.5, "A"),
                    word("odd", None, None, "A"),
                    word("two", 0.6, 1, "A"),
                    word("three", 1, 2, "B"),
                    word("four", 9, 9.5, "B"),
                ],
            },
            [("A", 0, 1), ("B", 1, 2), ("B", 9, 9.5)],
        ),
        (  # times that are texts
            "TranscribeResult",
            {"results": {"items": [item("0.0", "0.5"), item("0.6", "1.0"), item(None, None)]}},
            [("spk_0", 0, 1)],
        ),
        (
            "TranscribeResult",
            {"results": {"items": [item("soon", "1"), item("nan", "1"), item("", "1")]}},
            [],
        ),
        ("SyllableTimingResult", {"segments": [{"start": 0, "end": 1}]}, []),
        ("IntelligibilityResult", {"intelligibility_score": 1}, []),
    ],
)
def test_turns_are_found_in_any_result_that_has_speakers_and_times(
    kind: str, result: Any, turns: list[Any]
) -> None:
    assert notebook.turns(getattr(models, kind).from_dict(result)) == turns


@pytest.mark.parametrize("result", [None, SAID, "text", [TURN], 5])
def test_plain_json_has_no_turns(result: Any) -> None:
    assert notebook.turns(result) == []


def test_a_job_shows_the_waveform_of_the_path_that_was_given(fake_api: FakeApi) -> None:
    shown = ended(fake_api)._repr_html_()
    picture = ET.fromstring(shown[: shown.index("</svg>") + 6])
    assert picture.attrib["aria-label"].startswith("two_speakers.wav. Waveform of ")
    assert "Speakers: ANNA, 1.0 s in 1 turn." in picture.attrib["aria-label"]
    assert "<caption>1 × SpeakerTurn</caption>" in shown
    assert "<caption>SpeakerDiarisationResult</caption>" in shown
    assert str(RECORDING.parent) not in shown


def test_a_relative_path_is_found_from_any_folder(
    fake_api: FakeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(RECORDING.parent)
    found = ended(fake_api, RECORDING.name)
    monkeypatch.chdir(tmp_path)
    assert "<svg" in found._repr_html_()


def test_the_handle_of_a_job_knows_the_recording_as_well(fake_api: FakeApi) -> None:
    fake_api.result = SAID
    named = model("SpeakerDiarisationResult")
    job = client(fake_api).submit(RECORDING, model_name=named)
    assert "<svg" in job.result()._repr_html_()


def test_a_handle_that_was_pickled_left_the_path_of_the_recording_behind(fake_api: FakeApi) -> None:
    fake_api.result = SAID
    named = model("SpeakerDiarisationResult")
    job = client(fake_api).submit(RECORDING, model_name=named)
    job = pickle.loads(pickle.dumps(job)).attach(client(fake_api))
    assert "<svg" not in job.result()._repr_html_()


def test_an_async_job_knows_the_recording(fake_api: FakeApi) -> None:
    async def main() -> Any:
        with redenlab.sandbox.running(processing=0) as sandbox:
            async with sandbox.async_client() as asked:
                named = model("SpeakerDiarisationResult")
                return await asked.predict(RECORDING, model_name=named)

    assert "<svg" in anyio.run(main)._repr_html_()


def test_a_resume_token_does_not_say_where_the_recording_is() -> None:
    ref = JobRef("j", None)
    local = JobRef("j", None, recording=RECORDING)
    encoded = [resume_tokens.encode("ml", "predict", each) for each in (ref, local)]
    assert encoded[0] == encoded[1]


def test_where_the_recording_is_not_known_there_is_the_table_alone(fake_api: FakeApi) -> None:
    found = ended(fake_api, RECORDING.read_bytes())
    assert found.recording is None
    assert found._repr_html_().startswith("<table><caption>1 × SpeakerTurn</caption>")
    found.recording = str(RECORDING)
    assert "<svg" in found._repr_html_()
    assert "<svg" in pickle.loads(pickle.dumps(found))._repr_html_()


def test_a_result_without_speakers_has_no_picture(fake_api: FakeApi) -> None:
    found = client(fake_api).predict(RECORDING)
    assert found.recording == RECORDING
    assert found._repr_html_().startswith("<table><caption>job ")


def test_a_recording_that_has_gone_is_said_to_have(fake_api: FakeApi, wav: Path) -> None:
    found = ended(fake_api, wav)
    assert "<p>No waveform: " in found._repr_html_()  # it is no audio
    wav.unlink()
    assert found._repr_html_().startswith("<p>No waveform: No such file or directory</p><table>")


@pytest.mark.parametrize("missing", ["soundfile", "numpy"])
def test_without_the_audio_extra_there_is_the_table_alone(
    missing: str, fake_api: FakeApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("redenlab.ml.audio", "redenlab.ml.picture"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, missing, None)
    shown = ended(fake_api)._repr_html_()
    start = "<p>No waveform: run: pip install &#x27;redenlab[audio]&#x27;</p><table>"
    assert shown.startswith(start)


def test_whatever_a_speaker_is_called_the_page_stays_whole(fake_api: FakeApi) -> None:
    name = "</title></svg><script>alert('&')</script>"
    found = ended(fake_api, said={"speaker_count": 1, "diarization": [{**TURN, "speaker": name}]})
    page = ET.fromstring(f"<body>{found._repr_html_()}</body>")
    assert not list(page.iter("script"))
    assert "<script" not in found._repr_html_()
    assert name in "".join(page.itertext())


def test_a_picture_loads_nothing(fake_api: FakeApi) -> None:
    shown = ended(fake_api)._repr_html_().replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not [word for word in ("http", "href", "src=", "url(", "@import") if word in shown]
