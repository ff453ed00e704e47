"""Decodes a recording with libsndfile into one mono signal at 16 kHz.

A file is read in blocks of bounded size. Measurements of the original samples (peak, clipping,
duration) are taken while reading; all others use the resampled signal, in frames every 10 ms.
"""

import os
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, TypeAlias, cast

import numpy as np
import soundfile  # pyright: ignore[reportMissingTypeStubs]
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

RATE = 16_000
"""Sampling rate of the analysed signal, Hz."""
HOP = 160
"""Samples from one frame to the next: 10 ms."""
LIMIT = 600
"""Seconds of a recording that are analysed; the rest only counts towards its duration."""
MIN_LEVEL = -120.0
"""dBFS given to digital silence, whose level has no finite logarithm."""

_BLOCK = 1 << 20  # samples over all channels held at once while decoding
_MAX_FRAMES = 1 << 25  # bounds memory at very high rates, where LIMIT seconds are too many
_MAX_RATE = 1_000_000
_FULL_SCALE = 0.9999  # just below 32767 / 32768, the largest positive 16-bit sample

Samples: TypeAlias = NDArray[np.float32]


class NotAudio(ValueError):
    """The file cannot be decoded, holds no samples, or has an impossible sampling rate."""


class Decoder(Protocol):
    """The part of `soundfile.SoundFile` used here, with the types it lacks."""

    samplerate: int
    channels: int
    frames: int

    def read(self, frames: int, dtype: str, *, always_2d: bool) -> Samples:
        """Return up to `frames` frames as an array of shape (frames, channels)."""
        ...

    def close(self) -> None:
        """Release the decoder; the file below stays open."""
        ...


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


@contextmanager
def opened(file: str | os.PathLike[str] | BinaryIO) -> Generator[Decoder, None, None]:
    """Open an audio file by its content; a stream given by the caller is not closed.

    Raises `NotAudio` if it cannot be decoded, `OSError` if it cannot be opened at all.
    """
    with ExitStack() as stack:
        if isinstance(file, str | os.PathLike):
            file = stack.enter_context(Path(file).open("rb"))
        decoder = _decoder(file)
        stack.callback(decoder.close)
        if not 0 < decoder.samplerate <= _MAX_RATE:
            raise NotAudio(f"no sound is sampled at {decoder.samplerate} Hz")
        yield decoder


def blocks(decoder: Decoder) -> Iterator[Samples]:
    """Yield what is left to read, in arrays of shape (frames, channels), within -1 to 1.

    Float files may hold anything; beyond full scale they would clip when played, so they clip here.
    Raises `NotAudio` where the data turn out to be damaged.
    """
    size = max(1, _BLOCK // decoder.channels)
    while True:
        try:
            block = decoder.read(size, "float32", always_2d=True)
        except RuntimeError as error:
            raise NotAudio(str(error)) from error
        if not len(block):
            return
        yield np.clip(np.nan_to_num(block), -1.0, 1.0)


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

    Fourier resampling treats a signal as periodic, so it is done in windows of ten seconds that
    overlap by two, of which the outer seconds, where the ends would leak into each other, are
    dropped. Windows of whole seconds start on a sample at both rates.
    """
    if rate == RATE:
        return signal
    step = 8 * rate
    count = -(-len(signal) // step)
    padded = np.pad(signal, (rate, rate + count * step - len(signal)))
    windows = [
        _stretch(padded[start : start + step + 2 * rate], 10 * RATE)[RATE:-RATE]
        for start in range(0, count * step, step)
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


def _decoder(stream: BinaryIO) -> Decoder:
    """Open the stream with libsndfile; the only use of the untyped package."""
    try:
        return cast("Decoder", soundfile.SoundFile(stream))
    except (RuntimeError, TypeError) as error:  # TypeError: headerless data, told by the file name
        raise NotAudio(str(error)) from error


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


def _stretch(signal: Samples, length: int) -> Samples:
    """Resample one window to `length` samples through its spectrum."""
    spectrum = np.fft.rfft(signal)
    return (np.fft.irfft(spectrum, length) * (length / len(signal))).astype(np.float32)
