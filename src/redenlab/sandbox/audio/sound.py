"""Decodes a recording with libsndfile into one mono signal at 16 kHz.

A file is read in blocks of bounded size. Measurements of the original samples (peak, clipping,
duration) are taken while reading; all others use the resampled signal, in frames every 10 ms.
"""

import os
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from redenlab.ml.audio import Decoder, NotAudio, Samples, blocks, opened

RATE = 16_000
"""Sampling rate of the analysed signal, Hz."""
HOP = 160
"""Samples from one frame to the next: 10 ms."""
LIMIT = 600
"""Seconds of a recording that are analysed; the rest only counts towards its duration."""
MIN_LEVEL = -120.0
"""dBFS given to digital silence, whose level has no finite logarithm."""

_MAX_FRAMES = 1 << 25  # bounds memory at very high rates, where LIMIT seconds are too many
_MAX_WINDOW = 480_000  # samples that are resampled at once: ten seconds at 48 kHz
_FULL_SCALE = 0.9999  # just below 32767 / 32768, the largest positive 16-bit sample


@dataclass(frozen=True, slots=True)
class Recording:
    """A decoded recording: its facts, and the signal to analyse.

    `signal` is mono, at `RATE`, free of any constant offset, at most `LIMIT` seconds long.
    `duration` is in seconds, `peak` in dBFS, `clipped` the share (0 to 1) of samples at full scale.
    """

    duration: float
    sample_rate: int
    channels: int
    peak: float
    clipped: float
    signal: Samples


def decode(file: str | os.PathLike[str] | BinaryIO) -> Recording:
    """Read a recording. Raises `NotAudio`, or `OSError` for a file that cannot be opened."""
    with opened(file) as decoder:
        rate, channels = decoder.samplerate, decoder.channels
        limit = min(LIMIT * rate, _MAX_FRAMES)
        mono, peak, full = _mono(decoder, limit)
        count = len(mono) if len(mono) < limit else decoder.frames  # headers may promise too much
    if not len(mono):
        raise NotAudio("the recording holds no samples")
    mono -= mono.mean()
    return Recording(
        duration=count / rate,
        sample_rate=rate,
        channels=channels,
        peak=round(decibels(peak**2), 2),
        clipped=full / (len(mono) * channels),
        signal=resample(mono, rate),
    )


def resample(signal: Samples, rate: int) -> Samples:
    """Bring a mono signal from `rate` Hz to `RATE` by truncating or extending its spectrum.

    Fourier resampling treats a signal as periodic, so it is done in windows of up to ten seconds
    that overlap by two, of which the outer seconds, where the ends would leak into each other, are
    dropped. Windows of whole seconds start on a sample at both rates; at high rates they are
    shorter, since a spectrum whose length has a large prime factor takes much memory.
    """
    if rate == RATE:
        return signal
    inner = max(1, min(8, _MAX_WINDOW // rate - 2))
    step = inner * rate
    windows = [
        _stretch(_window(signal, start - rate, step + 2 * rate), (inner + 2) * RATE)[RATE:-RATE]
        for start in range(0, len(signal), step)
    ]
    return np.concatenate(windows)[: max(1, round(len(signal) * RATE / rate))]


def frames(signal: Samples, width: int) -> Samples:
    """Cut a signal at `RATE` into frames of `width` samples: a view of shape (frames, width).

    Frame `k` is centred on `(k + 0.5) * HOP` samples, whatever its width, and there is one for
    each started hop.
    """
    count = -(-len(signal) // HOP)
    margin = (width - HOP) // 2
    padded = np.pad(signal, (margin, count * HOP - len(signal) + width - HOP - margin))
    return sliding_window_view(padded, width)[::HOP]


def decibels(power: float) -> float:
    """Express a mean square as dBFS, never below `MIN_LEVEL`."""
    return float(10 * np.log10(max(power, 10 ** (MIN_LEVEL / 10))))


def _mono(decoder: Decoder, limit: int) -> tuple[Samples, float, int]:
    """Read `limit` frames: the mean of the channels, the largest magnitude, samples at its top."""
    parts: list[Samples] = []
    peak, full, count = 0.0, 0, 0
    for block in blocks(decoder):
        kept = block[: limit - count]
        magnitude = np.abs(kept)
        peak = max(peak, float(magnitude.max()))
        full += int(np.count_nonzero(magnitude >= _FULL_SCALE))
        parts.append(kept.mean(axis=1, dtype=np.float32))
        count += len(kept)
        if count == limit:
            break
    return np.concatenate(parts) if parts else np.zeros(0, np.float32), peak, full


def _window(signal: Samples, start: int, length: int) -> Samples:
    """A part of a signal that may begin before it and end after it, in silence."""
    part = signal[max(start, 0) : start + length]
    before = max(-start, 0)
    return np.pad(part, (before, length - before - len(part)))


def _stretch(signal: Samples, length: int) -> Samples:
    """Resample one window to `length` samples through its spectrum."""
    spectrum = np.fft.rfft(signal)
    return (np.fft.irfft(spectrum, length) * (length / len(signal))).astype(np.float32)
