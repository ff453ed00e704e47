"""The body of a request as JSON. Left out where a text is used."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class SageMakerConfigRequestJsonTemplate(Record):
    """The body of a request as JSON. Left out where a text is used."""
