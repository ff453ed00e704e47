"""The three ways to run a workflow, so that one test can prove it under each of them.

And clients and calls of the example API that most tests begin with.
"""

import inspect
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

import anyio

from fake_api import BASE, KEY, FakeApi
from faulty_server import PATIENCE
from redenlab import AsyncInferenceClient, InferenceClient
from redenlab.core.auth.discovery import StaticBaseUrl
from redenlab.core.auth.schemes import ApiKey
from redenlab.core.auth.secret import Secret
from redenlab.core.calls.api_client import ApiClient
from redenlab.core.calls.context import CallContext
from redenlab.core.calls.instrumentation import Call
from redenlab.core.calls.retry import Bucket, Retry
from redenlab.core.clients.base import Client
from redenlab.core.events import Event
from redenlab.core.jobs.poll import Poll
from redenlab.core.transport.aio import AsyncIo
from redenlab.core.transport.io import Io, Workflow, run
from redenlab.core.transport.route import Route
from redenlab.core.transport.sync import BlockingIo
from redenlab_api.ml.api.inference import create_upload_url, get_result, predict
from redenlab_api.ml.models import PredictRequest, UploadUrlRequest
from virtual_io import VirtualIo

T = TypeVar("T")
C = TypeVar("C", bound=Client)

FAST: dict[str, Any] = {
    "poll": Poll(initial=0.001, max_interval=0.001),
    "retry": Retry(initial=0, jitter=0),
}
"""Options of a client that hardly waits."""

OPERATIONS: dict[str, tuple[Any, dict[str, Any]]] = {
    "get_result": (get_result, {"job_id": "j"}),
    "create_upload_url": (create_upload_url, {"body": UploadUrlRequest(filename="a.wav")}),
    "predict": (
        predict,
        {"model_name": "m", "body": PredictRequest(job_id="j", file_key="k")},
    ),
}
"""Operations of the example API, each with arguments for it."""


class Driver(Protocol):
    """Runs workflows against a `Service`.

    Attributes:
        virtual: Whether waits take no time; if not, the policies below have no waits.
    """

    virtual: bool
    retry: Retry
    poll: Poll

    def io(self, fake_api: FakeApi) -> Io:
        """The outside world, with `service` in it."""
        ...

    def run(self, workflow: Workflow[T]) -> T:
        """To its end."""
        ...


class Virtual:
    virtual = True
    retry = Retry(jitter=0)
    poll = Poll()

    def io(self, fake_api: FakeApi) -> Io:
        return VirtualIo(fake_api)

    def run(self, workflow: Workflow[T]) -> T:
        return run(workflow)


class Blocking:
    virtual = False
    retry = Retry(initial=0, jitter=0)
    poll = Poll(initial=0.001, max_interval=0.001)

    def io(self, fake_api: FakeApi) -> Io:
        return BlockingIo(Route(), fake_api.transport())

    def run(self, workflow: Workflow[T]) -> T:
        return run(workflow)


class Asyncio(Blocking):
    def io(self, fake_api: FakeApi) -> Io:
        return AsyncIo(Route(), fake_api.transport())

    def run(self, workflow: Workflow[T]) -> T:
        return anyio.run(lambda: workflow, backend="asyncio")


class Trio(Asyncio):
    def run(self, workflow: Workflow[T]) -> T:
        return anyio.run(lambda: workflow, backend="trio")


DRIVERS = [Virtual(), Blocking(), Asyncio(), Trio()]


def api_client(io: Io, retry: Retry | None = None, http_timeout: float = 30.0) -> ApiClient:
    """The way to the example API."""
    chosen = retry or Retry(jitter=0)
    return ApiClient(
        io=io,
        base=StaticBaseUrl(BASE),
        auth=ApiKey(Secret(KEY), "X-Api-Key"),
        retry=chosen,
        bucket=Bucket(chosen.budget),
        http_timeout=http_timeout,
        user_agent="redenlab-tests",
    )


def call_context(
    io: Io,
    *,
    timeout: float = 3600.0,
    retry: Retry | None = None,
    emit: Callable[[Event], Any] = lambda _: None,
    http_timeout: float = 30.0,
) -> CallContext:
    """One call that has `timeout` seconds."""
    return CallContext(api_client(io, retry, http_timeout), io.now() + timeout, Call(listener=emit))


def call(fake_api: FakeApi, name: str = "get_result", **options: Any) -> tuple[Any, VirtualIo]:
    """One operation in virtual time: its value and response, and the world it was called in."""
    io = VirtualIo(fake_api)
    operation, arguments = OPERATIONS[name]
    workflow = call_context(io, **options).call(operation, **arguments)
    return run(workflow), io


def client(fake_api: FakeApi, **options: Any) -> InferenceClient[Any]:
    """A blocking client of the example API that hardly waits."""
    given: dict[str, Any] = {"transport": fake_api.transport(), **FAST, **options}
    return InferenceClient(KEY, BASE, **given)


def poll_blocking(url: str, timeout: float = PATIENCE, **options: Any) -> Any:
    """One typed call over the network, with the blocking client."""
    options.setdefault("retry", Retry.off())
    with InferenceClient(KEY, url, **options) as caller:
        return caller.get_status("j", timeout=timeout)


def poll_async(url: str, timeout: float = PATIENCE, **options: Any) -> Any:
    """The same with the async client."""
    options.setdefault("retry", Retry.off())

    async def main() -> Any:
        async with AsyncInferenceClient(KEY, url, **options) as caller:
            return await caller.get_status("j", timeout=timeout)

    return anyio.run(main)


def settled(value: Any) -> Any:
    """`value`; of an async client in virtual time, what it is when awaited."""
    return run(value) if inspect.iscoroutine(value) else value


def in_virtual_time(kind: type[C], fake_api: FakeApi, **options: Any) -> C:
    """A client of `kind` whose waits take no time; its jobs never need one of the wall clock."""

    def _io(*_: Any) -> Io:
        return VirtualIo(fake_api)

    made: type[C] = type(kind.__name__, (kind,), {"_io": _io})
    return made(api_key=KEY, base_url=BASE, **options)  # type: ignore[call-arg]
