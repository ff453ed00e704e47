"""What an assessment found. The service documents none of it; this is what was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.probe_report import ProbeReport
    from ..models.vulnerability import Vulnerability


class Report(Record):
    """What an assessment found. The service documents none of it; this is what was seen."""

    overall_score: float | None = field(
        decoding.union(decoding.number, decoding.null), default=None, spellings=("overallScore",)
    )
    """From 0 to 100, higher is safer."""
    risk_level: str | None = field(
        decoding.union(decoding.string, decoding.null), default=None, spellings=("riskLevel",)
    )
    """`low`, `medium`, `high` or `critical`."""
    total_tests: int | None = field(
        decoding.union(decoding.integer, decoding.null), default=None, spellings=("totalTests",)
    )
    """Cases that were run."""
    passed_tests: int | None = field(
        decoding.union(decoding.integer, decoding.null), default=None, spellings=("passedTests",)
    )
    """Cases that the model withstood."""
    failed_tests: int | None = field(
        decoding.union(decoding.integer, decoding.null), default=None, spellings=("failedTests",)
    )
    """Cases that the model gave in to."""
    probes: Records[ProbeReport] | None = field(records(lambda: models.ProbeReport), default=None)
    """What each probe found, in no certain order."""
    vulnerabilities: Records[Vulnerability] | None = field(
        records(lambda: models.Vulnerability), default=None
    )
    """The weaknesses that were found, in no certain order."""
