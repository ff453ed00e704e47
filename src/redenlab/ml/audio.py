"""Audio files, read with libsndfile in blocks of bounded size; needs the ``audio`` extra."""

import os
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol, TypeAlias, cast

import numpy as np
import soundfile  # pyright: ignore[reportMissingTypeStubs]
from numpy.typing import NDArray

_BLOCK = 1 << 20  # samples over all channels held at once while decoding
_MAX_RATE = 192_000  # Hz; speech is recorded at less, and the work grows with it

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


def _decoder(stream: BinaryIO) -> Decoder:
    """Open the stream with libsndfile; the only use of the untyped package."""
    try:
        return cast("Decoder", soundfile.SoundFile(stream))
    except (RuntimeError, TypeError) as error:  # TypeError: headerless data, told by the file name
        raise NotAudio(str(error)) from error
