"""A model as it was at one time; it does not change."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field, record

from .. import models

if TYPE_CHECKING:
    from ..models.version_openapi_schema_type_0 import VersionOpenapiSchemaType0


class Version(Record):
    """A model as it was at one time; it does not change."""

    id: str = field(decoding.string)
    """64 hexadecimal digits."""
    created_at: datetime.datetime | None = field(
        decoding.union(decoding.instant, decoding.null), default=None
    )
    """When it was made, in UTC."""
    cog_version: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """The Cog that it was built with, such as `0.8.6`."""
    openapi_schema: VersionOpenapiSchemaType0 | None = field(
        decoding.union(record(lambda: models.VersionOpenapiSchemaType0), decoding.null),
        default=None,
    )
    """Its inputs and output, below `components.schemas`."""
