"""The words known for Tier when this was generated."""

from typing import Literal

from redenlab.lowlevel import decoding

Tier = Literal["enterprise", "free", "pro", "starter"]

tier: decoding.Decoder[Tier] = decoding.words(Tier)
"""Reads a word; one that is newer than this file passes as it is."""
