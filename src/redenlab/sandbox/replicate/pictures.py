"""Small PNG files whose pixels are derived from a text."""

import hashlib
import struct
import zlib

SIDE = 16


def picture(text: str) -> bytes:
    """A square PNG; the same text gives the same bytes (W3C PNG, sections 5 and 11)."""
    seed = hashlib.sha256(text.encode()).digest()
    rows = b"".join(
        b"\0" + b"".join(_colour(seed, x // 4, y // 4) for x in range(SIDE)) for y in range(SIDE)
    )
    header = struct.pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    chunks = (_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(rows)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _colour(seed: bytes, column: int, row: int) -> bytes:
    at = (4 * row + column) % (len(seed) - 2)
    return seed[at : at + 3]


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)
