"""A set of attacks that a model can be assessed with."""

from __future__ import annotations

from redenlab.lowlevel import decoding
from redenlab.lowlevel.records import Record, field


class Probe(Record):
    """A set of attacks that a model can be assessed with."""

    id: str = field(decoding.string)
    """Its id in the database."""
    key: str = field(decoding.string)
    """What `testTypes` of an assessment name."""
    display_name: str | None = field(
        decoding.string, name="displayName", default=None, spellings=("display_name",)
    )
    """What people call it."""
    description: str | None = field(decoding.string, default=None)
    """What it tries."""
    category: str | None = field(decoding.string, default=None)
    """What kind of attack it is, in either case; `probe_categories` of the list has them."""
    tier: str | None = field(decoding.string, default=None)
    """The lowest plan that has it, in either case."""
    severity: str | None = field(decoding.string, default=None)
    """How bad it is if a model gives in, in either case."""
    tags: list[str] | None = field(decoding.array(decoding.string), default=None)
    """Words to find it by."""
    estimated_time: str | None = field(decoding.string, default=None, spellings=("estimatedTime",))
    """How long it takes, in words."""
    version: str | None = field(decoding.string, default="1.0")
    """Of its cases."""
    is_active: bool | None = field(decoding.boolean, name="isActive", default=True)
    """Whether it can be used; absent means that it can."""
