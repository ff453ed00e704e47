"""A document to add; texts alone are taken."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class NewDocument(Record):
    """A document to add; texts alone are taken."""

    filename: str = field(decoding.string)
    """Its name; what is unsafe in a path is removed."""
    content: str = field(decoding.string)
    """The text in base64."""
    content_type: str = field(decoding.string, name="contentType")
    """Its media type, such as `text/plain`."""
