"""Results of the models: measured where the name of a field is known, made up elsewhere.

The form of a result comes from the spec alone. `_MEASURES` maps names of fields to measurements of
the recording; every other field gets a value that is valid for its schema and follows from the
file's SHA-256, so that the same file always gives the same result and a model that is added to the
spec needs no code. **None of it has a clinical meaning**, and every result says so.
"""

import math
from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING, Any, Final

from redenlab.core.spec.schemas import problems
from redenlab.sandbox.audio import words
from redenlab.sandbox.engine.backend import Produced, Work
from redenlab.sandbox.engine.invention import UNKNOWN, Path, Schema

if TYPE_CHECKING:
    from redenlab.sandbox.audio.speech import Speech

NOTE: Final = "This is a result of the RedenLab sandbox. It has no clinical meaning."


def result(work: Work, speech: "Speech", digest: str) -> dict[str, Any]:
    """The result of a model for a recording whose SHA-256 is `digest`.

    Raises:
        ValueError: No value could be made up for the schema, such as for a string with a pattern
            and no example.
    """
    measures = {name: measure(speech) for name, measure in _MEASURES.items()}
    # Two files may have equal measurements; up to 0.001 from the digest tells their scores apart.
    chance = Random(f"{work.seed}/{digest}")  # noqa: S311 - has to be repeatable
    for name in _SCORES:
        measures[name] = round(measures[name] - 0.001 * chance.random(), 6)

    required = work.spec.required(work.spec.schemas[str(work.schema)])

    def measured(path: Path, part: Schema) -> Any:
        if not path:
            return UNKNOWN
        own = measures.get(f"{work.schema}.{path[-1]}", UNKNOWN)
        value = measures.get(path[-1], UNKNOWN) if own is UNKNOWN else own
        if value is None:
            return UNKNOWN if path[-1] in required else None
        return UNKNOWN if value is UNKNOWN or any(problems(value, part, work.spec.at)) else value

    made: dict[str, Any] = work.invented(digest, measured)
    present = {name: value for name, value in made.items() if value is not None}
    return {**present, "sandbox": True, "note": NOTE}


def score(speech: "Speech") -> float:
    """A clarity score from 0 to 0.95; about 0.7 to 0.95 for clean recordings.

    A weighted sum of four bell curves and ramps, each from 0 (bad) to 1 (good):

    - 45 % articulation rate, best at 4.5 syllables per second of speech;
    - 25 % share of pauses between the first and the last word, best at a sixth;
    - 20 % level of the speech, best at -20 dBFS;
    - 10 % clipping, none left when one sample in twenty is at full scale.

    A recording without a syllable scores 0 for the first two.
    """
    parts = (
        0.45 * _bell(speech.articulation_rate, 4.5, 2.5) if speech.syllables else 0.0,
        0.25 * _bell(_pause_share(speech), 1 / 6, 0.35) if speech.syllables else 0.0,
        0.20 * _bell(speech.level, -20, 20),
        0.10 * max(0.0, 1 - 20 * speech.clipped),
    )
    return 0.95 * sum(parts)


def _bell(value: float, best: float, width: float) -> float:
    return math.exp(-(((value - best) / width) ** 2) / 2)


def _pause_seconds(speech: "Speech") -> float:
    return sum(end - start for start, end in speech.pauses)


def _pause_share(speech: "Speech") -> float:
    pauses = _pause_seconds(speech)
    whole = pauses + speech.speech_seconds
    return pauses / whole if whole else 0.0


def _primary_speaker(speech: "Speech") -> str | None:
    """The speaker with the most seconds; the first one, if several are equal."""
    seconds: dict[str, float] = {}
    for turn in speech.turns:
        seconds[turn.speaker] = seconds.get(turn.speaker, 0.0) + turn.end - turn.start
    return max(seconds, key=lambda speaker: seconds[speaker], default=None)


def _mean_pause(speech: "Speech") -> float:
    return round(_pause_seconds(speech) / len(speech.pauses), 3) if speech.pauses else 0.0


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 2) if whole else 0.0


