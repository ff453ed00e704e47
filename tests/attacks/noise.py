"""Random bytes, and documents with random damage: what no reader was written for."""

import random
from collections.abc import Iterator, Sequence

MAX_BYTES = 4096
"""Of one text, but for the few that are blown up."""

_ODD = (b"", b"\0", b"\n", b"\r\n", b"\xff", b"\xed\xa0\x80", b"{", b"[", b'"', b"'", b":", b"*a")
_MORE = (b"&a [", b"1e999", b"-1", b"9" * 400, b"null", b"\\u0000", b"\x1b[31m", b"://", b"%")


def noise(kind: str, count: int, samples: Sequence[bytes]) -> Iterator[bytes]:
    """`count` byte strings, the same in every run: random ones, and damaged `samples`."""
    for number in range(count):
        chance = random.Random(f"{kind} {number}")
        if chance.random() < 0.3:
            yield chance.randbytes(chance.randrange(MAX_BYTES))
        else:
            yield _damaged(chance, chance.choice(samples))


def _damaged(chance: random.Random, sample: bytes) -> bytes:
    text = bytearray(sample)
    for _ in range(chance.randrange(1, 6)):
        at, end = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        match chance.randrange(6):
            case 0:
                del text[at : min(end, at + 20)]
            case 1:
                text[at:at] = chance.choice(_ODD + _MORE)
            case 2:
                text[at:end] = chance.choice(_ODD + _MORE)
            case 3 if at < len(text):
                text[at] = chance.randrange(256)
            case 4:
                text[at:at] = text[at:end]
            case _:
                text[at:at] = bytes(text[at : at + 8]) * chance.randrange(200)
    return bytes(text[: 16 * MAX_BYTES])
