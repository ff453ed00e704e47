"""The words known for Status when this was generated."""

from typing import Literal

from redenlab.lowlevel import decoding

Status = Literal["aborted", "canceled", "failed", "processing", "starting", "succeeded"]

status: decoding.Decoder[Status] = decoding.words(Status)
"""Reads a word; one that is newer than this file passes as it is."""
