"""The words known for CleanupStatus when this was generated."""

from typing import Literal

from redenlab.lowlevel import decoding

CleanupStatus = Literal["CANCELLED", "COMPLETED", "FAILED"]

cleanup_status: decoding.Decoder[CleanupStatus] = decoding.words(CleanupStatus)
"""Reads a word; one that is newer than this file passes as it is."""
