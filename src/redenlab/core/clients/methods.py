"""Methods that are written once: they block in sync clients, and are awaited in async ones."""

from collections.abc import AsyncGenerator, Callable, Coroutine, Generator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, cast, overload

from redenlab.core.calls.context import CallContext
from redenlab.core.clients.base import AsyncClient, BlockingClient, Client
from redenlab.core.clients.options import RequestOptions
from redenlab.core.clients.paging import AsyncListing, Listing, Paging
from redenlab.core.errors import boundary
from redenlab.core.transport.io import Workflow
from redenlab.core.transport.io import run as finish

P = ParamSpec("P")
T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")

Call = tuple[CallContext, Workflow[T]]
"""A call that has begun, and the work that is left of it."""

Stream = tuple[CallContext, AsyncGenerator[T, None]]
"""A call that has begun, and what it is to yield."""

_END: Any = object()


C_co = TypeVar("C_co", bound=Client, covariant=True)


class Resource(Generic[C_co]):
    """Operations of an API whose ids share a prefix, as methods; sync or async as its client."""

    def __init__(self, client: C_co) -> None:
        self._client = client


class Method(Generic[P, T_co]):
    """The type of a method: what it returns depends on the client that it is a method of."""

    @overload
    def __get__(
        self, client: BlockingClient | Resource[BlockingClient], owner: Any = None
    ) -> Callable[P, T_co]: ...
    @overload
    def __get__(
        self, client: AsyncClient | Resource[AsyncClient], owner: Any = None
    ) -> Callable[P, Coroutine[Any, Any, T_co]]: ...
    @overload
    def __get__(self, client: None, owner: Any = None) -> Callable[..., Any]: ...
    def __get__(self, client: Any, owner: Any = None) -> Any:
        """The bound method; what `method` returns is a function, which Python binds itself."""


def method(begin: Callable[Concatenate[Any, P], Call[T]]) -> Method[P, T]:
    """A method that runs the work which `begin` returns, to its end."""
    _forget_return(begin)

    @wraps(begin)
    def run(self: Any, *args: P.args, **kwargs: P.kwargs) -> Any:
        try:
            with boundary():
                begun = begin(self, *args, **kwargs)
        finally:
            del args, kwargs  # a URL among them may be signed, and debuggers show locals
        return _client(self).finish(*begun)

    return cast("Method[P, T]", run)


def _forget_return(function: Callable[..., Any]) -> None:
    """Leave out of `help` what a function returns to `method`, which callers never see."""
    getattr(function, "__annotations__", {}).pop("return", None)


def _client(owner: Any) -> Any:
    """The client itself, or that of a resource."""
    return getattr(owner, "_client", owner)


@dataclass(frozen=True, slots=True)
class Pages(Generic[T]):
    """How a list of `T` is requested.

    Attributes:
        paging: How one page leads to the next.
        arguments: By their names on the wire.
        options: Of each of the calls.
    """

    paging: Paging
    arguments: Mapping[str, Any]
    options: RequestOptions


class ListMethod(Generic[P, T]):
    """The type of a method that returns a list, which is requested page by page."""

    @overload
    def __get__(
        self, client: BlockingClient | Resource[BlockingClient], owner: Any = None
    ) -> Callable[P, Listing[T]]: ...
    @overload
    def __get__(
        self, client: AsyncClient | Resource[AsyncClient], owner: Any = None
    ) -> Callable[P, AsyncListing[T]]: ...
    @overload
    def __get__(self, client: None, owner: Any = None) -> Callable[..., Any]: ...
    def __get__(self, client: Any, owner: Any = None) -> Any:
        """The bound method; see `Method`."""


