"""`run`, `stream` and `use` of a client that is made from the environment when it is needed."""

import atexit
from collections.abc import Generator
from functools import cache
from typing import Any, Literal, Unpack, overload

from redenlab.core.transport.sse import ServerSentEvent
from redenlab.replicate.client import ReplicateClient
from redenlab.replicate.functions import Function, StreamingFunction
from redenlab.replicate.pins import In, PinnedModel
from redenlab.replicate.types import RunOptions


@cache
def default_client() -> ReplicateClient:
    """The client of this module's functions.

    Raises:
        MissingKey: Neither the environment nor the configuration file has a key.
    """
    client = ReplicateClient()
    atexit.register(client.close)
    return client


def run(
    ref: str | PinnedModel[In],
    input: In | None = None,  # noqa: A002 - the service's name
    **options: Unpack[RunOptions],
) -> Any:
    """Run a model with the default client; see `ReplicateClient.run`."""
    return default_client().run(ref, input, **options)


def stream(
    ref: str | PinnedModel[In],
    input: In | None = None,  # noqa: A002 - the service's name
    **options: Unpack[RunOptions],
) -> Generator[ServerSentEvent, None, None]:
    """Stream the output of a model with the default client; see `ReplicateClient.stream`."""
    return default_client().stream(ref, input, **options)


@overload
def use(
    ref: str | PinnedModel[Any], *, streaming: Literal[False] = False
) -> Function[ReplicateClient]: ...
@overload
def use(
    ref: str | PinnedModel[Any], *, streaming: Literal[True]
) -> StreamingFunction[ReplicateClient]: ...
def use(ref: str | PinnedModel[Any], *, streaming: bool = False) -> Any:
    """A model as a function, of the default client; see `ReplicateClient.use`."""
    if streaming:
        return default_client().use(ref, streaming=True)
    return default_client().use(ref)
