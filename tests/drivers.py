"""The three ways to run a workflow, so that one test can prove it under each of them."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

import anyio

from redenlab.core.asynchronous import AsyncIo
from redenlab.core.auth import ApiKey, Secret
from redenlab.core.blocking import BlockingIo
from redenlab.core.discovery import Fixed
from redenlab.core.events import Event
from redenlab.core.io import Io, run
from redenlab.core.network import Route
from redenlab.core.observation import Call
from redenlab.core.operations import Workflow
from redenlab.core.poll import Poll
from redenlab.core.retry import Bucket, Retry
from redenlab.core.session import Channel, Session
from redenlab.core.testing import VirtualIo
from service import BASE, KEY, Service

T = TypeVar("T")


class Driver(Protocol):
    """Runs workflows against a `Service`.

    Attributes:
        virtual: Whether waits take no time; if not, the policies below have no waits.
    """

    virtual: bool
    retry: Retry
    poll: Poll

    def io(self, service: Service) -> Io:
        """The outside world, with `service` in it."""
        ...

    def run(self, workflow: Workflow[T]) -> T:
        """To its end."""
        ...


class Virtual:
    virtual = True
    retry = Retry(jitter=0)
    poll = Poll()

    def io(self, service: Service) -> Io:
        return VirtualIo(service)

    def run(self, workflow: Workflow[T]) -> T:
        return run(workflow)


class Blocking:
    virtual = False
    retry = Retry(initial=0, jitter=0)
    poll = Poll(initial=0.001, most=0.001)

    def io(self, service: Service) -> Io:
        return BlockingIo(Route(), service.transport())

    def run(self, workflow: Workflow[T]) -> T:
        return run(workflow)


class Asyncio(Blocking):
    def io(self, service: Service) -> Io:
        return AsyncIo(Route(), service.transport())

    def run(self, workflow: Workflow[T]) -> T:
        return anyio.run(lambda: workflow, backend="asyncio")


class Trio(Asyncio):
    def run(self, workflow: Workflow[T]) -> T:
        return anyio.run(lambda: workflow, backend="trio")


DRIVERS = [Virtual(), Blocking(), Asyncio(), Trio()]


def channel(io: Io, retry: Retry | None = None, http_timeout: float = 30.0) -> Channel:
    """A channel to the example service."""
    chosen = retry or Retry(jitter=0)
    return Channel(
        io=io,
        base=Fixed(BASE),
        auth=ApiKey(Secret(KEY), "X-Api-Key"),
        retry=chosen,
        bucket=Bucket(chosen.budget),
        http_timeout=http_timeout,
        user_agent="redenlab-tests",
    )


def session(
    io: Io,
    *,
    timeout: float = 3600.0,
    retry: Retry | None = None,
    emit: Callable[[Event], Any] = lambda _: None,
    http_timeout: float = 30.0,
) -> Session:
    """One call that has `timeout` seconds."""
    return Session(channel(io, retry, http_timeout), io.now() + timeout, Call(listener=emit))
