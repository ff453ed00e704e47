"""What the runtime needs of a generated operation: building and parsing, no I/O."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, ParamSpec, Protocol, TypeVar

from redenlab_api.types import Answer, Request

P = ParamSpec("P")
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

Workflow = Coroutine[Any, Any, T]
"""A sequence of operations: an ``async def`` that awaits nothing but its `Io`."""


class Operation(Protocol[P, T_co]):
    """One endpoint. Every module below ``redenlab_api.<backend>.api`` is one.

    Attributes:
        OPERATION: The ``operationId`` of the spec.
        IDEMPOTENT: Whether the server may see the same request twice without harm.
        build: From arguments to a request.
        parse: From an answer to the typed body of a success; raises
            `redenlab_api.errors.ApiError` or `redenlab_api.errors.DecodeError`.
    """

    @property
    def OPERATION(self) -> str: ...  # noqa: N802, D102 - a constant of the module
    @property
    def IDEMPOTENT(self) -> bool: ...  # noqa: N802, D102
    @property
    def build(self) -> Callable[P, Request]: ...  # noqa: D102
    @property
    def parse(self) -> Callable[[Answer], T_co]: ...  # noqa: D102


Reader = Callable[[Any], Any]
"""From JSON to a generated model; raises `redenlab_api.errors.SchemaError`."""


@dataclass(frozen=True, slots=True)
class Step:
    """An operation, and what makes its body out of JSON, if it has one."""

    operation: Operation[..., Any]
    body: Reader | None = None
