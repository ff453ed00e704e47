"""Audio for sessions: raw samples of one channel, from files and pipes."""

import wave
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import BinaryIO, Final

from redenlab.core.errors import InputError

WIDTHS: Final = {"pcm_s16le": 2, "pcm_f32le": 4, "mulaw": 1, "alaw": 1}
"""Bytes of a sample."""

CHUNK: Final = 0.1
"""Seconds of audio in one frame."""


@dataclass(frozen=True, slots=True)
class AudioFormat:
    """How audio is sent: one channel.

    Attributes:
        encoding: A key of `WIDTHS`.
        sample_rate: Samples of a second.
    """

    encoding: str
    sample_rate: int

    @property
    def width(self) -> int:
        """Bytes of a sample."""
        return WIDTHS[self.encoding]

    @property
    def rate(self) -> int:
        """Bytes of a second."""
        return self.sample_rate * self.width

    @property
    def chunk(self) -> int:
        """Bytes of one frame."""
        return round(self.sample_rate * CHUNK) * self.width

    def at(self, seconds: float) -> int:
        """The byte at which a moment of the audio is."""
        return max(round(seconds * self.sample_rate), 0) * self.width


def chunks(source: str | PathLike[str] | BinaryIO, form: AudioFormat) -> Iterator[bytes]:
    """The audio of a file in pieces of `CHUNK`.

    Args:
        source: A WAV file, or raw samples in the form that is sent: a path, or a binary file, which
            stays open.
        form: What is sent.

    Raises:
        InputError: It cannot be read, or its audio has another form.
    """
    with ExitStack() as stack:
        if isinstance(source, str | PathLike):
            file: BinaryIO = stack.enter_context(_opened(Path(source)))
        else:
            file = source
        if file.seekable():
            begin = file.tell()
            is_wave = file.read(4) == b"RIFF"
            file.seek(begin)
            if is_wave:
                yield from _samples(file, form)
                return
        while chunk := file.read(form.chunk):
            yield chunk


def format_of(path: str | PathLike[str], encoding: str, sample_rate: int | None) -> AudioFormat:
    """The form in which a file can be sent: that of a WAV file, else what is given.

    Args:
        path: The file.
        encoding: Of its samples, where it is no WAV file.
        sample_rate: Of those; ``None`` are 16000.

    Raises:
        InputError: It cannot be read.
    """
    with _opened(Path(path)) as file:
        if file.read(4) != b"RIFF":
            return AudioFormat(encoding, sample_rate or 16000)
        file.seek(0)
        with _reading(file) as found:
            return AudioFormat("pcm_s16le", found.getframerate())


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        problem = f"the recording cannot be read: {error.strerror}"
        raise InputError(problem, hint="check its path").of_file(path.name) from None


def _reading(file: BinaryIO) -> wave.Wave_read:
    try:
        return wave.Wave_read(file)
    except Exception as error:  # noqa: BLE001 - it was not written for files that are damaged
        raise InputError(
            f"the WAV file cannot be read: {error or type(error).__name__}",
            hint="convert it: ffmpeg -i FILE -ac 1 -c:a pcm_s16le call.wav",
        ) from None


def _samples(file: BinaryIO, form: AudioFormat) -> Iterator[bytes]:
    with _reading(file) as found:
        shape = (found.getnchannels(), found.getsampwidth(), found.getframerate())
        if shape != (1, 2, form.sample_rate) or form.encoding != "pcm_s16le":
            channels, width, rate = shape
            raise InputError(
                f"the WAV file has {channels} channels of {8 * width} bits at {rate} Hz; the "
                f"session is for one of {form.encoding} at {form.sample_rate} Hz",
                hint="give the session the sample_rate of the file, or convert the file: "
                "ffmpeg -i FILE -ac 1 -c:a pcm_s16le call.wav",
            )
        while chunk := found.readframes(form.chunk // form.width):
            yield chunk
