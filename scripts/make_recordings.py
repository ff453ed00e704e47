"""Make the two recordings bundled with the sandbox, from nothing but text.

The speech is synthetic: espeak-ng's formant synthesis reads the sentences below, so it is no human
voice. Each utterance is trimmed to its sound, scaled to a common level and laid on a faint noise
floor with pauses in between; as the pauses are chosen here, the true borders of every turn are
known. With the same espeak-ng (1.51 was used) and numpy a second run writes the same bytes.

    PYTHONPATH=src python scripts/make_recordings.py

prints, for each file, the rows of the table kept in its README.
"""

import subprocess
import tempfile
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from redenlab.ml.audio import Samples
from redenlab.sandbox.audio.sound import RATE, decode

FOLDER = Path(__file__).resolve().parents[1] / "src/redenlab/sandbox/recordings"
LEVEL = 0.09  # RMS of every utterance: about -21 dBFS, an ordinary speech level
NOISE = 0.0004  # RMS of the noise floor: about -68 dBFS, a quiet room
SILENCE = 0.01  # below this share of its peak, the ends of an utterance are trimmed


@dataclass(frozen=True, slots=True)
class Voice:
    """A synthetic voice: espeak-ng's name for it, pitch (0 to 99), words per minute."""

    name: str
    pitch: int
    speed: int


@dataclass(frozen=True, slots=True)
class Utterance:
    """One breath of speech, and the silence before it in seconds."""

    pause: float
    speaker: str
    text: str


VOICES = {
    "A": Voice("en-gb+m3", 38, 170),
    "B": Voice("en-us+f2", 62, 178),
}

SCRIPTS = {
    "one_speaker": (
        Utterance(0.30, "A", "The early train was late, so we walked along the river."),
        Utterance(0.50, "A", "Two boats went by."),
    ),
    "two_speakers": (
        Utterance(0.25, "A", "Hello. Did the parcel arrive?"),
        Utterance(0.28, "B", "Yes, it came yesterday."),
        Utterance(0.24, "A", "Was anything broken?"),
        Utterance(0.30, "B", "No, all the cups are fine."),
    ),
}
ENDING = 0.35  # seconds of silence after the last word


def main() -> None:
    """Write both recordings and print their true turns."""
    for name, script in SCRIPTS.items():
        signal, rows = mix(script)
        write(FOLDER / f"{name}.wav", signal)
        print(f"{name}.wav, {len(signal) / RATE:.2f} s", *rows, sep="\n")


def mix(script: Sequence[Utterance]) -> tuple[Samples, list[str]]:
    """Lay the utterances one after another on noise; also return the truth as table rows."""
    parts: list[Samples] = []
    rows: list[str] = []
    now = 0.0
    for utterance in script:
        spoken = speak(VOICES[utterance.speaker], utterance.text)
        parts += [np.zeros(round(utterance.pause * RATE), np.float32), spoken]
        start, now = now + utterance.pause, now + utterance.pause + len(spoken) / RATE
        rows.append(f"| {utterance.speaker} | {start:.2f} | {now:.2f} | {utterance.text} |")
    parts.append(np.zeros(round(ENDING * RATE), np.float32))
    signal = np.concatenate(parts)
    noise = np.random.default_rng(7).normal(0.0, NOISE, len(signal))
    return (signal + noise).astype(np.float32), rows


def speak(voice: Voice, text: str) -> Samples:
    """Have espeak-ng read a text; return it trimmed, at the common level and rate."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "utterance.wav"
        options = ["-v", voice.name, "-p", str(voice.pitch), "-s", str(voice.speed)]
        subprocess.run(["espeak-ng", *options, "-w", str(path), text], check=True)
        signal = decode(path).signal
    loud = np.flatnonzero(np.abs(signal) > SILENCE * np.abs(signal).max())
    signal = signal[loud[0] : loud[-1] + 1]
    return signal * np.float32(LEVEL / np.sqrt(np.mean(signal**2)))


def write(path: Path, signal: Samples) -> None:
    """Write a mono signal as 16-bit PCM."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.round(signal * 32767).astype("<i2").tobytes())


if __name__ == "__main__":
    main()
