"""A job API whose responses are scripted, and the clients that are made from its spec alone."""

import importlib
from collections.abc import Callable
from functools import cache
from typing import Any

import anyio
import httpx

import redenlab
import redenlab_api
from example_trees import EXAMPLES, TREES
from redenlab import Poll, Retry

KEY = "sk_test_1234567890"
BASE = "https://api.example.com"


class ScriptedApi:
    """Responds to each ``METHOD path`` from a list; the last response repeats.

    A response is an `httpx.Response`, an exception that breaks the connection, or the JSON of a
    200. What is not scripted is a 404.

    Attributes:
        requests: Every request, in order.
    """

    def __init__(self, **responses: Any) -> None:
        self.requests: list[httpx.Request] = []
        self._responses: dict[str, list[Any]] = {}

    def on(self, call: str, *responses: Any) -> "ScriptedApi":
        """Respond to `call`, such as ``GET /jobs/7``, with `responses` in turn."""
        self._responses[call] = list(responses)
        return self

    def __call__(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.requests.append(request)
        call = f"{request.method} {request.url.path}"
        if call not in self._responses:
            return httpx.Response(404, json={"error": f"nothing at {call}"})
        queue = self._responses[call]
        response = queue.pop(0) if len(queue) > 1 else queue[0]
        if isinstance(response, Exception):
            raise response
        if isinstance(response, httpx.Response):
            return httpx.Response(
                response.status_code, headers=response.headers, content=response.content
            )
        return httpx.Response(200, json=response)

    @property
    def calls(self) -> list[str]:
        """Every request as ``METHOD path``."""
        return [f"{request.method} {request.url.path}" for request in self.requests]


def options(api: ScriptedApi, **more: Any) -> dict[str, Any]:
    """Arguments of a client of `api` whose waits take next to no time."""
    return {
        "api_key": KEY,
        "base_url": BASE,
        "transport": httpx.MockTransport(api),
        "poll": Poll(initial=0.001, max_interval=0.001),
        "retry": Retry(initial=0),
        **more,
    }


def connect(name: str, api: ScriptedApi, **more: Any) -> Any:
    """The sync client that `redenlab.connect` makes of ``example_specs/<name>.yaml``."""
    return redenlab.connect(EXAMPLES / f"{name}.yaml", **options(api, **more))


def connect_async(name: str, api: ScriptedApi, **more: Any) -> Any:
    """The async one."""
    return redenlab.connect_async(EXAMPLES / f"{name}.yaml", **options(api, **more))


@cache
def generated(name: str) -> Any:
    """The ``jobs`` module that is generated from ``example_specs/<name>.yaml``, imported."""
    redenlab_api.__path__.append(str(TREES.tree(name) / "redenlab_api"))
    return importlib.import_module(f"redenlab_api.example_{name}.jobs")


Act = Callable[[Any], Any]


def dynamic(name: str, api: ScriptedApi, act: str, *args: Any, **kwargs: Any) -> Any:
    """Call ``run`` or ``submit`` of the client of `connect`."""
    with connect(name, api) as client:
        return getattr(client, act)(*args, **kwargs)


def dynamic_async(name: str, api: ScriptedApi, act: str, *args: Any, **kwargs: Any) -> Any:
    """The same, awaited."""

    async def main() -> Any:
        async with connect_async(name, api) as client:
            return await getattr(client, act)(*args, **kwargs)

    return anyio.run(main)


def typed(name: str, api: ScriptedApi, act: str, *args: Any, **kwargs: Any) -> Any:
    """The same by the generated client."""
    (job,) = generated(name).JOBS
    with generated(name).CLIENTS[job][0](**options(api)) as client:
        return getattr(client, job if act == "run" else act)(*args, **kwargs)


def typed_async(name: str, api: ScriptedApi, act: str, *args: Any, **kwargs: Any) -> Any:
    """The same by the generated client, awaited."""
    (job,) = generated(name).JOBS

    async def main() -> Any:
        async with generated(name).CLIENTS[job][1](**options(api)) as client:
            return await getattr(client, job if act == "run" else act)(*args, **kwargs)

    return anyio.run(main)


CALLERS = [dynamic, dynamic_async, typed, typed_async]
"""The four ways to a job: from the spec alone or generated, sync or async."""
