"""Speaker turns, found by comparing Gaussian models of the voice.

The features of one voice, over a second or more, are roughly Gaussian. Two neighbouring spans of
speech belong to different speakers if two Gaussians describe them better than one, by more than
the penalty for the additional parameters: the Bayesian information criterion (BIC). The same test
first splits spans where the voice changes, then merges segments of the same voice.

Sources: S. Chen and P. Gopalakrishnan (1998), "Speaker, environment and channel change detection
and clustering via the Bayesian information criterion". S. Davis and P. Mermelstein (1980),
"Comparison of parametric representations for monosyllabic word recognition in continuously spoken
sentences", for the cepstral features.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from redenlab.ml.audio import Samples
from redenlab.sandbox.audio.sound import HOP, RATE, frames

Floats: TypeAlias = NDArray[np.float64]
Span: TypeAlias = tuple[int, int]

_PENALTY = 1.5  # weight of the BIC penalty; 1 as derived, more finds fewer voices
_PRIOR = 25.0  # frames of average voice added to every model, so that short segments have one
_MAX_WEIGHT = 600.0  # maximum frames that a model counts as; more only measure its misfit
_MIN_ROWS = 40  # voiced frames on each side of a cut; shorter segments differ by sound, not voice
_WINDOW = 600  # voiced frames searched for one change at a time, which bounds the cost
_STRIDE = 5  # voiced frames between two candidate cuts
_SAME_TURN = 1.0  # s of silence that one speaker may leave within a turn

_WIDTH = 400  # samples per spectrum: 25 ms
_BANDS = 24
_CEPSTRA = 9


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker talking from `start` to `end`, in seconds; `speaker` looks like SPEAKER_00."""

    speaker: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class _Segment:
    """A span of frames with one voice, and the rows of the voice matrix that belong to it."""

    span: Span
    rows: Span


def find_turns(signal: Samples, speech: Sequence[Span], pitch: Floats) -> tuple[Turn, ...]:
    """Attribute the stretches of speech (spans of frames) to speakers.

    `pitch` holds one value per frame of the signal, in Hz, 0 where unvoiced. Only voiced frames
    are compared; a stretch without any is no turn. Speakers are numbered as they first appear.
    """
    voiced = [start + np.flatnonzero(pitch[start:end]) for start, end in speech]
    where = np.concatenate([*voiced, np.zeros(0, np.int64)]).astype(np.int64)
    if not len(where):
        return ()
    moments = _Moments(_voices(signal, where, pitch))
    segments = list(_segments(speech, where, moments))
    return _turns(segments, _clusters([segment.rows for segment in segments], moments))


class _Moments:
    """Running sums of feature vectors, so that the model of any run of rows costs one subtraction.

    A set of rows is summed up as (count, sum, sum of outer products), packed in one flat vector:
    the vectors of disjoint sets add.
    """

    def __init__(self, rows: Floats) -> None:
        count, self.size = rows.shape
        self._sums = np.zeros((count + 1, 1 + self.size + self.size**2))
        self._sums[1:, 0] = 1
        self._sums[1:, 1 : self.size + 1] = rows
        self._sums[1:, self.size + 1 :] = (rows[:, :, None] * rows[:, None, :]).reshape(count, -1)
        np.cumsum(self._sums, axis=0, out=self._sums)

    def between(self, start: int | NDArray[np.int64], end: int | NDArray[np.int64]) -> Floats:
        """Sum up the rows from `start` up to `end`; arrays give one sum per pair."""
        return np.asarray(self._sums[end] - self._sums[start])

    def gain(self, left: Floats, right: Floats) -> Floats:
        """How much better two models describe two sets of rows than one: positive means two voices.

        This is the difference of BIC in Chen and Gopalakrishnan's equation 5, with their lambda
        as `_PENALTY`.
        """
        left, right = _capped(left), _capped(right)
        both = left + right
        parameters = self.size + self.size * (self.size + 1) / 2
        price = _PENALTY * parameters * np.log(both[..., 0]) / 2
        return np.asarray(self._spread(both) - self._spread(left) - self._spread(right) - price)

    def _spread(self, sums: Floats) -> Floats:
        """Half the count times the log determinant of the covariance, kept regular by a prior.

        The features have unit variance overall, so the prior is the unit matrix.
        """
        count = sums[..., 0]
        mean = sums[..., 1 : self.size + 1] / count[..., None]
        square = sums[..., self.size + 1 :].reshape(*count.shape, self.size, self.size)
        scatter = square - count[..., None, None] * mean[..., :, None] * mean[..., None, :]
        regular = scatter + _PRIOR * np.eye(self.size)
        logarithm = np.linalg.slogdet(regular / (count + _PRIOR)[..., None, None])[1]
        return np.asarray(count * logarithm / 2)


