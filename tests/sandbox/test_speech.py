"""The sandbox's ear, tried on sounds whose properties are known because they were made here.

Voices are imitated by pulse trains through resonances; the bundled recordings, whose turns are
known too, stand in for real conversations.
"""

import io
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from time import process_time
from typing import TypeAlias

import numpy as np
import pytest
import soundfile  # pyright: ignore[reportMissingTypeStubs]
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

import redenlab.sandbox
from redenlab.ml import audio
from redenlab.sandbox.audio import sound
from redenlab.sandbox.audio.speech import NotAudio, Speech, analyse

Signal: TypeAlias = NDArray[np.float64]

RECORDINGS = Path(next(iter(redenlab.sandbox.__path__))) / "recordings"
RATE = 16_000

# As in the README beside the recordings: speaker, start, end.
TRUE_TURNS = {
    "one_speaker.wav": [("A", 0.30, 4.87)],
    "two_speakers.wav": [
        ("A", 0.25, 2.17),
        ("B", 2.45, 4.19),
        ("A", 4.43, 5.55),
        ("B", 5.85, 7.71),
    ],
}


def recorded(
    signal: Signal, rate: int = RATE, kind: str = "WAV", subtype: str = "PCM_16"
) -> io.BytesIO:
    """Write a signal, of shape (frames,) or (frames, channels), to a file in memory."""
    file = io.BytesIO()
    soundfile.write(file, signal, rate, format=kind, subtype=subtype)
    file.seek(0)
    return file


def bundled(name: str) -> Signal:
    """Read the samples of a bundled recording."""
    return np.asarray(soundfile.read(RECORDINGS / name)[0], np.float64)


def tone(seconds: float, hertz: float = 200, rate: int = RATE, amplitude: float = 0.5) -> Signal:
    return amplitude * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)


def noise(seconds: float, amplitude: float, seed: int = 1) -> Signal:
    return np.random.default_rng(seed).normal(0, amplitude, round(seconds * RATE))


