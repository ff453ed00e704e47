"""Models that are named once, with the schema of their inputs: see ``redenlab replicate pin``."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

In = TypeVar("In", bound=Mapping[str, Any])


@dataclass(frozen=True)
class PinnedModel(Generic[In]):
    """A version of a model; `In` is the type of its input.

    Attributes:
        ref: ``owner/name:version``.
        schemas: Those that the version publishes, below ``components.schemas``.
    """

    ref: str
    schemas: Mapping[str, Any] = field(repr=False, hash=False)


def reference(model: str | PinnedModel[Any]) -> str:
    """The reference to a model."""
    return model.ref if isinstance(model, PinnedModel) else model