def _capped(sums: Floats) -> Floats:
    """Scale summed rows down to the weight of `_MAX_WEIGHT` of them, keeping mean and covariance.

    Neighbouring frames are alike and no voice is quite Gaussian, so without a cap the evidence for
    ever more voices would grow with the length of a recording.
    """
    return np.asarray(sums * np.minimum(1.0, _MAX_WEIGHT / sums[..., :1]))


def _segments(
    speech: Sequence[Span], where: NDArray[np.int64], moments: _Moments
) -> Iterator[_Segment]:
    """Cut each stretch where the voice changes within it; drop those without a voice."""
    for start, end in speech:
        first, last = (int(row) for row in np.searchsorted(where, [start, end]))
        if first == last:
            continue
        rows = [first, *_changes(first, last, moments), last]
        borders = [start, *(int(where[row]) for row in rows[1:-1]), end]
        for i in range(len(rows) - 1):
            yield _Segment((borders[i], borders[i + 1]), (rows[i], rows[i + 1]))


def _changes(first: int, last: int, moments: _Moments) -> Iterator[int]:
    """Find the rows where the voice changes, by a window that grows until it holds a change."""
    start, end = first, min(first + 4 * _MIN_ROWS, last)
    while end - start >= 2 * _MIN_ROWS:
        cuts = np.arange(start + _MIN_ROWS, end - _MIN_ROWS + 1, _STRIDE)
        gains = moments.gain(moments.between(start, cuts), moments.between(cuts, end))
        best = int(np.argmax(gains))
        if gains[best] > 0:
            start = int(cuts[best])
            yield start
            end = min(start + 4 * _MIN_ROWS, last)
        elif end == last:
            return
        else:
            end = min(end + _MIN_ROWS, last)
            start = max(start, end - _WINDOW)


def _clusters(segments: Sequence[Span], moments: _Moments) -> list[int]:
    """Join the two most alike clusters until any two are better apart; label every segment."""
    sums = np.array([moments.between(*rows) for rows in segments])
    labels = np.arange(len(segments))
    gains = np.array([moments.gain(sums, one) for one in sums])
    np.fill_diagonal(gains, np.inf)
    while gains.min() < 0:
        kept, gone = sorted(int(i) for i in np.unravel_index(np.argmin(gains), gains.shape))
        labels[labels == gone] = kept
        sums[kept] += sums[gone]
        gains[gone] = gains[:, gone] = np.inf
        others = np.setdiff1d(labels, kept)
        gains[kept, others] = gains[others, kept] = moments.gain(sums[others], sums[kept])
    return [int(label) for label in labels]


def _turns(segments: Sequence[_Segment], labels: Sequence[int]) -> tuple[Turn, ...]:
    """Name the speakers in order of appearance and join neighbouring segments of one speaker."""
    names = {label: f"SPEAKER_{n:02d}" for n, label in enumerate(dict.fromkeys(labels))}
    turns: list[Turn] = []
    for segment, label in zip(segments, labels, strict=True):
        start, end = (round(frame * HOP / RATE, 3) for frame in segment.span)
        last = turns[-1] if turns else None
        if last and last.speaker == names[label] and start - last.end < _SAME_TURN:
            turns[-1] = Turn(last.speaker, last.start, end)
        else:
            turns.append(Turn(names[label], start, end))
    return tuple(turns)


def _voices(signal: Samples, where: NDArray[np.int64], pitch: Floats) -> Floats:
    """Describe frames by cepstrum and log pitch, each scaled to zero mean and unit variance."""
    cepstra = [
        _cepstra(frames(signal, _WIDTH)[where[i : i + 4096]]) for i in range(0, len(where), 4096)
    ]
    rows: Floats = np.column_stack([np.vstack(cepstra), np.log(pitch[where])])
    return np.asarray((rows - rows.mean(axis=0)) / (rows.std(axis=0) + 1e-9))


def _cepstra(windows: Samples) -> Floats:
    """Compute mel-frequency cepstral coefficients, from the first, of each row of samples."""
    emphasised = windows[:, 1:] - 0.97 * windows[:, :-1]
    power = np.abs(np.fft.rfft(emphasised * np.hamming(_WIDTH - 1), 512)) ** 2
    bands = np.log(power @ _mel_bank() + 1e-10)
    order = np.arange(1, _CEPSTRA + 1)[None, :]
    cosines = np.cos(np.pi * order * (np.arange(_BANDS)[:, None] + 0.5) / _BANDS)
    return np.asarray(bands @ cosines, np.float64)


def _mel_bank() -> Floats:
    """Build triangles evenly spaced on the mel scale from 80 to 7600 Hz, of shape (257, bands)."""
    low, high = (1127 * math.log1p(hertz / 700) for hertz in (80, 7600))
    edges = 700 * np.expm1(np.linspace(low, high, _BANDS + 2) / 1127)
    bins = np.fft.rfftfreq(512, 1 / RATE)[:, None]
    rising = (bins - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - bins) / (edges[2:] - edges[1:-1])
    return np.asarray(np.maximum(0, np.minimum(rising, falling)))