def babble(syllables: int, pitch: float, vowels: Sequence[tuple[float, float]]) -> Signal:
    """Say one syllable every quarter of a second: harmonics of a gliding pitch, two formants."""
    time = np.arange(RATE // 4) / RATE
    spoken: list[Signal] = []
    for n in range(syllables):
        phase = 2 * np.pi * pitch * (time + 0.1 * (n % 3 - 1) * time**2)
        harmonics = np.arange(1, int(7000 / pitch))[:, None]
        formants = vowels[n % len(vowels)]
        weight = sum(1 / (1 + ((harmonics * pitch - peak) / 120) ** 2) for peak in formants)
        voice = ((weight + 0.002) * np.sin(harmonics * phase)).sum(axis=0)
        spoken.append(voice / np.abs(voice).max() * np.sin(np.pi * time * 4) ** 2 / 2)
    signal = np.concatenate(spoken)
    return signal + noise(len(signal) / RATE, 0.0003)


def low(syllables: int) -> Signal:
    return babble(syllables, 105, [(700, 1200), (300, 2200), (400, 900), (500, 1600)])


def high(syllables: int) -> Signal:
    return babble(syllables, 230, [(950, 1600), (420, 2900), (520, 1200), (680, 2100)])


def hush(seconds: float) -> Signal:
    return noise(seconds, 0.0003, seed=2)


def heard(*parts: Signal) -> Speech:
    return analyse(recorded(np.concatenate(parts)))


@pytest.mark.parametrize("name", TRUE_TURNS)
def test_bundled_recording_has_its_true_turns(name: str) -> None:
    turns = analyse(RECORDINGS / name).turns
    truth = TRUE_TURNS[name]
    names = dict(zip("AB", ["SPEAKER_00", "SPEAKER_01"], strict=True))
    assert [turn.speaker for turn in turns] == [names[speaker] for speaker, _, _ in truth]
    borders = [(turn.start, turn.end) for turn in turns]
    assert np.array(borders) == pytest.approx(np.array([true[1:] for true in truth]), abs=0.15)


@pytest.mark.parametrize(("name", "count"), [("one_speaker.wav", 18), ("two_speakers.wav", 26)])
def test_bundled_recording_has_about_the_syllables_of_its_text(name: str, count: int) -> None:
    assert len(analyse(RECORDINGS / name).syllables) == pytest.approx(count, abs=2)


def test_bundled_recording_is_sixteen_bit_mono_of_modest_size() -> None:
    for name in TRUE_TURNS:
        info = soundfile.info(RECORDINGS / name)
        assert (info.samplerate, info.channels, info.subtype) == (RATE, 1, "PCM_16")
        assert (RECORDINGS / name).stat().st_size < 260_000


def test_recordings_differ_in_every_measure() -> None:
    one, two = (analyse(RECORDINGS / name) for name in TRUE_TURNS)
    same = {"sample_rate", "channels", "clipped"}
    for field in set(Speech.__dataclass_fields__) - same:
        assert getattr(one, field) != getattr(two, field), field


def test_a_recording_gives_the_same_result_each_time() -> None:
    assert analyse(RECORDINGS / "two_speakers.wav") == analyse(RECORDINGS / "two_speakers.wav")


def test_changing_voice_within_one_stretch_is_a_new_turn() -> None:
    speech = heard(hush(0.5), low(12), high(12), hush(0.5))
    assert [turn.speaker for turn in speech.turns] == ["SPEAKER_00", "SPEAKER_01"]
    assert speech.turns[0].end == pytest.approx(3.5, abs=0.3)
    assert speech.turns[1].start == pytest.approx(3.5, abs=0.3)


def test_returning_voice_is_recognised() -> None:
    speech = heard(hush(0.3), low(8), hush(0.3), high(8), hush(0.3), low(8), hush(0.3))
    assert [turn.speaker[-1] for turn in speech.turns] == ["0", "1", "0"]
    assert speech.speaker_count == 2


def test_a_long_talk_by_one_voice_stays_one_speaker() -> None:
    random = np.random.default_rng(1)
    vowels = [(float(a), float(b)) for a, b in random.uniform((300, 900), (800, 2300), (8, 2))]
    parts: list[Signal] = []
    for _ in range(60):
        word = [vowels[int(n)] for n in random.integers(0, 8, 8).tolist()]
        parts += [babble(8, random.uniform(100, 115), word), hush(0.3)]
    assert heard(*parts).speaker_count == 1


@pytest.mark.parametrize(("silence", "turns"), [(0.6, 1), (1.5, 2)])
def test_only_a_long_silence_ends_the_turn_of_one_voice(silence: float, turns: int) -> None:
    speech = heard(hush(0.3), low(6), hush(silence), low(6), hush(0.3))
    assert (len(speech.turns), speech.speaker_count) == (turns, 1)


def test_pauses_lie_between_speech_and_not_around_it() -> None:
    speech = heard(hush(1), low(5), hush(0.7), low(5), hush(1))
    ((start, end),) = speech.pauses
    assert (start, end) == pytest.approx((2.25, 2.95), abs=0.1)
    assert speech.speech_seconds == pytest.approx(2.5, abs=0.2)


@pytest.mark.parametrize(("gap", "pauses"), [(0.02, 0), (0.35, 1)])
def test_short_gaps_are_no_pauses(gap: float, pauses: int) -> None:
    loud = tone(1) * np.hanning(RATE) ** 0.1
    assert len(heard(hush(0.5), loud, hush(gap), loud, hush(0.5)).pauses) == pauses


@pytest.mark.parametrize("count", [3, 7, 12])
def test_each_voiced_beat_is_a_syllable(count: int) -> None:
    speech = heard(hush(0.5), low(count), hush(0.5))
    expected = [0.5 + 0.125 + 0.25 * n for n in range(count)]
    assert speech.syllables == pytest.approx(expected, abs=0.06)
    assert speech.syllable_rate == pytest.approx(count / (1 + count / 4), rel=0.01)
    assert speech.articulation_rate == pytest.approx(count / speech.speech_seconds, abs=0.01)


def test_voiceless_beats_are_no_syllables_and_no_turns() -> None:
    beats = noise(2, 0.2) * np.sin(np.pi * 4 * np.arange(2 * RATE) / RATE) ** 2
    speech = heard(hush(0.5), beats, hush(0.5))
    assert speech.speech_seconds > 1
    assert (speech.syllables, speech.turns) == ((), ())


@pytest.mark.parametrize(
    ("signal", "why"),
    [
        (np.zeros(3 * RATE), "digital silence"),
        (noise(3, 0.0002), "a quiet room"),
        (noise(3, 0.2), "white noise"),
        (tone(3), "a pure tone"),
        (tone(3, hertz=3000), "a high tone"),
        (np.full(RATE, 0.5), "a constant offset"),
    ],
)
def test_steady_partis_no_speech(signal: Signal, why: str) -> None:
    speech = heard(signal)
    silent = (speech.turns, speech.pauses, speech.syllables, speech.speech_seconds)
    assert silent == ((), (), (), 0), why
    assert (speech.speaker_count, speech.syllable_rate, speech.articulation_rate) == (0, 0, 0)


@pytest.mark.parametrize(
    ("part", "why"),
    [
        (noise(0.01, 0.3), "a click"),
        (2e-4 * low(6), "speech too faint to tell from a noise floor"),
    ],
)
def test_what_is_too_short_or_too_faint_is_no_speech(part: Signal, why: str) -> None:
    assert heard(np.zeros(RATE), part, np.zeros(RATE)).speech_seconds == 0, why


def test_rumble_is_not_a_voice() -> None:
    speech = heard(hush(0.5), tone(1, hertz=30) * np.hanning(RATE), hush(0.5))
    assert (speech.turns, speech.syllables) == ((), ())
    assert speech.speech_seconds > 0.5


def test_constant_offset_is_not_heard() -> None:
    clean, offset = heard(hush(0.5), low(8)), heard(hush(0.5) + 0.3, low(8) + 0.3)
    assert offset.level == pytest.approx(clean.level, abs=0.05)
    assert offset.syllables == pytest.approx(clean.syllables)


def test_silence_is_at_the_lowest_level() -> None:
    speech = heard(np.zeros(RATE))
    assert (speech.level, speech.peak, speech.clipped) == (-120, -120, 0)


def test_level_is_that_of_the_speech_only() -> None:
    speech = heard(hush(3), tone(1), hush(3))
    assert speech.level == pytest.approx(20 * np.log10(0.5 / np.sqrt(2)), abs=0.3)
    assert speech.peak == pytest.approx(20 * np.log10(0.5), abs=0.02)


def test_half_as_loud_is_six_decibels_less() -> None:
    loud, soft = (heard(factor * low(8), hush(0.3)) for factor in (1, 0.5))
    assert loud.level - soft.level == pytest.approx(6.02, abs=0.2)
    assert loud.peak - soft.peak == pytest.approx(6.02, abs=0.02)


def test_clipped_is_the_share_of_samples_at_full_scale() -> None:
    signal = np.zeros(1000)
    signal[:30], signal[500:520] = 1, -1
    assert heard(signal).clipped == pytest.approx(0.05)
    assert heard(signal * 0.99).clipped == 0


def test_samples_beyond_full_scale_or_undefined_are_tamed() -> None:
    signal = np.concatenate([low(4), [np.nan, np.inf, -np.inf, 1e30]])
    speech = analyse(recorded(signal, subtype="FLOAT"))
    assert speech.peak == 0
    assert speech.clipped == pytest.approx(3 / len(signal))
    assert np.isfinite(speech.level)


@pytest.mark.parametrize("samples", [1, 2, 7, 159, 161, 800])
@pytest.mark.parametrize("rate", [8_000, 16_000, 48_000])
def test_a_moment_is_enough(samples: int, rate: int) -> None:
    speech = analyse(recorded(np.full(samples, 0.25), rate))
    assert (speech.duration, speech.sample_rate) == (samples / rate, rate)
    assert speech.turns == ()


@pytest.mark.parametrize("rate", [8_000, 11_025, 22_050, 44_100, 48_000])
def test_rate_and_channels_hardly_change_what_is_heard(rate: int) -> None:
    known = analyse(RECORDINGS / "two_speakers.wav")
    signal = bundled("two_speakers.wav")
    there = np.arange(int(len(signal) * rate / RATE)) / rate
    again = np.interp(there, np.arange(len(signal)) / RATE, signal)
    speech = analyse(recorded(np.column_stack([again, again]), rate))
    assert (speech.sample_rate, speech.channels, speech.speaker_count) == (rate, 2, 2)
    assert speech.duration == pytest.approx(known.duration, abs=0.01)
    assert len(speech.syllables) == pytest.approx(len(known.syllables), abs=2)
    starts = [turn.start for turn in speech.turns]
    assert starts == pytest.approx([turn.start for turn in known.turns], abs=0.1)


@pytest.mark.parametrize(
    ("kind", "subtype"),
    [("WAV", "PCM_24"), ("FLAC", "PCM_16"), ("OGG", "VORBIS"), ("MP3", "MPEG_LAYER_III")],
)
def test_every_common_format_is_read(kind: str, subtype: str, tmp_path: Path) -> None:
    signal = bundled("two_speakers.wav")
    path = tmp_path / "recording.bin"
    path.write_bytes(recorded(signal, kind=kind, subtype=subtype).getvalue())
    speech = analyse(path)
    assert speech.duration == pytest.approx(len(signal) / RATE, abs=0.1)
    assert [turn.speaker[-1] for turn in speech.turns] == ["0", "1", "0", "1"]


def test_path_and_stream_are_read_alike() -> None:
    path = RECORDINGS / "one_speaker.wav"
    with path.open("rb") as stream:
        assert analyse(stream) == analyse(str(path)) == analyse(path)
        assert not stream.closed


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 100,
        b"not a sound" * 50,
        b"RIFF\x24\0\0\0WAVEfmt ",
        b"ID3",
        b"fLaC" + b"\0" * 60,
    ],
)
@pytest.mark.parametrize("name", ["recording.wav", "recording.raw"])
def test_what_cannot_be_decoded_is_not_audio(content: bytes, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(NotAudio):
        analyse(path)


def test_no_samples_are_not_audio() -> None:
    with pytest.raises(NotAudio, match="no samples"):
        heard(np.zeros(0))


@pytest.mark.parametrize("rate", [0, 2_000_000_000])
def test_impossible_sampling_rate_is_not_audio(rate: int) -> None:
    content = bytearray(recorded(tone(0.1)).getvalue())
    content[24:28] = rate.to_bytes(4, "little")
    with pytest.raises(NotAudio):
        analyse(io.BytesIO(content))


def test_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        analyse(tmp_path / "missing.wav")


def test_beyond_the_limit_only_duration_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound, "LIMIT", 3)
    speech = heard(hush(0.5), low(6), hush(8), np.ones(100))
    assert speech.duration == pytest.approx(10 + 100 / RATE)
    assert speech.clipped == 0
    assert speech.syllable_rate == pytest.approx(6 / 3, abs=0.01)


