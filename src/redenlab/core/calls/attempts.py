"""Calls whose failures are values, for methods that raise nothing but mistakes of their callers."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from redenlab.core.errors import ConfigurationError, InputError, RedenLabError
from redenlab.core.transport.io import Workflow

T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Attempt(Generic[T_co]):
    """How some work went.

    Attributes:
        value: What it returned; ``None`` if it failed.
        error: Why it failed; ``None`` if it did not.
    """

    value: T_co | None
    error: RedenLabError | None = None

    @property
    def text(self) -> str | None:
        """Why it failed, for people; ``None`` if it did not."""
        return None if self.error is None else str(self.error)

    @property
    def job_id(self) -> str | None:
        """The job that the failure is about, if it is known."""
        return None if self.error is None else self.error.job_id


async def attempted(work: Workflow[T]) -> Attempt[T]:
    """The value of some work, or its failure.

    Raises:
        InputError: An argument is unusable.
        ConfigurationError: A setting is.
    """
    try:
        return Attempt(await work)
    except (InputError, ConfigurationError):
        raise
    except RedenLabError as error:
        return Attempt(None, error)
