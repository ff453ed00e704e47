"""Speech results in notebooks: the waveform with a lane for each speaker, and a table.

The waveform needs the recording and the ``audio`` extra. A job knows the path that was given to
`predict` or `submit`; any other can be told: ``found.recording = "call.wav"``.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from redenlab.lowlevel.display import table
from redenlab.lowlevel.records import Record, Records

if TYPE_CHECKING:
    from redenlab.ml.picture import Turn

# What models call the fields of the records that say who speaks when.
_SPEAKER = ("speaker", "speaker_label")
_START = ("start", "start_time")
_END = ("end", "end_time")
_WORD = ("word", "alternatives")

UNNAMED = "speech"
"""The lane of what no speaker is known of."""

PAUSE = 1.0
"""Seconds between two words of a speaker that make them two turns."""


def html(job: Any) -> str:
    """Waveform and table of a job whose result says who speaks when; empty for any other."""
    spoken = _spoken(job.result)
    if spoken is None:
        return ""
    return _picture(job.recording, turns(job.result)) + table(spoken)


def turns(result: object) -> "list[Turn]":
    """Who speaks when, by the first list in a result that says so; words are joined to turns."""
    spoken = _spoken(result)
    if spoken is None:
        return []
    timed = list(_timed(spoken))
    return _joined(timed) if spoken[0].__fields__.keys() & set(_WORD) else timed


def _spoken(value: Any) -> Records[Any] | None:
    """The first list of a result whose records have a speaker and times."""
    if isinstance(value, Record):
        inner = (_spoken(getattr(value, name)) for name in value.__fields__)
        return next((found for found in inner if found is not None), None)
    found = cast("Any", value if isinstance(value, Records) else [])
    known: set[str] = set(found[0].__fields__) if found else set()
    return found if all(known.intersection(names) for names in (_SPEAKER, _START, _END)) else None


def _timed(spoken: Iterable[Record]) -> "Iterator[Turn]":
    """The records that have times; punctuation, for example, has none."""
    for each in spoken:
        start, end = _seconds(_first(each, _START)), _seconds(_first(each, _END))
        if start is not None and end is not None:
            yield _first(each, _SPEAKER) or UNNAMED, start, end


def _first(record: Record, names: Iterable[str]) -> Any:
    return next((getattr(record, name) for name in names if name in record.__fields__), None)


def _seconds(value: float | str | None) -> float | None:
    """Some models send times as texts."""
    if value is None:
        return None
    try:
        found = float(value)
    except ValueError:
        return None
    return found if isfinite(found) else None


def _joined(words: "Sequence[Turn]") -> "list[Turn]":
    found: list[Turn] = []
    for speaker, start, end in words:
        if found and found[-1][0] == speaker and start - found[-1][2] < PAUSE:
            found[-1] = (speaker, found[-1][1], max(end, found[-1][2]))
        else:
            found.append((speaker, start, end))
    return found


def _picture(recording: str | os.PathLike[str] | None, spoken: "Sequence[Turn]") -> str:
    """The SVG, or why there is none."""
    if recording is None:
        return ""
    try:
        from redenlab.ml.picture import draw  # noqa: PLC0415 - needs the `audio` extra

        return draw(Path(recording), spoken, Path(recording).name)
    except ImportError:
        problem = "run: pip install 'redenlab[audio]'"
    except (OSError, ValueError) as error:
        problem = getattr(error, "strerror", None) or str(error)
    return f"<p>No waveform: {escape(problem)}</p>"