def test_a_file_cut_short_is_as_long_as_what_is_left() -> None:
    content = recorded(low(8)).getvalue()
    assert analyse(io.BytesIO(content[: len(content) // 2])).duration == pytest.approx(1, abs=0.01)


def test_long_files_are_read_in_blocks_that_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = analyse(RECORDINGS / "two_speakers.wav")
    monkeypatch.setattr(audio, "_BLOCK", 1000)
    assert analyse(RECORDINGS / "two_speakers.wav") == whole


@pytest.mark.parametrize("rate", [8_000, 22_050, 48_000])
def test_resampling_keeps_a_tone_across_windows(rate: int) -> None:
    signal = tone(20, hertz=440, rate=rate).astype(np.float32)
    again = sound.resample(signal, rate)
    assert len(again) == 20 * RATE
    inner = slice(RATE, -RATE)
    assert np.abs(again - tone(20, hertz=440))[inner].max() < 1e-3


def test_resampling_removes_what_the_lower_rate_cannot_hold() -> None:
    again = sound.resample(tone(10, hertz=15_000, rate=48_000).astype(np.float32), 48_000)
    assert np.abs(again[RATE:-RATE]).max() < 1e-3


def test_ten_seconds_take_a_fraction_of_a_second() -> None:
    signal = np.tile(np.concatenate([low(8), hush(0.5)]), 4)
    file = recorded(np.repeat(np.column_stack([signal, signal]), 3, axis=0), 48_000)
    before = process_time()
    speech = analyse(file)
    assert process_time() - before < 1.2  # far above the usual, for slow and busy machines
    assert speech.duration == pytest.approx(10)


@settings(max_examples=40, deadline=None, database=None)
@given(
    parts=st.lists(st.tuples(st.sampled_from("lhsn"), st.integers(1, 6)), min_size=1, max_size=8)
)
def test_whatever_is_heard_is_in_order_and_within_the_recording(
    parts: list[tuple[str, int]],
) -> None:
    make: dict[str, Callable[[int], Signal]] = {
        "l": low,
        "h": high,
        "s": lambda n: hush(n / 4),
        "n": lambda n: noise(n / 4, 0.1),
    }
    speech = heard(*(make[kind](count) for kind, count in parts))
    spans = [(turn.start, turn.end) for turn in speech.turns]
    for timeline in (spans, list(speech.pauses)):
        assert all(0 <= start < end <= speech.duration + 0.01 for start, end in timeline)
        assert all(before[1] <= after[0] for before, after in pairwise(timeline))
    assert all(end - start >= 0.149 for start, end in speech.pauses)
    assert list(speech.syllables) == sorted(set(speech.syllables))
    first_seen = list(dict.fromkeys(turn.speaker for turn in speech.turns))
    assert first_seen == [f"SPEAKER_{n:02d}" for n in range(speech.speaker_count)]
    paused = sum(end - start for start, end in speech.pauses)
    assert speech.speech_seconds + paused <= speech.duration + 0.011
