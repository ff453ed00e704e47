"""The waits of one client share its requests, and the pause that the service has asked for."""

import threading
from collections import Counter
from typing import Any

import anyio
import httpx
import pytest

from drivers import call_context
from redenlab import AsyncInferenceClient, InferenceClient
from redenlab.core import errors
from redenlab.core.calls.retry import Retry
from redenlab.core.jobs.job_type import JobRef
from redenlab.core.jobs.polling import JobPoller
from redenlab.core.transport.io import TURNS, OutgoingRequest, run
from redenlab.lowlevel.types import RawResponse
from redenlab_api.ml.jobs import PREDICT
from virtual_io import VirtualIo

KEY = "sk_test_p4c3p4c3"
URL = "https://api.example.com"
DONE = {"status": "completed", "result": {"intelligibility_score": 0.5}}
ENDED = b'"status":"completed","result":{"intelligibility_score":0.5}}'
BUSY = RawResponse(429, {"retry-after": "90"}, b"{}")


def job_id(request: OutgoingRequest | httpx.Request) -> str:
    return str(request.url).rsplit("/", 1)[-1].partition("?")[0]


def waited(context: Any, job: str) -> Any:
    return run(JobPoller(context, PREDICT, JobRef(job, "intelligibility")).finished())


def test_the_pause_that_one_poll_was_asked_for_counts_for_every_wait() -> None:
    sent: list[tuple[str, float]] = []

    def service(request: OutgoingRequest) -> RawResponse:
        sent.append((job_id(request), io.clock))
        return BUSY if len(sent) == 1 else RawResponse(200, {}, b'{"job_id":"b",%s' % ENDED)

    io = VirtualIo(service)
    context = call_context(io, timeout=60)
    with pytest.raises(errors.JobTimeout) as caught:
        waited(context, "a")
    assert caught.value.retry_after == 90
    other = context.with_deadline(600)
    assert waited(other, "b").state == "succeeded"
    assert sent == [("a", 0), ("b", 90)]


def test_a_wait_that_is_shorter_than_the_pause_ends_without_a_request() -> None:
    io = VirtualIo(lambda _: BUSY)
    context = call_context(io, timeout=60)
    for job in ("a", "b"):
        with pytest.raises(errors.JobTimeout) as caught:
            waited(context, job)
        assert caught.value.retry_after == 90
    assert [job_id(each) for each in io.requests] == ["a"]


@pytest.mark.parametrize("status", [404, 500])
def test_a_failure_that_names_no_pause_holds_nobody_up(status: int) -> None:
    answers = {
        "a": RawResponse(status, {}, b"{}"),
        "b": RawResponse(200, {}, b'{"job_id":"b",' + ENDED),
    }
    io = VirtualIo(lambda request: answers[job_id(request)])
    context = call_context(io, timeout=60, retry=Retry.off())
    with pytest.raises(errors.RedenLabError):
        waited(context, "a")
    begun = io.clock
    waited(context.with_deadline(io.clock + 60), "b")
    assert io.clock == begun


class Service:
    """Holds responses back until so many requests are under way, and counts them."""

    def __init__(self) -> None:
        self.order: list[str] = []
        self.now = self.most = 0

    def begin(self, request: httpx.Request) -> None:
        self.order.append(job_id(request))
        self.now += 1
        self.most = max(self.most, self.now)

    def end(self, request: httpx.Request) -> httpx.Response:
        self.now -= 1
        return httpx.Response(200, json={"job_id": job_id(request), **DONE})


class AsyncService(Service, httpx.AsyncBaseTransport):
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.begin(request)
        for _ in range(20):
            await anyio.lowlevel.checkpoint()
        return self.end(request)


class BlockingService(Service, httpx.BaseTransport):
    """Its first responses wait for each other."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._first = threading.Barrier(TURNS)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        with self._lock:
            self.begin(request)
            first = len(self.order) <= TURNS
        if first:
            self._first.wait(60)
        with self._lock:
            return self.end(request)


@pytest.mark.parametrize("backend", ["asyncio", "trio"])
def test_many_waits_poll_in_turn_and_few_at_once_when_awaited(backend: str) -> None:
    service = AsyncService()
    names = [f"j{number}" for number in range(5 * TURNS)]

    async def main() -> None:
        async with (
            AsyncInferenceClient(KEY, URL, transport=service) as client,
            anyio.create_task_group() as tasks,
        ):
            for name in names:
                tasks.start_soon(client.job(name).wait)

    anyio.run(main, backend=backend)
    assert service.most == TURNS
    assert Counter(service.order) == Counter(names)
    if backend == "asyncio":  # trio begins the tasks of a moment in any order
        assert service.order == names


def test_many_threads_poll_few_at_once() -> None:
    service = BlockingService()
    with InferenceClient(KEY, URL, transport=service) as client:
        waits = [threading.Thread(target=client.job(f"j{n}").wait) for n in range(3 * TURNS)]
        for wait in waits:
            wait.start()
        for wait in waits:
            wait.join(60)
    assert service.most == TURNS
    assert len(service.order) == 3 * TURNS


def test_a_wait_whose_task_is_cancelled_gives_its_turn_back() -> None:
    service = AsyncService()

    async def main() -> None:
        async with AsyncInferenceClient(KEY, URL, transport=service) as client:
            async with anyio.create_task_group() as tasks:
                for number in range(5 * TURNS):
                    tasks.start_soon(client.job(f"j{number}").wait)
                while service.now < TURNS:
                    await anyio.lowlevel.checkpoint()
                tasks.cancel_scope.cancel()
            service.now = service.most = 0
            async with anyio.create_task_group() as tasks:
                for number in range(2 * TURNS):
                    tasks.start_soon(client.job(f"k{number}").wait)

    anyio.run(main)
    assert service.most == TURNS
