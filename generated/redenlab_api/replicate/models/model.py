"""Model"""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.prediction import Prediction
    from ..models.version import Version


class Model(Record):
    """Model"""

    url: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    owner: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    name: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    description: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    visibility: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """`public` or `private`."""
    is_official: bool | None = field(decoding.union(decoding.boolean, decoding.null), default=None)
    """Whether it runs without naming a version."""
    github_url: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    paper_url: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    license_url: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    cover_image_url: str | None = field(
        decoding.union(decoding.string, decoding.null), default=None
    )
    run_count: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    default_example: Prediction | None = field(
        decoding.union(record(lambda: models.Prediction), decoding.null), default=None
    )
    latest_version: Version | None = field(
        decoding.union(record(lambda: models.Version), decoding.null), default=None
    )
