"""The picture of a recording, read back as XML: what stands where, and says what."""

import re
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import soundfile  # pyright: ignore[reportMissingTypeStubs]
from numpy.typing import NDArray

from redenlab.ml.audio import NotAudio
from redenlab.ml.picture import WIDTH, Turn, draw

SVG = "{http://www.w3.org/2000/svg}"
RATE = 8_000
TURNS: list[Turn] = [("ANNA", 0.0, 1.0), ("BERT", 1.5, 2.5), ("ANNA", 3.0, 4.0)]


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Four seconds: loud, then half as loud."""
    return saved(tmp_path, np.repeat([0.8, 0.4], 2 * RATE) * np.resize([1, -1], 4 * RATE))


def saved(folder: Path, signal: NDArray[np.float64]) -> Path:
    path = folder / "recording.wav"
    soundfile.write(path, signal, RATE)
    return path


def drawn(recording: Path, turns: Sequence[Turn] = TURNS, title: str = "A title") -> ET.Element:
    return ET.fromstring(draw(recording, turns, title))


def texts(svg: ET.Element) -> list[str]:
    return [element.text or "" for element in svg.iter(f"{SVG}text")]


def bars(svg: ET.Element) -> dict[str, tuple[float, float]]:
    """Find the left and right edges of each turn, by what it says when pointed at."""
    return {
        bar.findtext(f"{SVG}title", ""): (
            float(bar.attrib["x"]),
            float(bar.attrib["x"]) + float(bar.attrib["width"]),
        )
        for bar in svg.iter(f"{SVG}rect")
        if bar.find(f"{SVG}title") is not None
    }


def strokes(svg: ET.Element) -> list[tuple[float, float, float]]:
    """List the waveform's strokes from left to right: x, top and bottom."""
    found = [
        (float(x), float(top), float(bottom))
        for path in svg.iter(f"{SVG}path")
        for x, top, bottom in re.findall(r"M([\d.]+) ([\d.]+)V([\d.]+)", path.attrib["d"])
    ]
    return sorted(found)


def test_picture_is_svg_of_fixed_width(recording: Path) -> None:
    svg = drawn(recording)
    assert svg.tag == f"{SVG}svg"
    assert svg.attrib["width"] == str(WIDTH) == "900"
    assert svg.attrib["viewBox"] == f"0 0 900 {svg.attrib['height']}"


def test_picture_says_what_it_shows(recording: Path) -> None:
    svg = drawn(recording, title="Interview")
    said = svg.findtext(f"{SVG}desc", "")
    assert svg.attrib["role"] == "img"
    assert svg.attrib["aria-label"] == f"Interview. {said}"
    assert svg.findtext(f"{SVG}title") == "Interview"
    assert "4.0 seconds" in said
    assert "ANNA, 2.0 s in 2 turns; BERT, 1.0 s in 1 turn." in said


def test_the_style_and_the_names_of_a_picture_stay_in_it(recording: Path) -> None:
    """It may stand in a page with other pictures, and with other elements of these classes."""
    svg = drawn(recording)
    style = svg.findtext(f"{SVG}style", "").replace("@media (prefers-color-scheme: dark) {", "")
    selectors = re.findall(r"^(\S.*) \{", style, re.MULTILINE)
    assert len(selectors) > 10
    assert all(selector.startswith(".redenlab-picture ") for selector in selectors)
    assert svg.attrib["class"] == "redenlab-picture"
    assert not [each for each in svg.iter() if "id" in each.attrib]


def test_turns_stand_where_they_happen(recording: Path) -> None:
    places = bars(drawn(recording))
    left, right = 132, 870
    expected = {
        f"{speaker}: {start:.2f} to {end:.2f} s": (
            left + start / 4 * (right - left),
            left + end / 4 * (right - left),
        )
        for speaker, start, end in TURNS
    }
    assert places.keys() == expected.keys()
    for turn, place in places.items():
        assert place == pytest.approx(expected[turn], abs=0.02)


def test_speakers_have_lanes_and_colours_of_their_own(recording: Path) -> None:
    svg = drawn(recording)
    bars_of: dict[str, set[tuple[str, str]]] = {}
    for bar in svg.iter(f"{SVG}rect"):
        name = bar.findtext(f"{SVG}title", "").partition(":")[0]
        bars_of.setdefault(name, set()).add((bar.attrib["y"], bar.attrib.get("fill", "")))
    assert len(bars_of["ANNA"]) == len(bars_of["BERT"]) == 1
    ((anna_y, anna_colour),), ((bert_y, bert_colour),) = bars_of["ANNA"], bars_of["BERT"]
    assert float(anna_y) < float(bert_y)
    assert anna_colour != bert_colour


def test_legend_names_each_speaker_with_the_colour_of_the_lane(recording: Path) -> None:
    svg = drawn(recording)
    keys = [key.attrib["fill"] for key in svg.iter(f"{SVG}circle")]
    fills = [bar.attrib["fill"] for bar in svg.iter(f"{SVG}rect") if "fill" in bar.attrib]
    assert keys == list(dict.fromkeys(fills))
    assert [text for text in texts(svg) if " · " in text] == [
        "ANNA  ·  2.0 s in 2 turns",
        "BERT  ·  1.0 s in 1 turn",
    ]


