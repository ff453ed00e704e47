"""The body as JSON. Left out where `req_template` is used."""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class RestConfigReqTemplateJsonObject(Record):
    """The body as JSON. Left out where `req_template` is used."""
