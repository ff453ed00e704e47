"""Where the parts of a result are in a response: inline, or behind a link (both profiles).

With a bearer token, the service puts long parts into a linked file, and the others next to the
status. The job description lists the models that do so, and the fields next to the status.
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
        beside: Fields of the response.
        file: The content of the linked file; ``None`` if there is no link.
        subtitles: Content of the linked subtitle files by kind (``srt``, ``vtt``).
    """

    beside: Mapping[str, Any]
    file: Mapping[str, Any] | None = None
    subtitles: Mapping[str, str] = field(default_factory=dict[str, str])


def shape(model: str, result: Mapping[str, Any], *, linked: bool) -> Shape:
    """Split `result` into the parts of a response."""
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
    """The fields of `result` for each place of a response; ``""`` is the top level."""
    found: dict[str, dict[str, Any]] = {}
    for value in PREDICT.x_job.result.places:
        if value == "$response.body":
            continue  # what is behind the link
        if isinstance(value, Mapping):
            found[""] = {name: result[name] for name in value if name in result}
        else:
            place = value.rpartition("/")[2]
            known = _fields(place)
            found[place] = {name: result[name] for name in known if name in result}
    return found


def _fields(place: str) -> Mapping[str, Any]:
    """The fields that the spec lists for an object in a response."""
    form: Any = server.JobResult.model_fields[place].annotation
    kinds: list[Any] = [form, *getattr(form, "__args__", ())]
    found = [kind.model_fields for kind in kinds if hasattr(kind, "model_fields")]
    return cast("Mapping[str, Any]", found[0] if found else {})


def _beside(result: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The place that holds the most fields of `result`, and those fields."""
    return max(_places(result).items(), key=lambda pair: len(pair[1]))


def _subtitles(result: Mapping[str, Any]) -> Mapping[str, str]:
    """One caption for the whole recording, as SRT and as WebVTT."""
    text, end = result.get("transcript", ""), float(result.get("duration", 0.0))
    hours, rest = divmod(round(end * 1000), 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    at = f"{hours:02}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"
    srt = f"1\n00:00:00,000 --> {at.replace('.', ',')}\n{text}\n"
    return {"srt": srt, "vtt": f"WEBVTT\n\n00:00:00.000 --> {at}\n{text}\n"}
