"""What the core needs of an operation, generated or not: building and parsing, no I/O."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ParamSpec, Protocol, TypeVar

from redenlab.lowlevel.errors import DecodeError
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


@dataclass(frozen=True, slots=True)
class Within:
    """An operation whose value is one property of its responses; see ``x-value``.

    A response that lacks it is read as the property itself; see `enveloped`.

    Attributes:
        operation: Returns the whole body.
        key: The property, on the wire.
        name: Its attribute.
    """

    operation: Operation[..., Any]
    key: str
    name: str

    @property
    def OPERATION(self) -> str:  # noqa: N802 - see `Operation`
        """See `Operation`."""
        return self.operation.OPERATION

    @property
    def IDEMPOTENT(self) -> bool:  # noqa: N802
        """See `Operation`."""
        return self.operation.IDEMPOTENT

    @property
    def build(self) -> Callable[..., Request]:
        """See `Operation`."""
        return self.operation.build

    def parse(self, response: RawResponse) -> Any:
        """The property of a success; see `Operation`."""
        return getattr(self.operation.parse(enveloped(response, self.key)), self.name)


def enveloped(response: RawResponse, key: str) -> RawResponse:
    """A success whose object has the property `key`, or else is the value of it."""
    try:
        body: Any = response.json() if 200 <= response.status_code < 300 else None
    except DecodeError:
        return response
    if not isinstance(body, dict) or key in body:
        return response
    content = json.dumps({key: body}).encode()
    return RawResponse(response.status_code, response.headers, content)


Reader = Callable[[Any], Any]
"""From JSON to a generated model; raises `redenlab.lowlevel.errors.SchemaError`."""


@dataclass(frozen=True, slots=True)
class BoundOperation:
    """An operation as the job engine calls it: with names and JSON of the wire.

    Attributes:
        body: Reads the body of a request; ``None`` for an operation without one.
        names: Python names of its arguments where they differ from those of the wire.
        envelope: The property of its responses that ``x-value`` names; ``None`` for none.
    """

    operation: Operation[..., Any]
    body: Reader | None = None
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    envelope: str | None = None

    def whole(self, response: RawResponse) -> RawResponse:
        """A response as the spec describes it, with its envelope."""
        return response if self.envelope is None else enveloped(response, self.envelope)

    def arguments(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """`values` under their Python names, without those that are ``None``."""
        return {
            self.names.get(name, name): value for name, value in values.items() if value is not None
        }
