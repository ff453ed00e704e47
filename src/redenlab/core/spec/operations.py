"""What the core needs of an operation, generated or not: building and parsing, no I/O."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ParamSpec, Protocol, TypeVar

from redenlab.lowlevel.types import RawResponse, Request

P = ParamSpec("P")
T_co = TypeVar("T_co", covariant=True)


class Operation(Protocol[P, T_co]):
    """One endpoint. Every module below ``redenlab_api.<backend>.api`` is one.

    Attributes:
        OPERATION: The ``operationId`` of the spec.
        IDEMPOTENT: Whether the server may receive the same request twice without harm.
        build: From arguments to a request.
        parse: From a response to the typed body of a success; raises
            `redenlab.lowlevel.errors.ApiError` or `redenlab.lowlevel.errors.DecodeError`.
    """

    @property
    def OPERATION(self) -> str: ...  # noqa: N802, D102 - a constant of the module
    @property
    def IDEMPOTENT(self) -> bool: ...  # noqa: N802, D102
    @property
    def build(self) -> Callable[P, Request]: ...  # noqa: D102
    @property
    def parse(self) -> Callable[[RawResponse], T_co]: ...  # noqa: D102


Reader = Callable[[Any], Any]
"""From JSON to a generated model; raises `redenlab.lowlevel.errors.SchemaError`."""


@dataclass(frozen=True, slots=True)
class BoundOperation:
    """An operation as the job engine calls it: with names and JSON of the wire.

    Attributes:
        body: Reads the body of a request; ``None`` for an operation without one.
        names: Python names of its arguments where they differ from those of the wire.
    """

    operation: Operation[..., Any]
    body: Reader | None = None
    names: Mapping[str, str] = field(default_factory=dict[str, str])

    def arguments(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """`values` under their Python names, without those that are ``None``."""
        return {
            self.names.get(name, name): value for name, value in values.items() if value is not None
        }
