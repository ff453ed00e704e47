"""What a job looks like from here: typed attributes, and the mapping that the service sent."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Generic, Literal, TypeVar

from redenlab_api.types import Unset

E = TypeVar("E")
R = TypeVar("R")
T = TypeVar("T")

State = Literal["unsubmitted", "running", "succeeded", "failed", "cancelled"]
"""What a status means for the wait. Every status of a spec is in one of these classes, and one
that the spec does not know is ``running``."""

_QUERY = r"(https?://[^\s?\"'<>]+)\?[^\s\"'<>]*"

FINAL: frozenset[State] = frozenset({"succeeded", "failed", "cancelled"})


class Token(str, Generic[R]):
    """The name of a model that knows the type of its result, where there are too many to overload.

    Beyond fifty models overloads slow type checkers down; one generic method does not.
    """

    __slots__ = ()


class Snapshot(Mapping[str, Any], Generic[E]):
    """A job at one moment. As a mapping it is the JSON object of the service, untouched.

    Attributes:
        job_id: The job.
        status: The service's word.
        state: What that word means.
        envelope: The whole answer, typed.
    """

    def __init__(
        self, job_id: str, status: str, state: State, envelope: E, raw: Mapping[str, Any]
    ) -> None:
        """See the attributes; `raw` is the JSON object."""
        self.job_id = job_id
        self.status = status
        self.state: State = state
        self.envelope = envelope
        self._raw = dict(raw)

    def __getitem__(self, key: str) -> Any:
        """The JSON value under `key`."""
        return self._raw[key]

    def __iter__(self) -> Iterator[str]:
        """The keys of the JSON object."""
        return iter(self._raw)

    def __len__(self) -> int:
        """How many keys the JSON object has."""
        return len(self._raw)

    def __repr__(self) -> str:
        """As the design document prints it: the mapping; addresses without what signs them."""
        return re.sub(_QUERY, r"\1?…", repr(self._raw))


class Outcome(Snapshot[E], Generic[E, R]):
    """A job that has ended well.

    Attributes:
        result: What came of it.
    """

    def __init__(  # noqa: PLR0913 - a snapshot and one more
        self, job_id: str, status: str, state: State, envelope: E, raw: Mapping[str, Any], result: R
    ) -> None:
        """See the attributes."""
        super().__init__(job_id, status, state, envelope, raw)
        self.result: R = result


def given_only(values: Mapping[str, Any]) -> dict[str, Any]:
    """`values` without those that the caller left at ``None``."""
    return {name: value for name, value in values.items() if value is not None}


def given(value: T | Unset) -> T | None:
    """`value`, or ``None`` when the service did not send one."""
    return None if isinstance(value, Unset) else value
