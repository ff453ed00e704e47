"""The words known for AssessmentCommandAction when this was generated."""

from typing import Literal

from redenlab.lowlevel import decoding

AssessmentCommandAction = Literal["cancel"]

assessment_command_action: decoding.Decoder[AssessmentCommandAction] = decoding.words(
    AssessmentCommandAction
)
"""Reads a word; one that is newer than this file passes as it is."""
