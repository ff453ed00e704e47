"""Account"""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class Account(Record):
    """Account"""

    type_: str = field(decoding.string, name="type")
    """`organization` or `user`."""
    username: str = field(decoding.string)
    name: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    avatar_url: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    github_url: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
