"""The methods of a client that is made when one of them is first called."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from redenlab.core.clients.base import Client

C = TypeVar("C", bound=Client)


def methods_of(client: Callable[[], C], kind: type[C]) -> C:
    """The methods of a client, as functions that a module can offer.

    Args:
        client: Returns the client; called by each of the functions, and not before.
        kind: What it is.
    """
    return cast("C", _Methods(client, kind))


class _Methods:
    def __init__(self, client: Callable[[], Client], kind: type[Client]) -> None:
        self._client = client
        self._kind = kind

    def __getattr__(self, name: str) -> Callable[..., Any]:
        client = self._client

        @wraps(getattr(self._kind, name))
        def call(*args: Any, **kwargs: Any) -> Any:
            return getattr(client(), name)(*args, **kwargs)

        return call
