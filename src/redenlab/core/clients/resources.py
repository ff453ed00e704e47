"""Base of generated resources: operations that are no jobs, as methods of a client."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from typing import Any, Generic, TypeVar, cast

from redenlab.core.calls.context import CallContext
from redenlab.core.calls.extras import no_body
from redenlab.core.clients.base import Client
from redenlab.core.files.uploads import as_file
from redenlab.core.jobs.input_files import opened_file, prepared
from redenlab.core.jobs.snapshots import without_none
from redenlab.core.spec.operations import BoundOperation
from redenlab.core.transport.gate import request_id
from redenlab.lowlevel.types import File, RawResponse

C = TypeVar("C", bound=Client)


class Resource(Generic[C]):
    """Operations whose ids share a prefix."""

    def __init__(self, client: C) -> None:
        self._client: C = client


async def request(  # noqa: PLR0913 - what an operation takes, and the call's own
    context: CallContext,
    client: Client,
    operation: BoundOperation,
    arguments: Mapping[str, Any],
    values: Mapping[str, Any] | None = None,
    *,
    files: Sequence[str] = (),
) -> Any:
    """Call one operation, and return its typed response.

    Its `_request_id` is set, where its type has one.

    Args:
        context: Of the call.
        client: Prepares the body.
        operation: The operation.
        arguments: Of its path, query and headers; ``None`` is not sent.
        values: The properties of its body; ``None`` is not sent.
        files: Which of the values are files: paths, bytes or binary file objects.
    """
    if context.extras.body and operation.body is None:
        raise no_body(operation.operation.OPERATION)
    with ExitStack() as stack:
        body = await prepared(context, client.jobs.values(), without_none(values or {}))
        for name in files:
            if not isinstance(body.get(name), File | None):
                held = await opened_file(context, body[name])
                stack.callback(held.close)
                body[name] = as_file(held)
        typed, response = await context.call_json(operation, body, arguments)
    return _identified(typed, response)


def _identified(value: Any, response: RawResponse) -> Any:
    """`value` with the service's id of its request, if it is a model, which has a place for it."""
    if hasattr(cast("type[object]", type(value)), "_request_id"):
        object.__setattr__(value, "_request_id", request_id(response.headers))
    return value
