"""Parts of a run for several machines: the same sources, cut by a stable hash of their names."""

import hashlib
from collections.abc import Iterable

from redenlab.core.errors import ConfigurationError
from redenlab.core.runs.sources import Item

Shard = tuple[int, int]
"""Number of a part, from 0, and how many there are."""


def in_shard(items: Iterable[Item], shard: Shard) -> Iterable[Item]:
    """The items of one part; a list, if `items` is one.

    Raises:
        ConfigurationError: There is no such part.
    """
    number, count = shard  # a list, where it comes from a ledger
    if not 0 <= number < count:
        raise ConfigurationError(f"there is no shard {number} of {count}", hint="count from 0")
    found = (item for item in items if _hash(item) % count == number)
    return list(found) if isinstance(items, list) else found


def _hash(item: Item) -> int:
    """A number that is the same in every process and on every machine."""
    return int.from_bytes(hashlib.sha256(item.label.encode("utf-8", "replace")).digest()[:8], "big")
