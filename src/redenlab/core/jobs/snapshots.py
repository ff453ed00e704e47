"""A job at one moment, and one that ended well: typed attributes, and the JSON as it was sent."""

from collections.abc import Iterator, Mapping
from typing import Any, Generic, TypeVar

from redenlab.core.spec.job_spec import State
from redenlab.core.text import without_queries
from redenlab_api.types import Unset

E = TypeVar("E")
R = TypeVar("R")
T = TypeVar("T")


class ModelId(str, Generic[R]):
    """The name of a model that carries the type of its result, for specs with over 50 models.

    Beyond fifty models overloads slow type checkers down; one generic method does not.
    """

    __slots__ = ()


class Snapshot(Mapping[str, Any], Generic[E]):
    """A job at one moment. As a mapping it is the JSON object of the service, unchanged.

    Attributes:
        job_id: The job.
        status: The status value of the service.
        state: The class of that value.
        envelope: The whole response, typed.
    """

    def __init__(
        self, job_id: str, status: str, state: State, envelope: E, raw: Mapping[str, Any]
    ) -> None:
        self.job_id = job_id
        self.status = status
        self.state: State = state
        self.envelope = envelope
        self._raw = dict(raw)

    def __getitem__(self, key: str) -> Any:
        return self._raw[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)

    def __repr__(self) -> str:
        """The mapping, as the design document prints it; URLs without their queries."""
        return without_queries(repr(self._raw))


class Outcome(Snapshot[E], Generic[E, R]):
    """A job that has ended well.

    Attributes:
        result: The result of the job.
    """

    def __init__(  # noqa: PLR0913 - a snapshot and one more
        self, job_id: str, status: str, state: State, envelope: E, raw: Mapping[str, Any], result: R
    ) -> None:
        super().__init__(job_id, status, state, envelope, raw)
        self.result: R = result


def without_none(values: Mapping[str, Any]) -> dict[str, Any]:
    """`values` without those that the caller left at ``None``."""
    return {name: value for name, value in values.items() if value is not None}


def none_if_unset(value: T | Unset) -> T | None:
    """`value`, or ``None`` when the service did not send one."""
    return None if isinstance(value, Unset) else value
