"""``x-stream``: how the server-sent events of an operation are read."""

from __future__ import annotations

from redenlab.core.spec.blocks import Block
from redenlab.core.spec.steps import Condition, Expression


class XStream(Block):
    """An ``x-stream`` block; ``$response.body`` is the JSON of one event.

    Attributes:
        type: The schema of what events carry.
        events: The types of the events that carry it; others but ``error`` are passed over.
        done: Which of them is the last one.
        failed: Which of them tells that there is no more, and why.
        error: Where it tells why.
    """

    type: str
    events: tuple[str, ...]
    done: Condition
    failed: Condition | None = None
    error: Expression | None = None
