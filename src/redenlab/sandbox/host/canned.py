"""Results and errors that a test orders in advance."""

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from redenlab.sandbox.engine.backend import Failure
from redenlab.sandbox.engine.jobs import ServedJob


@dataclass(frozen=True, slots=True)
class Order:
    """What jobs end with.

    Attributes:
        backend: Whose jobs; ``None`` is any.
        model: Of which model; ``None`` is any.
        file: Pattern of the names of recordings; ``None`` is any.
        outcome: The result, or a `Failure`.
    """

    backend: str | None
    model: str | None
    file: str | None
    outcome: Any


class Canned:
    """The orders of a sandbox; the newest that fits counts."""

    def __init__(self) -> None:
        self._orders: list[Order] = []

    def add(self, order: Order) -> None:
        """Order an outcome."""
        self._orders = [order, *self._orders]

    def clear(self) -> None:
        """Cancel all orders."""
        self._orders = []

    def outcome(self, backend: str, job: ServedJob) -> Mapping[str, Any] | Failure | None:
        """What a job ends with; ``None`` where nothing was ordered."""
        for order in self._orders:
            if (
                order.backend in {None, backend}
                and order.model in {None, job.model}
                and (order.file is None or fnmatchcase(job.submit.file, order.file))
            ):
                found: Mapping[str, Any] | Failure = order.outcome
                return found
        return None
