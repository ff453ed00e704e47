"""A model. An official one is run as it is, any other by one of its versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.prediction import Prediction
    from ..models.version import Version


class Model(Record):
    """A model. An official one is run as it is, any other by one of its versions."""

    url: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Its page on the website."""
    owner: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """User or organization: the first part of `owner/name`."""
    name: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """The second part of `owner/name`."""
    description: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """What it does, in the words of its owner."""
    visibility: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """`public` or `private`."""
    is_official: bool | None = field(decoding.union(decoding.boolean, decoding.null), default=None)
    """Whether it runs without naming a version."""
    github_url: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Address of its source code."""
    paper_url: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Address of an article about it."""
    license_url: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Address of its licence."""
    cover_image_url: str | None = field(
        decoding.union(decoding.string, decoding.null), default=None
    )
    """Address of the picture on its page."""
    run_count: int | None = field(decoding.union(decoding.integer, decoding.null), default=None)
    """How often anybody has run it."""
    default_example: Prediction | None = field(
        decoding.union(record(lambda: models.Prediction), decoding.null), default=None
    )
    """A prediction that shows what it can do; null where there is none."""
    latest_version: Version | None = field(
        decoding.union(record(lambda: models.Version), decoding.null), default=None
    )
    """The newest version; null where there is none."""
