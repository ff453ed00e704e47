"""The words known for Severity when this was generated."""

from typing import Literal

from redenlab.lowlevel import decoding

Severity = Literal["critical", "high", "low", "medium"]

severity: decoding.Decoder[Severity] = decoding.words(Severity)
"""Reads a word; one that is newer than this file passes as it is."""
