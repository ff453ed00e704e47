"""Several calls of one client of a scripted API, written once for all four kinds of client."""

import inspect
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import anyio

from redenlab.core.transport.io import run
from scripted_api import ScriptedApi, connect, connect_async, generated, options

Scenario = Callable[[Any], Awaitable[Any]]


async def now(value: Any) -> Any:
    """`value`; of an async client, what it is when awaited."""
    return await value if inspect.isawaitable(value) else value


async def rows(found: Any) -> list[Any]:
    """Every row of JSON lines, of either kind of client."""
    if hasattr(found, "__aiter__"):
        return [row async for row in found]
    return list(found)


@asynccontextmanager
async def _opened(caller: Any, name: str, api: ScriptedApi) -> AsyncIterator[Any]:
    kind = caller.__name__
    if kind == "dynamic":
        with connect(name, api) as client:
            yield client
    elif kind == "dynamic_async":
        async with connect_async(name, api) as client:
            yield client
    else:
        ((blocking, awaited),) = generated(name).CLIENTS.values()
        if kind == "typed":
            with blocking(**options(api)) as client:
                yield client
        else:
            async with awaited(**options(api)) as client:
                yield client


def play(caller: Any, name: str, api: ScriptedApi, scenario: Scenario) -> Any:
    """Run `scenario` with the client that one of `scripted_api.CALLERS` uses."""

    async def main() -> Any:
        async with _opened(caller, name, api) as client:
            return await scenario(client)

    asynchronous = caller.__name__.endswith("_async")
    return anyio.run(main) if asynchronous else run(main())


def document(value: Any) -> Any:
    """A typed model as JSON; JSON as it is."""
    return value.to_dict() if hasattr(value, "to_dict") else value
