"""What else its source tells."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class ModelMetadataType0(Record):
    """What else its source tells."""