def test_waveform_follows_the_samples(recording: Path) -> None:
    drawing = strokes(drawn(recording))
    heights = [bottom - top for _, top, bottom in drawing]
    assert len(drawing) == 246
    assert heights[:120] == pytest.approx([100.6] * 120, abs=0.2)  # the peak fills the height
    assert heights[-120:] == pytest.approx([50.6] * 120, abs=0.2)


def test_waveform_keeps_to_the_side_of_its_samples(tmp_path: Path) -> None:
    for sign, top, bottom in [(1, 72, 122), (-1, 122, 172)]:
        drawing = strokes(drawn(saved(tmp_path, np.full(RATE, sign * 0.5)), turns=[]))
        assert drawing[5][1:] == pytest.approx((top, bottom), abs=0.4)


def test_waveform_spans_all_channels(tmp_path: Path) -> None:
    drawing = strokes(drawn(saved(tmp_path, np.full((RATE, 2), [0.5, -0.25])), turns=[]))
    assert drawing[5][1:] == pytest.approx((72, 147), abs=0.4)


def test_waveform_shows_the_first_of_voices_that_overlap(recording: Path) -> None:
    svg = drawn(recording, [("ANNA", 0, 4), ("BERT", 1, 2)])
    (path,) = svg.iter(f"{SVG}path")
    first = next(svg.iter(f"{SVG}circle"))
    assert path.attrib["style"] == f"stroke:{first.attrib['fill']}"


def test_waveform_takes_the_colour_of_who_speaks(recording: Path) -> None:
    svg = drawn(recording)
    colours = [key.attrib["fill"] for key in svg.iter(f"{SVG}circle")]
    share = {
        path.attrib.get("style", "").removeprefix("stroke:"): path.attrib["d"].count("M") / 246
        for path in svg.iter(f"{SVG}path")
    }
    assert [share[colour] for colour in [*colours, ""]] == pytest.approx(
        [1 / 2, 1 / 4, 1 / 4], abs=0.01
    )


@pytest.mark.parametrize(
    ("seconds", "labels"),
    [
        (0.05, ["0", "0.01", "0.02", "0.03", "0.04", "0.05"]),
        (1.0, ["0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1"]),
        (4.3, ["0", "0.5", "1", "1.5", "2", "2.5", "3", "3.5", "4"]),
        (8.0, ["0", "1", "2", "3", "4", "5", "6", "7", "8"]),
        (10.5, ["0", "2", "4", "6", "8", "10"]),
        (75.0, ["0", "10", "20", "30", "40", "50", "60", "70"]),
    ],
)
def test_axis_counts_round_seconds(seconds: float, labels: list[str], tmp_path: Path) -> None:
    svg = drawn(saved(tmp_path, np.zeros(round(seconds * RATE))), turns=[])
    assert [text for text in texts(svg) if re.fullmatch(r"[\d.]+", text)] == labels


def test_picture_has_a_dark_color_scheme(recording: Path) -> None:
    style = drawn(recording).findtext(f"{SVG}style", "")
    light, dark = style.split("@media (prefers-color-scheme: dark)")
    for name in ("card", "ink", "soft", "rule", "lane", "wave"):
        assert f".{name} {{" in light
        assert f".{name} {{" in dark


@pytest.mark.parametrize("title", ["<b>&\"'", "naïve 音声", "nul\0 and bell\a", "\udcff"])
def test_any_title_makes_a_sound_document(title: str, recording: Path) -> None:
    svg = drawn(recording, [(title, 0, 1)], title)
    kept = "".join(letter for letter in title if letter.isprintable())
    assert svg.findtext(f"{SVG}title", "") == kept
    assert f"{kept}: 0.00 to 1.00 s" in bars(svg)


def test_long_names_are_shortened_where_they_would_not_fit(recording: Path) -> None:
    svg = drawn(recording, [("A" * 40, 0, 1)], "T" * 200)
    assert max(len(text) for text in texts(svg)) == 84
    assert "A" * 12 + "…" in texts(svg)
    assert "A" * 40 in svg.findtext(f"{SVG}desc", "")


@pytest.mark.parametrize(("start", "end"), [(-1.0, 0.5), (3.5, 9.0), (5.0, 6.0), (2.0, 2.0)])
def test_turns_never_leave_the_picture(start: float, end: float, recording: Path) -> None:
    ((left, right),) = bars(drawn(recording, [("ANNA", start, end)])).values()
    assert 132 <= left < right <= 872


def test_many_speakers_make_the_picture_taller(recording: Path) -> None:
    few, many = (
        drawn(recording, [(f"S{n}", n / 10, n / 10 + 0.1) for n in range(count)])
        for count in (1, 9)
    )
    assert int(many.attrib["height"]) > int(few.attrib["height"])
    lowest = max(float(text.attrib["y"]) for text in many.iter(f"{SVG}text"))
    assert lowest < int(many.attrib["height"]) - 12


def test_no_turns_still_make_a_picture(recording: Path) -> None:
    svg = drawn(recording, turns=[])
    assert bars(svg) == {}
    assert "none found" in svg.findtext(f"{SVG}desc", "")


@pytest.mark.parametrize("samples", [1, 100])
def test_a_few_samples_make_a_picture(samples: int, tmp_path: Path) -> None:
    assert len(strokes(drawn(saved(tmp_path, np.full(samples, 0.5)), turns=[]))) == 246


def test_no_samples_are_not_audio(tmp_path: Path) -> None:
    with pytest.raises(NotAudio):
        draw(saved(tmp_path, np.zeros(0)), [], "empty")


def test_missing_recording_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        draw(tmp_path / "missing.wav", [], "missing")
