"""StoredFileMetadataType0"""

from __future__ import annotations

from redenlab.lowlevel.records import Record


class StoredFileMetadataType0(Record):
    """StoredFileMetadataType0"""
