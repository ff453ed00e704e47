"""Its inputs and output, below `components.schemas`."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class VersionOpenapiSchemaType0(Record):
    """Its inputs and output, below `components.schemas`."""
