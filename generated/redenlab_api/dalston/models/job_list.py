"""Some of the jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, Records, field, records

from .. import models

if TYPE_CHECKING:
    from ..models.job_summary import JobSummary


class JobList(Record):
    """Some of the jobs."""

    jobs: Records[JobSummary] = field(records(lambda: models.JobSummary))
    """Without their transcripts, the newest first."""
    cursor: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Asks for the next page; null on the last one."""
    has_more: bool | None = field(decoding.boolean, default=None)
    """Whether there is another page."""
