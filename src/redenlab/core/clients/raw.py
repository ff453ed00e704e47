"""Every operation of an API as it is: the arguments of the spec in, the whole response out.

Requests go the way of all others, with the client's credential, retries, deadline and errors. But
nothing uploads, waits or reads a result, and a file in a body is a `redenlab.lowlevel.types.File`.

A generated package lists its operations, one a line, in subclasses of `BlockingCalls` and
`AsyncCalls`; the types of each come from its module.
"""

from collections.abc import Awaitable, Callable
from typing import Generic, ParamSpec, Self, TypeVar, overload

from redenlab.core.calls.context import CallContext
from redenlab.core.clients.base import AsyncClient, BlockingClient
from redenlab.core.spec.operations import Operation
from redenlab.lowlevel.types import Response

P = ParamSpec("P")
T = TypeVar("T")


async def respond(
    context: CallContext, operation: Operation[P, T], /, *args: P.args, **kwargs: P.kwargs
) -> Response[T]:
    """Call `operation`, and return the whole response; raises as `CallContext.call`."""
    parsed, response = await context.call(operation, *args, **kwargs)
    return Response(response.status_code, response.headers, response.content, parsed)


class BlockingCalls:
    """The operations of an API, for threads."""

    def __init__(self, client: BlockingClient) -> None:
        """Call with the options of `client`."""
        self._client = client

    def __call__(
        self, operation: Operation[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> Response[T]:
        """Call any operation, such as a module of ``redenlab_api.<backend>.api``.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context(f"raw.{operation.OPERATION}")
        return self._client.finish(context, respond(context, operation, *args, **kwargs))


class AsyncCalls:
    """The operations of an API, for event loops."""

    def __init__(self, client: AsyncClient) -> None:
        """Call with the options of `client`."""
        self._client = client

    async def __call__(
        self, operation: Operation[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> Response[T]:
        """Call any operation; see `BlockingCalls`."""
        context = self._client.call_context(f"raw.{operation.OPERATION}")
        return await self._client.finish(context, respond(context, operation, *args, **kwargs))


class Call(Generic[P, T]):
    """One of `BlockingCalls`: takes what the operation's `build` takes."""

    def __init__(self, operation: Operation[P, T]) -> None:
        """Call `operation`."""
        self._operation = operation

    @overload
    def __get__(self, calls: None, kind: type) -> Self: ...
    @overload
    def __get__(self, calls: BlockingCalls, kind: type) -> Callable[P, Response[T]]: ...
    def __get__(self, calls: BlockingCalls | None, kind: type) -> Self | Callable[P, Response[T]]:
        if calls is None:
            return self

        def call(*args: P.args, **kwargs: P.kwargs) -> Response[T]:
            return calls(self._operation, *args, **kwargs)

        call.__doc__ = self._operation.__doc__
        return call


class AsyncCall(Generic[P, T]):
    """One of `AsyncCalls`; see `Call`."""

    def __init__(self, operation: Operation[P, T]) -> None:
        """Call `operation`."""
        self._operation = operation

    @overload
    def __get__(self, calls: None, kind: type) -> Self: ...
    @overload
    def __get__(self, calls: AsyncCalls, kind: type) -> Callable[P, Awaitable[Response[T]]]: ...
    def __get__(
        self, calls: AsyncCalls | None, kind: type
    ) -> Self | Callable[P, Awaitable[Response[T]]]:
        if calls is None:
            return self

        async def call(*args: P.args, **kwargs: P.kwargs) -> Response[T]:
            return await calls(self._operation, *args, **kwargs)

        call.__doc__ = self._operation.__doc__
        return call
