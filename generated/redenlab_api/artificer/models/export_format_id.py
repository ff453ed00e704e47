"""The words known for ExportFormatId when this was generated."""

from typing import Literal

from redenlab.lowlevel import decoding

ExportFormatId = Literal["google-docs", "html", "json", "markdown", "notion", "obsidian"]

export_format_id: decoding.Decoder[ExportFormatId] = decoding.words(ExportFormatId)
"""Reads a word; one that is newer than this file passes as it is."""
