"""ExportResultPagesItem"""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class ExportResultPagesItem(Record):
    """ExportResultPagesItem"""
