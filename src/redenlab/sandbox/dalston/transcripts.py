"""Transcripts of fake words for real speech: in jobs, exported, without personal data."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from redenlab.sandbox.audio import words

if TYPE_CHECKING:
    from redenlab.sandbox.audio.speech import Speech
    from redenlab.sandbox.engine.backend import Record

PERSONAL = "speakers"
"""The word that passes for somebody's name."""

REDACTED = "[PERSON]"


def transcribed(speech: "Speech", asked: Mapping[str, Any]) -> "Record":
    """The result of a job; `asked` is the body of its submit."""
    diarized = asked.get("speaker_detection") in {"diarize", "per_channel"}
    timed = asked.get("timestamps_granularity", "word") == "word"
    spoken = words.words(speech)
    segments: list[Record] = []
    for turn in speech.turns:
        own = [word for word in spoken if turn.start <= word[1] < turn.end]
        told = [{"text": w, "start": a, "end": b, "confidence": 0.5} for w, a, b in own]
        segments.append(
            {
                "id": f"seg_{len(segments):03}",
                "start": turn.start,
                "end": turn.end,
                "text": " ".join(word for word, _, _ in own),
                "speaker": turn.speaker if diarized else None,
                "words": told if timed else None,
            }
        )
    language = asked.get("language", "auto")
    text = " ".join(each["text"] for each in segments)
    voices = sorted({turn.speaker for turn in speech.turns}) if diarized else []
    code = "en" if language == "auto" else language
    return {
        "text": text,
        "language_code": code,
        "segments": segments,
        "speakers": [{"id": each, "label": None, "channel": None} for each in voices],
        "audio_duration_seconds": round(speech.duration, 3),
        "result_language_code": code,
        "result_word_count": len(text.split()),
        "result_segment_count": len(segments),
        "result_speaker_count": len(voices),
        "result_character_count": len(text),
    }


def redacted(text: str) -> tuple[str, list["Record"]]:
    """A text without personal data, and what was found."""
    found: list[Record] = []
    at = text.find(PERSONAL)
    while at >= 0:
        entity = {"entity_type": "person", "category": "pii", "confidence": 0.9, "speaker": None}
        ends = {"start_offset": at, "end_offset": at + len(PERSONAL)}
        found.append({**entity, **ends, "redacted_value": REDACTED, "original_text": PERSONAL})
        at = text.find(PERSONAL, at + 1)
    return text.replace(PERSONAL, REDACTED), found


def exported(job: "Record", format_: str) -> str:
    """A transcript as subtitles or lines; without speakers, as the service of today has them."""
    segments: Sequence[Record] = job.get("segments") or ()
    lines: list[str] = []
    for number, each in enumerate(segments, 1):
        if format_ == "txt":
            lines.append(each["text"])
            continue
        comma = "," if format_ == "srt" else "."
        ends = (_clock(each.get(name) or 0.0, comma) for name in ("start", "end"))
        lines += [str(number)] if format_ == "srt" else []
        lines += [" --> ".join(ends), each["text"], ""]
    return "\n".join(["WEBVTT", "", *lines] if format_ == "vtt" else lines) + "\n"


def _clock(seconds: float, comma: str) -> str:
    """``HH:MM:SS,mmm``, cut and not rounded."""
    minutes, milliseconds = divmod(int(seconds * 1000), 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{milliseconds // 1000:02}{comma}{milliseconds % 1000:03}"
