"""Fake words for real syllables: what the sandbox transcribes."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from redenlab.sandbox.audio.speech import Speech

SYLLABLE_SECONDS = 0.2

LEXICON = ("sandbox", "answers", "never", "quote", "speakers", "only", "silly", "fillers")


def words(speech: "Speech") -> list[tuple[str, float, float]]:
    """Fake words with their start and end, one for every two detected syllables."""
    syllables = speech.syllables
    return [
        (LEXICON[index % len(LEXICON)], pair[0], pair[-1] + SYLLABLE_SECONDS)
        for index, pair in enumerate(syllables[at : at + 2] for at in range(0, len(syllables), 2))
    ]


def speaker_at(speech: "Speech", second: float) -> str | None:
    """Who speaks at a moment; ``None`` for silence."""
    return next((t.speaker for t in speech.turns if t.start <= second <= t.end), None)


def text(speech: "Speech") -> str:
    """All words."""
    return " ".join(word for word, _, _ in words(speech))
