"""A user or an organization."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class Account(Record):
    """A user or an organization."""

    type_: str = field(decoding.string, name="type")
    """`organization` or `user`."""
    username: str = field(decoding.string)
    """The first part of `owner/name`."""
    name: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """What people are shown."""
    avatar_url: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Address of a picture."""
    github_url: str | None = field(decoding.union(decoding.string, decoding.null), default=None)
    """Address of its page on GitHub."""
