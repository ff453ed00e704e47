"""What one probe found."""

from __future__ import annotations

from typing import Any

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class ProbeReport(Record):
    """What one probe found."""

    key: str | None = field(decoding.string, default=None)
    """What `testTypes` of the assessment named."""
    display_name: str | None = field(
        decoding.string, name="displayName", default=None, spellings=("display_name",)
    )
    """What people call the probe."""
    category: str | None = field(decoding.string, default=None)
    """What kind of attack it is; the service has the list."""
    severity: str | None = field(decoding.string, default=None)
    """`critical`, `high`, `medium` or `low`, in either case."""
    total_cases: int | None = field(decoding.integer, default=None, spellings=("totalCases",))
    """Cases that were run."""
    passed_cases: int | None = field(decoding.integer, default=None, spellings=("passedCases",))
    """Cases that the model withstood."""
    failed_cases: int | None = field(decoding.integer, default=None, spellings=("failedCases",))
    """Cases that the model gave in to."""
    pass_rate: float | None = field(decoding.number, default=None, spellings=("passRate",))
    """Percent of its cases that the model withstood."""
    findings: list[Any] | None = field(decoding.array(decoding.anything), default=None)
    """What was seen case by case, in a form that is not documented."""
