"""What is to happen to an assessment."""

from __future__ import annotations

from redenlab.lowlevel.records import Record, field

from ..models.assessment_command_action import (
    AssessmentCommandAction,
    assessment_command_action,
)


class AssessmentCommand(Record):
    """What is to happen to an assessment."""

    action: AssessmentCommandAction = field(
        assessment_command_action, default="cancel", required=True
    )
    """The only command."""
