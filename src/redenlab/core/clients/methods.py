"""Methods that are written once, and block in sync clients and are awaited in async ones."""

from collections.abc import Callable, Coroutine
from functools import wraps
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, cast, overload

from redenlab.core.calls.context import CallContext
from redenlab.core.clients.base import AsyncClient, BlockingClient
from redenlab.core.transport.io import Workflow

P = ParamSpec("P")
T_co = TypeVar("T_co", covariant=True)
T = TypeVar("T")

Call = tuple[CallContext, Workflow[T]]
"""A call that has begun, and the work that is left of it."""


class Method(Generic[P, T_co]):
    """The type of a method: what it returns depends on the client that it is a method of."""

    @overload
    def __get__(self, client: BlockingClient, owner: Any = None) -> Callable[P, T_co]: ...
    @overload
    def __get__(
        self, client: AsyncClient, owner: Any = None
    ) -> Callable[P, Coroutine[Any, Any, T_co]]: ...
    @overload
    def __get__(self, client: None, owner: Any = None) -> Callable[..., Any]: ...
    def __get__(self, client: Any, owner: Any = None) -> Any:
        """The bound method; what `method` returns is a function, which Python binds itself."""
        raise NotImplementedError


def method(begin: Callable[Concatenate[Any, P], Call[T]]) -> Method[P, T]:
    """A method that runs the work which `begin` returns, to its end."""

    @wraps(begin)
    def run(self: Any, *args: P.args, **kwargs: P.kwargs) -> Any:
        begun = begin(self, *args, **kwargs)
        del args, kwargs  # a URL among them may be signed, and debuggers show locals
        return self.finish(*begun)

    return cast("Method[P, T]", run)


untyped_method: Callable[[Callable[..., Any]], Any] = method
"""`method`, for one whose type each client declares itself."""
