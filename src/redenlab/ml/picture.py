"""Draws a recording as SVG, for a file or a page: its waveform, and below it a lane per speaker.

One scale maps seconds to pixels, and one style sheet has every color except those of the speakers.
The background is light or dark as the reader prefers, so the picture is readable on any page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from xml.etree import ElementTree as ET

import numpy as np

from redenlab.ml.audio import NotAudio, Samples, blocks, opened

Turn: TypeAlias = tuple[str, float, float]
"""A speaker, and the start and end of one of their turns in seconds."""

WIDTH = 900
_LEFT, _RIGHT = 132, 870  # pixels between which time runs; names stand to the left
_TITLE, _LETTERS = 42, 84  # baseline of the title, and the letters that fit
_WAVE, _REACH = 122, 50  # middle of the waveform, and how far it goes up and down
_LANES = 192  # top of the first lane
_LANE, _STEP = 20, 30  # height of a lane, and distance to the next
_COLUMN = 3  # pixels per column of the waveform
_KEYS, _KEY, _KEY_HEIGHT = 3, 246, 24  # legend entries per row, width and height of an entry
_NAMES, _NAME = 116, 13  # right edge of names, and the letters that fit
_INTERVALS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 3600)
_MAX_INTERVALS = 10

# Close to the palette of M. Okabe and K. Ito (2008), "Color universal design", whose hues are told
# apart with any color vision; the tones are chosen to hold on white as well as on near black.
_COLOURS = ("#2f86c9", "#e0762b", "#1a9e7a", "#c9689f", "#8678e0", "#a98f14")

_STYLE = """
.redenlab-picture .card { fill: #ffffff; stroke: #e1e6eb; }
.redenlab-picture .ink { fill: #1d2733; }
.redenlab-picture .soft { fill: #64717f; }
.redenlab-picture .text {
font: 12px system-ui, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif;
}
.redenlab-picture .title { font-size: 17px; font-weight: 600; }
.redenlab-picture .end { text-anchor: end; }
.redenlab-picture .middle { text-anchor: middle; }
.redenlab-picture .rule { stroke: #e6eaee; fill: none; }
.redenlab-picture .lane { fill: #f2f4f7; }
.redenlab-picture .wave { stroke: #b4bec9; stroke-width: 1.8; stroke-linecap: round; fill: none; }
@media (prefers-color-scheme: dark) {
.redenlab-picture .card { fill: #12171d; stroke: #2a323b; }
.redenlab-picture .ink { fill: #e8edf2; }
.redenlab-picture .soft { fill: #9aa7b4; }
.redenlab-picture .rule { stroke: #252d36; }
.redenlab-picture .lane { fill: #1c232b; }
.redenlab-picture .wave { stroke: #55616e; }
}
"""


def draw(recording: Path, turns: Sequence[Turn], title: str) -> str:
    """Draw a recording with its turns, each (speaker, start, end) in seconds, as SVG text.

    Speakers get lanes and colors in order of appearance. Raises `NotAudio` if the file holds no
    sound, `OSError` if it cannot be opened.
    """
    lows, highs, duration = _envelope(recording)
    scale = _Scale(duration)
    lanes = _lanes(turns)
    bottom = _LANES + _STEP * len(lanes)
    height = bottom + 46 + _KEY_HEIGHT * -(-len(lanes) // _KEYS)
    canvas = _Canvas(height, title, _summary(duration, lanes))
    canvas.text(_short(title, _LETTERS), 30, _TITLE, "title ink")
    _axis(canvas, scale, bottom)
    _wave(canvas, lows, highs, _colors(scale, lanes))
    for row, lane in enumerate(lanes):
        _lane(canvas, scale, lane, _LANES + _STEP * row)
        column, line = row % _KEYS, row // _KEYS
        _key(canvas, lane, _LEFT + _KEY * column, bottom + 50 + _KEY_HEIGHT * line)
    return canvas.svg()


@dataclass(frozen=True, slots=True)
class _Scale:
    """The one way from seconds to horizontal pixels."""

    duration: float

    def x(self, second: float) -> float:
        """The pixel of a time; times outside the recording are clamped to its ends."""
        share = min(max(second / self.duration, 0.0), 1.0)
        return round(_LEFT + share * (_RIGHT - _LEFT), 2)

    def ticks(self) -> list[float]:
        """List round moments from 0 to the end, few enough to label each."""
        fitting = (step for step in _INTERVALS if self.duration / step <= _MAX_INTERVALS)
        step = next(fitting, self.duration / _MAX_INTERVALS)
        return [n * step for n in range(int(self.duration / step + 1e-9) + 1)]


@dataclass(frozen=True, slots=True)
class _Lane:
    """One speaker, in one color, with the (start, end) of their turns."""

    speaker: str
    color: str
    turns: tuple[tuple[float, float], ...]

    def total(self) -> str:
        """Say how much this speaker speaks."""
        seconds = sum(end - start for start, end in self.turns)
        return f"{seconds:.1f} s in {len(self.turns)} turn{'s' if len(self.turns) > 1 else ''}"


class _Canvas:
    """An SVG document under construction: a card with a title and a description."""

    def __init__(self, height: int, title: str, summary: str) -> None:
        self._root = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {WIDTH} {height}",
                "width": str(WIDTH),
                "height": str(height),
                "class": "redenlab-picture",
                "style": "max-width: 100%; height: auto",
                "role": "img",
                "aria-label": _printable(f"{title}. {summary}"),
            },
        )
        self.add("title").text = _printable(title)
        self.add("desc").text = _printable(summary)
        self.add("style").text = _STYLE
        self.add("rect", "card", x=0.5, y=0.5, width=WIDTH - 1, height=height - 1, rx=12)

    def add(self, tag: str, style: str = "", **attributes: float | str) -> ET.Element:
        """Append an element of some classes of the style sheet; underscores become hyphens."""
        element = ET.SubElement(self._root, tag, {"class": style} if style else {})
        for name, value in attributes.items():
            element.set(name.replace("_", "-"), str(value))
        return element

    def text(self, text: str, x: float, y: float, style: str) -> None:
        """Write one line of text with its baseline at `y`."""
        self.add("text", f"text {style}", x=x, y=y).text = _printable(text)

    def svg(self) -> str:
        """Serialise the document."""
        ET.indent(self._root)
        return ET.tostring(self._root, encoding="unicode") + "\n"


def _printable(text: str) -> str:
    """Drop what XML cannot hold, such as control characters of an odd file name."""
    return "".join(letter for letter in text if letter.isprintable())


def _short(text: str, letters: int) -> str:
    return text if len(text) <= letters else text[: letters - 1] + "…"


def _envelope(recording: Path) -> tuple[Samples, Samples, float]:
    """Read the lowest and highest sample of each column, and the duration in seconds."""
    columns = (_RIGHT - _LEFT) // _COLUMN
    lows, highs = np.zeros((2, columns), np.float32)
    done = 0
    with opened(recording) as decoder:
        total, rate = max(decoder.frames, 1), decoder.samplerate
        for block in blocks(decoder):
            where = np.minimum(np.arange(done, done + len(block)) * columns // total, columns - 1)
            np.minimum.at(lows, where, block.min(axis=1))
            np.maximum.at(highs, where, block.max(axis=1))
            done += len(block)
    if not done:
        raise NotAudio("the recording holds no samples")
    return lows, highs, total / rate


def _lanes(turns: Sequence[Turn]) -> list[_Lane]:
    """Sort turns by speaker, in order of appearance; colors repeat when they run out."""
    spans: dict[str, list[tuple[float, float]]] = {}
    for speaker, start, end in turns:
        spans.setdefault(speaker, []).append((start, end))
    return [
        _Lane(speaker, _COLOURS[row % len(_COLOURS)], tuple(spans[speaker]))
        for row, speaker in enumerate(spans)
    ]


def _summary(duration: float, lanes: Sequence[_Lane]) -> str:
    """A description of the picture for screen readers."""
    parts = [f"{lane.speaker}, {lane.total()}" for lane in lanes]
    return f"Waveform of {duration:.1f} seconds. Speakers: {'; '.join(parts) or 'none found'}."


def _colors(scale: _Scale, lanes: Sequence[_Lane]) -> list[str]:
    """Give each column of the waveform the color of its speaker, or none."""
    columns = (_RIGHT - _LEFT) // _COLUMN
    colors = [""] * columns
    for lane in reversed(lanes):  # where voices overlap, the first to appear shows
        for start, end in lane.turns:
            first, last = ((scale.x(second) - _LEFT) / _COLUMN for second in (start, end))
            reached = range(round(first), max(round(first), round(last)))
            for column in reached:
                colors[column] = lane.color
    return colors


def _axis(canvas: _Canvas, scale: _Scale, bottom: int) -> None:
    """Rule the picture at round seconds and label them below the lanes."""
    canvas.text("seconds", _NAMES, bottom + 16, "soft end")
    for second in scale.ticks():
        x = scale.x(second)
        canvas.add("line", "rule", x1=x, x2=x, y1=_WAVE - _REACH - 8, y2=bottom)
        canvas.text(f"{second:g}", x, bottom + 16, "soft middle")


def _wave(canvas: _Canvas, lows: Samples, highs: Samples, colors: Sequence[str]) -> None:
    """Draw a stroke per column, one path per color, scaled so that the peak fills the height."""
    canvas.text("waveform", _NAMES, _WAVE + 4, "soft end")
    gain = _REACH / max(float(np.abs([lows, highs]).max()), 1e-9)
    paths: dict[str, list[str]] = {}
    for column, (low, high, color) in enumerate(zip(lows, highs, colors, strict=True)):
        x = _LEFT + _COLUMN * (column + 0.5)
        top, base = _WAVE - gain * float(high), _WAVE - gain * float(low)
        paths.setdefault(color, []).append(f"M{x:g} {top - 0.3:.1f}V{base + 0.3:.1f}")
    for color, strokes in paths.items():
        own = {"style": f"stroke:{color}"} if color else {}
        canvas.add("path", "wave", d="".join(strokes)).attrib.update(own)


def _lane(canvas: _Canvas, scale: _Scale, lane: _Lane, top: int) -> None:
    """Draw a speaker's name and turns; each turn tells its times when pointed at."""
    canvas.text(_short(lane.speaker, _NAME), _NAMES, top + 14, "ink end")
    canvas.add("rect", "lane", x=_LEFT, y=top, width=_RIGHT - _LEFT, height=_LANE, rx=5)
    for start, end in lane.turns:
        x = scale.x(start)
        width = max(round(scale.x(end) - x, 2), 1.5)  # the briefest turn still shows
        bar = canvas.add("rect", x=x, y=top, width=width, height=_LANE, rx=5, fill=lane.color)
        ET.SubElement(bar, "title").text = _printable(f"{lane.speaker}: {start:.2f} to {end:.2f} s")


def _key(canvas: _Canvas, lane: _Lane, x: int, y: int) -> None:
    """Draw a speaker's entry in the legend."""
    canvas.add("circle", cx=x + 5, cy=y - 4, r=5, fill=lane.color)
    canvas.text(f"{_short(lane.speaker, _NAME)}  ·  {lane.total()}", x + 17, y, "soft")
