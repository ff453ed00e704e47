"""The words known for Role when this was generated."""

from typing import Literal

from redenlab.lowlevel import decoding

Role = Literal["assistant", "system", "user"]

role: decoding.Decoder[Role] = decoding.words(Role)
"""Reads a word; one that is newer than this file passes as it is."""
