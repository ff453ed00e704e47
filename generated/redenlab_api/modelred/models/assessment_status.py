"""The words known for AssessmentStatus when this was generated."""

from typing import Literal

from redenlab.lowlevel import decoding

AssessmentStatus = Literal["cancelled", "completed", "failed", "queued", "running"]

assessment_status: decoding.Decoder[AssessmentStatus] = decoding.words(AssessmentStatus)
"""Reads a word; one that is newer than this file passes as it is."""
