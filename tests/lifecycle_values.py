"""What sync and async, generated and spec-only clients return, read in one way."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any, cast

import anyio
import httpx

from scripted_api import KEY, ScriptedApi, typed, typed_async


def awaited(call: Callable[..., Any], *args: Any) -> Any:
    """What `call` returns; what its coroutine does, where it is one."""

    async def main() -> Any:
        found = call(*args)
        return await found if inspect.isawaitable(found) else found

    return anyio.run(main) if inspect.iscoroutinefunction(call) else call(*args)


def rows(found: Any) -> list[Any]:
    """Every row of `redenlab.Rows` or `redenlab.AsyncRows`."""

    async def main() -> list[Any]:
        return [row async for row in found]

    return anyio.run(main) if hasattr(found, "__aiter__") else list(found)


def plain(value: Any) -> Any:
    """A result as JSON, whether it is typed or not."""
    return value.to_dict() if hasattr(value, "to_dict") else value


def is_typed(caller: Any) -> bool:
    """Whether one of `scripted_api.CALLERS` uses the generated client."""
    return caller in {typed, typed_async}


def named(caller: Any, names: Mapping[str, str], values: Mapping[str, Any]) -> dict[str, Any]:
    """`values` under their Python names for generated clients; `names` has those that differ."""
    return {(names.get(k, k) if is_typed(caller) else k): v for k, v in values.items()}


def sent(api: ScriptedApi, call: str) -> httpx.Request:
    """The one request that was ``METHOD path``."""
    (found,) = [r for r in api.requests if f"{r.method} {r.url.path}" == call]
    return cast("httpx.Request", found)


def keyless(request: httpx.Request) -> bool:
    """Whether a request carries the key nowhere."""
    shown = [*request.headers.values(), str(request.url), request.content.decode("latin-1")]
    return not any(KEY in text for text in shown)