def _transcript(speech: "Speech") -> dict[str, Any]:
    """A transcript as AWS Transcribe writes it: numbers are strings."""
    items = [
        {
            "type": "pronunciation",
            "start_time": f"{start:.2f}",
            "end_time": f"{end:.2f}",
            "alternatives": [{"content": word, "confidence": "0.5"}],
            "speaker_label": words.speaker_at(speech, start),
        }
        for word, start, end in words.words(speech)
    ]
    return {"transcripts": [{"transcript": words.text(speech)}], "items": items}


def _segments(speech: "Speech") -> list[dict[str, Any]]:
    """Speaker turns with the words in them."""
    return [
        {
            "speaker": turn.speaker,
            "start": turn.start,
            "end": turn.end,
            "text": " ".join(w for w, at, _ in words.words(speech) if turn.start <= at < turn.end),
        }
        for turn in speech.turns
    ]


def _subtitles(speech: "Speech") -> dict[str, Produced]:
    """One caption for the whole recording, as SRT and as WebVTT."""
    hours, rest = divmod(round(speech.duration * 1000), 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    at, text = f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}", words.text(speech)
    srt = f"1\n00:00:00,000 --> {at.replace('.', ',')}\n{text}\n"
    vtt = f"WEBVTT\n\n00:00:00.000 --> {at}\n{text}\n"
    return {
        "srt": Produced(srt.encode(), "subtitles.srt", "text/plain"),
        "vtt": Produced(vtt.encode(), "subtitles.vtt", "text/plain"),
    }


_SCORES = ("intelligibility_score", "naturalness_score")

_MEASURES: dict[str, Callable[["Speech"], Any]] = {
    **dict.fromkeys(_SCORES, score),
    "speaker_count": lambda speech: speech.speaker_count,
    "primary_speaker": _primary_speaker,
    "duration": lambda speech: speech.duration,
    "segment_count": lambda speech: len(speech.turns),
    "diarization": lambda speech: [
        {"speaker": turn.speaker, "start": turn.start, "end": turn.end} for turn in speech.turns
    ],
    "word_count": lambda speech: len(words.words(speech)),
    "transcript": words.text,
    "results": _transcript,
    "subtitle_urls": _subtitles,
    "SpeakerCountResult.segments": lambda speech: [
        {"speaker": turn.speaker, "start_time": turn.start, "end_time": turn.end}
        for turn in speech.turns
    ],
    "WhisperxResult.segments": _segments,
    "word_segments": lambda speech: [
        {"word": word, "start": start, "end": end, "score": 0.5}
        for word, start, end in words.words(speech)
    ],
    "SyllableTimingResult.segments": lambda speech: [
        {"syllable_id": index, "start": at, "end": at + words.SYLLABLE_SECONDS}
        for index, at in enumerate(speech.syllables)
    ],
    "syllable_count": lambda speech: len(speech.syllables),
    "speech_rate": lambda speech: speech.syllable_rate,
    "articulation_rate": lambda speech: speech.articulation_rate,
    "speech_seconds": lambda speech: speech.speech_seconds,
    "pause_count": lambda speech: len(speech.pauses),
    "level": lambda speech: speech.level,
    "peak": lambda speech: speech.peak,
    "sample_rate": lambda speech: speech.sample_rate,
    "channels": lambda speech: speech.channels,
    "DUR": lambda speech: speech.duration,
    "SYL_COUNT": lambda speech: len(speech.syllables),
    "SYL_PERSEC": lambda speech: speech.syllable_rate,
    "ARATE": lambda speech: speech.articulation_rate,
    "P_MEAN": _mean_pause,
    "SPEECH_PERCENT": lambda speech: _percent(speech.speech_seconds, speech.duration),
    "P_PERCENT": lambda speech: _percent(_pause_seconds(speech), speech.duration),
}
"""Measurement by field name; ``None`` means that the recording has no such value."""
