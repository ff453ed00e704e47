"""The four plain functions of an operation, made of its `build` and its `parse`.

They take the client first, then the arguments of `build`:

    get_result.sync(client, "job-1", model="transcribe")
"""

from collections.abc import Callable, Coroutine
from typing import Any, Concatenate, ParamSpec, TypeVar

from redenlab.lowlevel.client import Client
from redenlab.lowlevel.types import RawResponse, Request, Response

P = ParamSpec("P")
T = TypeVar("T")
Build = Callable[P, Request]
Parse = Callable[[RawResponse], T]


def sync_detailed(
    build: Build[P], parse: Parse[T]
) -> Callable[Concatenate[Client, P], Response[T]]:
    """A function that sends the request and returns body, status and headers."""

    def call(client: Client, /, *args: P.args, **kwargs: P.kwargs) -> Response[T]:
        """Send the request, and keep status and headers.

        Raises:
            httpx.HTTPError: The network failed.
            ApiError: The status is no success.
            DecodeError: The body is not what the spec says.
        """
        return client.send(build(*args, **kwargs), parse)

    return call


def sync(build: Build[P], parse: Parse[T]) -> Callable[Concatenate[Client, P], T]:
    """A function that sends the request and returns the typed body."""

    def call(client: Client, /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Send the request, and return the typed body.

        Raises:
            httpx.HTTPError: The network failed.
            ApiError: The status is no success.
            DecodeError: The body is not what the spec says.
        """
        return client.send(build(*args, **kwargs), parse).parsed

    return call


def asyncio_detailed(
    build: Build[P], parse: Parse[T]
) -> Callable[Concatenate[Client, P], Coroutine[Any, Any, Response[T]]]:
    """`sync_detailed`, awaited."""

    async def call(client: Client, /, *args: P.args, **kwargs: P.kwargs) -> Response[T]:
        """Send the request, and keep status and headers; see `sync_detailed`."""
        return await client.send_async(build(*args, **kwargs), parse)

    return call


def asyncio(
    build: Build[P], parse: Parse[T]
) -> Callable[Concatenate[Client, P], Coroutine[Any, Any, T]]:
    """`sync`, awaited."""

    async def call(client: Client, /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Send the request, and return the typed body; see `sync`."""
        return (await client.send_async(build(*args, **kwargs), parse)).parsed

    return call
