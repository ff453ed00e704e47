"""Measurements of a recording: level, pauses, syllables and speakers, from its samples.

`analyse` turns a file into one `Speech`, from which the sandbox models take their results; the same
file always gives the same results. Everything is derived from two contours with one value every
10 ms, intensity and pitch. The methods are textbook ones: plausible, not clinical.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from redenlab.ml.audio import NotAudio, Samples
from redenlab.sandbox.audio.sound import HOP, MIN_LEVEL, RATE, decibels, decode, frames
from redenlab.sandbox.audio.turns import Floats, Span, Turn, find_turns

__all__ = ["NotAudio", "Speech", "Turn", "analyse"]

_MIN_PAUSE = 15  # frames; shorter silences are the closures of plosives
_MIN_SPEECH = 5  # frames; shorter sounds are clicks
_STEADY = 6.0  # dB between the quiet and the loud frames below which nothing is being said
_MIN_LOUDNESS = -65.0  # dBFS below which even the loud frames are only a noise floor

_SYLLABLE_DEPTH = 25.0  # dB below the loud frames at which a peak is still a nucleus
_SYLLABLE_DIP = 2.0  # dB between two peaks that make them two nuclei

_PITCH_RANGE = (75, 500)  # Hz, from a low man's voice to a child's
_PITCH_WIDTH = 640  # samples: three periods of the lowest pitch
_PITCH_STRENGTH = 0.45  # correlation of a voiced frame with itself one period later
_OCTAVE_COST = 0.02  # preference, per octave, for the higher of two equally good pitches


@dataclass(frozen=True, slots=True)
class Speech:
    """The measurements of one recording; times and durations in seconds.

    `level` is the RMS in dBFS over the frames with speech, over all where there is none, and `peak`
    the largest sample in dBFS; digital silence counts as -120. `clipped` is the share, 0 to 1, of
    samples at full scale. `pauses` are the (start, end) of silences of at least 0.15 s between two
    stretches of speech; the silence before the first word and after the last is no pause.
    `syllables` are the times of their nuclei; `syllable_rate` counts them per second of recording,
    `articulation_rate` per second of speech. Beyond the first ten minutes only `duration` counts.
    """

    duration: float
    sample_rate: int
    channels: int
    level: float
    peak: float
    clipped: float
    pauses: tuple[tuple[float, float], ...]
    speech_seconds: float
    syllables: tuple[float, ...]
    syllable_rate: float
    articulation_rate: float
    turns: tuple[Turn, ...]

    @property
    def speaker_count(self) -> int:
        """How many different voices take turns."""
        return len({turn.speaker for turn in self.turns})


def analyse(file: str | os.PathLike[str] | BinaryIO) -> Speech:
    """Measure a recording in any format libsndfile reads: wav, flac, ogg, mp3 and others.

    Raises `NotAudio` for anything else, `OSError` for a path that cannot be opened.
    """
    recording = decode(file)
    signal = recording.signal
    power = np.square(frames(signal, HOP), dtype=np.float64).mean(axis=1)
    spans = _speech_spans(_intensity(power, 3))
    pitch = _pitch(signal)
    nuclei = _nuclei(_intensity(power, 7), pitch, spans)
    spoken = sum(end - start for start, end in spans) * HOP / RATE
    return Speech(
        duration=recording.duration,
        sample_rate=recording.sample_rate,
        channels=recording.channels,
        level=_level(power, spans),
        peak=recording.peak,
        clipped=recording.clipped,
        pauses=tuple((_seconds(a[1]), _seconds(b[0])) for a, b in pairwise(spans)),
        speech_seconds=round(spoken, 3),
        syllables=tuple(_seconds(frame + 0.5) for frame in nuclei),
        syllable_rate=round(len(nuclei) * RATE / len(signal), 3),
        articulation_rate=round(len(nuclei) / spoken, 3) if spoken else 0.0,
        turns=find_turns(signal, spans, pitch),
    )


def _seconds(frame: float) -> float:
    return round(frame * HOP / RATE, 3)


def _level(power: Floats, spans: Sequence[Span]) -> float:
    """Average the power of the frames with speech, or of all frames, as dBFS."""
    speech = np.concatenate([power[start:end] for start, end in spans] or [power])
    return round(decibels(float(speech.mean())), 2)


def _intensity(power: Floats, width: int) -> Floats:
    """Smooth the power of frames over `width` (odd) of them with a Hann window, as dBFS."""
    window = np.hanning(width + 2)[1:-1]
    smooth = np.convolve(power, window / window.sum())[width // 2 :][: len(power)]
    return np.asarray(10 * np.log10(np.maximum(smooth, 10 ** (MIN_LEVEL / 10))))


def _speech_spans(intensity: Floats) -> list[Span]:
    """Find the spans of frames with speech: those well above the recording's own noise floor.

    The threshold lies a third of the way from the quiet to the loud frames, and never more than
    35 dB below the loud ones, as nothing weaker is audible next to them. A sound that hardly varies
    is noise or a tone, whatever its level.
    """
    quiet, loud = (float(level) for level in np.percentile(intensity, [10, 99]))
    if loud < _MIN_LOUDNESS or loud - quiet < _STEADY:
        return []
    threshold = max(quiet + (loud - quiet) / 3, loud - 35)
    joined: list[Span] = []
    for start, end in _runs(intensity > threshold):
        if joined and start - joined[-1][1] < _MIN_PAUSE:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return [(start, end) for start, end in joined if end - start >= _MIN_SPEECH]


def _runs(mask: NDArray[np.bool_]) -> list[Span]:
    """List the (start, end) of the runs of true values."""
    edges = np.flatnonzero(np.diff(mask.astype(np.int8), prepend=0, append=0))
    return [(int(start), int(end)) for start, end in edges.reshape(-1, 2)]


def _nuclei(intensity: Floats, pitch: Floats, spans: Sequence[Span]) -> list[int]:
    """Find the frames of syllable nuclei: voiced peaks of intensity set apart by dips.

    After N. de Jong and T. Wempe (2009), "Praat script to detect syllable nuclei and measure
    speech rate automatically". Of two peaks without a dip between them the higher one counts.
    """
    lowest = float(np.percentile(intensity, 99)) - _SYLLABLE_DEPTH
    nuclei: list[int] = []
    for start, end in spans:
        found: list[int] = []
        for peak in _peaks(intensity, start, end):
            if intensity[peak] < lowest or not pitch[peak]:
                continue
            if found and not _apart(intensity, found[-1], peak):
                found[-1] = max(found[-1], peak, key=lambda frame: intensity[frame])
            else:
                found.append(peak)
        nuclei += found
    return nuclei


def _peaks(contour: Floats, start: int, end: int) -> list[int]:
    """List the frames from `start` up to `end` that exceed the one before and are not exceeded."""
    around = np.pad(contour, 1, constant_values=-np.inf)[start : end + 2]
    higher = (around[1:-1] > around[:-2]) & (around[1:-1] >= around[2:])
    return [start + int(frame) for frame in np.flatnonzero(higher)]


def _apart(intensity: Floats, left: int, right: int) -> bool:
    dip = float(intensity[left:right].min())
    return float(min(intensity[left], intensity[right])) - dip >= _SYLLABLE_DIP


def _pitch(signal: Samples) -> Floats:
    """Estimate the pitch of every frame in Hz, 0 where it is not voiced."""
    windows = frames(signal, _PITCH_WIDTH)
    parts = [_pitches(windows[start : start + 1024]) for start in range(0, len(windows), 1024)]
    return np.concatenate(parts)


def _pitches(windows: Samples) -> Floats:
    """Take the lag at which a windowed signal, corrected for the window, resembles itself most.

    After P. Boersma (1993), "Accurate short-term analysis of the fundamental frequency and the
    harmonics-to-noise ratio of a sampled sound", without tracking across frames.
    """
    shape = np.hanning(_PITCH_WIDTH).astype(np.float32)
    shortest, longest = RATE // _PITCH_RANGE[1], RATE // _PITCH_RANGE[0]
    own = _correlation(shape[None, :])
    similar = _correlation((windows - windows.mean(axis=1, keepdims=True)) * shape) / own
    lags = np.arange(shortest, longest + 1)
    scores = similar[:, lags] - _OCTAVE_COST * np.log2(lags / shortest)
    best = scores.argmax(axis=1)
    strength = similar[np.arange(len(windows)), lags[best]]
    voiced = (strength > _PITCH_STRENGTH) & (best > 0)  # at the edge it is no peak, only a slope
    return np.where(voiced, RATE / lags[best], 0.0)


def _correlation(rows: Samples) -> Floats:
    """Compute the autocorrelation of each row, 1 at lag 0, up to half the row."""
    spectrum = np.abs(np.fft.rfft(rows, 1024)) ** 2
    lagged = np.fft.irfft(spectrum)[:, : rows.shape[1] // 2]
    return np.asarray(lagged / np.maximum(lagged[:, :1], 1e-12), np.float64)
