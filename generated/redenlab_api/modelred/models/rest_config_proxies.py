"""Proxies, by scheme. Left out, none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record


class RestConfigProxies(Record, rest=decoding.string):
    """Proxies, by scheme. Left out, none."""

    if TYPE_CHECKING:

        @property
        def additional_properties(self) -> dict[str, str]:
            """What is under other keys than those of the fields."""
            ...