def listing(how: Callable[Concatenate[Any, P], Pages[T]]) -> ListMethod[P, T]:
    """A method that returns the list which `how` describes; nothing is sent before it is read."""
    _forget_return(how)

    @wraps(how)
    def make(self: Any, *args: P.args, **kwargs: P.kwargs) -> Any:
        client: Any = _client(self)
        found = how(self, *args, **kwargs)
        made: Any = AsyncListing if client.is_async else Listing
        return made(client, found.paging, found.arguments, **found.options)

    return cast("ListMethod[P, T]", make)


class StreamMethod(Generic[P, T]):
    """The type of a method that returns a stream: a generator, or an async one."""

    @overload
    def __get__(
        self, client: BlockingClient | Resource[BlockingClient], owner: Any = None
    ) -> Callable[P, Generator[T, None, None]]: ...
    @overload
    def __get__(
        self, client: AsyncClient | Resource[AsyncClient], owner: Any = None
    ) -> Callable[P, AsyncGenerator[T, None]]: ...
    @overload
    def __get__(self, client: None, owner: Any = None) -> Callable[..., Any]: ...
    def __get__(self, client: Any, owner: Any = None) -> Any:
        """The bound method; see `Method`."""


def streaming(begin: Callable[Concatenate[Any, P], Stream[T]]) -> StreamMethod[P, T]:
    """A method that yields what `begin` returns; nothing is sent before it is iterated over."""
    _forget_return(begin)

    @wraps(begin)
    def run(self: Any, *args: P.args, **kwargs: P.kwargs) -> Any:
        context, values = begin(self, *args, **kwargs)
        return (_awaited if _client(self).is_async else _blocking)(context, values)

    return cast("StreamMethod[P, T]", run)


def _blocking(context: CallContext, values: AsyncGenerator[T, None]) -> Generator[T, None, None]:
    with context.instrumentation:
        try:
            while (value := finish(anext(values, _END))) is not _END:
                yield cast("T", value)
        finally:
            finish(values.aclose())


async def _awaited(
    context: CallContext, values: AsyncGenerator[T, None]
) -> AsyncGenerator[T, None]:
    with context.instrumentation:
        async with aclosing(values):
            async for value in values:
                yield value


class AwaitedMethod(Generic[P, T_co]):
    """The type of a method that is awaited, whatever client it is a method of."""

    @overload
    def __get__(
        self, client: Client | Resource[Client], owner: Any = None
    ) -> Callable[P, Coroutine[Any, Any, T_co]]: ...
    @overload
    def __get__(self, client: None, owner: Any = None) -> Callable[..., Any]: ...
    def __get__(self, client: Any, owner: Any = None) -> Any:
        """The bound method; see `Method`."""


class AwaitedStream(Generic[P, T]):
    """The type of a method that returns an async generator, whatever client it is a method of."""

    @overload
    def __get__(
        self, client: Client | Resource[Client], owner: Any = None
    ) -> Callable[P, AsyncGenerator[T, None]]: ...
    @overload
    def __get__(self, client: None, owner: Any = None) -> Callable[..., Any]: ...
    def __get__(self, client: Any, owner: Any = None) -> Any:
        """The bound method; see `Method`."""


@overload
def awaited(
    function: Method[P, T],
) -> Callable[[Callable[..., object]], AwaitedMethod[P, T]]: ...
@overload
def awaited(
    function: StreamMethod[P, T],
) -> Callable[[Callable[..., object]], AwaitedStream[P, T]]: ...
def awaited(function: Any) -> Any:
    """Decorates another name of a method, under which it is awaited in sync clients as well.

    Those have a `twin`: an async client with the same settings.
    """

    def named(name: Callable[..., object]) -> Any:
        @wraps(function)
        def run(self: Any, *args: Any, **kwargs: Any) -> Any:
            client = _client(self)
            twin = client if client.is_async else client.twin
            return function(twin if self is client else type(self)(twin), *args, **kwargs)

        run.__name__, run.__doc__ = name.__name__, name.__doc__
        return run

    return named


untyped_method: Callable[[Callable[..., Any]], Any] = method
"""`method`, for one whose type each client declares itself."""
