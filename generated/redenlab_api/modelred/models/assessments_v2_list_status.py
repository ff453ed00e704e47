"""The words known for AssessmentsV2ListStatus when this was generated."""

from typing import Literal

from redenlab.lowlevel import decoding

AssessmentsV2ListStatus = Literal["all", "CANCELLED", "COMPLETED", "FAILED", "QUEUED", "RUNNING"]

assessments_v2_list_status: decoding.Decoder[AssessmentsV2ListStatus] = decoding.words(
    AssessmentsV2ListStatus
)
"""Reads a word; one that is newer than this file passes as it is."""
