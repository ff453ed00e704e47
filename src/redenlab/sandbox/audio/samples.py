"""Raw audio of one channel as samples: PCM, and what telephones use (ITU-T G.711)."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from redenlab.ml.audio import Samples

WIDTHS: Mapping[str, int] = {"pcm_s16le": 2, "pcm_f32le": 4, "mulaw": 1, "alaw": 1}
"""Bytes of a sample, by its encoding."""


def _mulaw(raw: bytes) -> NDArray[np.int32]:
    code = ~np.frombuffer(raw, np.uint8).astype(np.int32) & 0xFF
    size = (((code & 0x0F) << 3) + 0x84) << ((code & 0x70) >> 4)
    return np.where(code & 0x80, 0x84 - size, size - 0x84)


def _alaw(raw: bytes) -> NDArray[np.int32]:
    code = np.frombuffer(raw, np.uint8).astype(np.int32) ^ 0x55
    segment = (code & 0x70) >> 4
    size = ((code & 0x0F) << 4) + np.where(segment, 0x108, 8)
    size <<= np.maximum(segment - 1, 0)
    return np.where(code & 0x80, size, -size)


_DECODERS: Mapping[str, Callable[[bytes], NDArray[Any]]] = {
    "pcm_s16le": lambda raw: np.frombuffer(raw, "<i2") / 32768,
    "pcm_f32le": lambda raw: np.frombuffer(raw, "<f4"),
    "mulaw": lambda raw: _mulaw(raw) / 32768,
    "alaw": lambda raw: _alaw(raw) / 32768,
}


def decoded(raw: bytes, encoding: str) -> Samples:
    """Whole samples, from -1 to 1."""
    return _DECODERS[encoding](raw).astype(np.float32)
