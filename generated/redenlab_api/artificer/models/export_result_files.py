"""Texts by the names of their files; of obsidian alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record


class ExportResultFiles(Record, rest=decoding.string):
    """Texts by the names of their files; of obsidian alone."""

    if TYPE_CHECKING:

        @property
        def additional_properties(self) -> dict[str, str]:
            """What is under other keys than those of the fields."""
            ...
