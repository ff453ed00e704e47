"""The `raw` of a client that nothing was generated for: the operations of its spec, untyped."""

from collections.abc import Callable
from typing import Any

from redenlab.core.clients.base import AsyncClient, BlockingClient
from redenlab.core.clients.raw import respond
from redenlab.core.clients.spec_operation import SpecOperation
from redenlab.core.spec.document import Spec
from redenlab.core.spec.naming import snake


class SpecCalls:
    """The operations of a spec, by their ids; arguments and body have the names of the wire.

    An id that is no name in Python is written in snake case, or in brackets: ``raw.jobs_get(id=7)``
    and ``raw["jobs.get"](id=7)`` call ``jobs.get``. A call returns a `Response`, or a coroutine
    that gives it, as the client's other methods do.
    """

    def __init__(self, client: BlockingClient | AsyncClient, spec: Spec) -> None:
        """Call with the options of `client`."""
        self._client = client
        self._spec = spec

    def __getitem__(self, operation_id: str) -> Callable[..., Any]:
        """The operation of an id; raises `KeyError` where there is none."""
        client, operation = self._client, SpecOperation(self._spec, operation_id)

        def call(**arguments: Any) -> Any:
            context = client.call_context(f"raw.{operation_id}")
            return client.finish(context, respond(context, operation, **arguments))

        return call

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """The operation of an id, or of a name; raises `AttributeError` where there is none."""
        known = {} if name.startswith("_") else self._names
        if name not in known:
            raise AttributeError(f"there is no operation {name!r}; there are: {', '.join(known)}")
        return self[known[name]]

    def __dir__(self) -> list[str]:
        """The operations, for completion."""
        return [*super().__dir__(), *self._names]

    @property
    def _names(self) -> dict[str, str]:
        """The ids, by what they are called in Python; they themselves among that."""
        ids = list(self._spec.operations)
        return {snake(each): each for each in ids} | {each: each for each in ids}
