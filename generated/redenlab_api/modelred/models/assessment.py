"""A run of probes against a model."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.report import Report


class Assessment(Record):
    """A run of probes against a model."""

    id: str = field(decoding.string, spellings=("assessment_id",))
    """Names it."""
    model_id: str | None = field(
        decoding.string, name="modelId", default=None, spellings=("model_id", "model")
    )
    """The model, as the assessment was started with it or by its id."""
    test_types: list[str] | None = field(
        decoding.array(decoding.string), name="testTypes", default=None, spellings=("test_types",)
    )
    """Keys of its probes; absent where it runs packs."""
    probe_pack_ids: list[str] | None = field(
        decoding.array(decoding.string),
        name="probePackIds",
        default=None,
        spellings=("probe_pack_ids",),
    )
    """Ids of its packs; absent where it runs probes."""
    status: decoding.Status | None = field(decoding.status, default=None)
    """Where it stands; `value` is the text that the service sent, in its case."""
    priority: str | None = field(decoding.string, default=None)
    """One of the priorities of this spec, or a newer one."""
    progress: int | None = field(decoding.integer, default=None)
    """Percent of its cases that are done; absent if unknown."""
    created_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null),
        name="createdAt",
        default=None,
        spellings=("created_at",),
    )
    """When it was started."""
    completed_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null),
        name="completedAt",
        default=None,
        spellings=("completed_at",),
    )
    """When it ended, well or badly; null before."""
    error_message: str | None = field(
        decoding.union(decoding.string, decoding.null),
        name="errorMessage",
        default=None,
        spellings=("error_message",),
    )
    """Why it failed; absent otherwise."""
    detailed_report: Report | None = field(
        decoding.union(record(lambda: models.Report), decoding.null),
        name="detailedReport",
        default=None,
        spellings=("report",),
    )
    """What was found; null or absent before the end."""
