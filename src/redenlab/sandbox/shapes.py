"""Where the parts of a result are in an answer: inline, or behind a link (both profiles).

With a token, the service keeps what is long in a file, and says the rest beside the status. Which
models do so, and what can stand beside the status, the job description says.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from redenlab_api.ml import server
from redenlab_api.ml.jobs import PREDICT

LINKS = "subtitle_urls"


@dataclass(frozen=True, slots=True)
class Shape:
    """The parts of a result.

    Attributes:
        beside: Fields of the answer.
        file: What is behind the link; ``None`` when there is none.
        subtitles: Files that are linked to, by their kind.
    """

    beside: Mapping[str, Any]
    file: Mapping[str, Any] | None = None
    subtitles: Mapping[str, str] = field(default_factory=dict[str, str])


def shape(model: str, result: Mapping[str, Any], *, linked: bool) -> Shape:
    """How `result` is answered."""
    invented = result.get(LINKS) is not None
    result = {name: value for name, value in result.items() if name != LINKS}
    if not linked or model not in PREDICT.x_job.result.linked:
        inline, *_ = _places(result)
        return Shape({inline: result})
    place, beside = _beside(result)
    rest = {name: value for name, value in result.items() if name not in beside}
    fields = {place: beside} if place and beside else beside
    return Shape(fields, rest, _subtitles(result) if invented else {})


def _places(result: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What of `result` fits into each place that an answer has for one; ``""`` is the top."""
    found: dict[str, dict[str, Any]] = {}
    for value in PREDICT.x_job.result.places:
        if isinstance(value, Mapping):
            found[""] = {name: result[name] for name in value if name in result}
        else:
            place = value.rpartition("/")[2]
            known = _fields(place)
            found[place] = {name: result[name] for name in known if name in result}
    return found


def _fields(place: str) -> Mapping[str, Any]:
    """The fields that the spec lists for an object in an answer."""
    form: Any = server.JobResult.model_fields[place].annotation
    kinds: list[Any] = [form, *getattr(form, "__args__", ())]
    found = [kind.model_fields for kind in kinds if hasattr(kind, "model_fields")]
    return cast("Mapping[str, Any]", found[0] if found else {})


def _beside(result: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The place that takes the most of `result`, and what it takes."""
    return max(_places(result).items(), key=lambda pair: len(pair[1]))


def _subtitles(result: Mapping[str, Any]) -> Mapping[str, str]:
    """One caption over the whole; the words have times of their own."""
    text, end = result.get("transcript", ""), float(result.get("duration", 0.0))
    hours, rest = divmod(round(end * 1000), 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    at = f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"
    srt = f"1\n00:00:00,000 --> {at.replace('.', ',')}\n{text}\n"
    return {"srt": srt, "vtt": f"WEBVTT\n\n00:00:00.000 --> {at}\n{text}\n"}
