"""Runs several workflows at a time: a thread each in sync clients, a task each in async ones.

The engine of a run is a workflow itself. It starts others, and waits for what they report.
"""

import queue
import threading
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Protocol, Self, cast

import anyio
from anyio.abc import TaskGroup
from anyio.streams.memory import MemoryObjectReceiveStream, MemoryObjectSendStream

from redenlab.core.transport.io import Io, run

Work = Coroutine[Any, Any, None]


class Stopped(BaseException):
    """Ends the work of one item, because its run was closed; in sync clients alone."""


class Crew(Protocol):
    """Those who work for one run."""

    def io(self, io: Io) -> Io:
        """`io` as the work may use it: its pauses end when the crew is stopped."""
        ...

    def start(self, work: Work) -> None:
        """Begin `work`; it handles its errors itself."""
        ...

    def report(self, found: Any) -> None:
        """Tell the engine; called by the work."""
        ...

    async def next(self, seconds: float | None) -> Any:
        """What was reported next; ``None`` if that takes more than `seconds`."""
        ...

    def check(self) -> None:
        """Raise if the crew was stopped; called where work may end."""
        ...


class Threads:
    """The crew of a sync client."""

    def __init__(self) -> None:
        self._reports: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._stopped = threading.Event()
        self._threads: set[threading.Thread] = set()

    def io(self, io: Io) -> Io:
        return cast("Io", _Interruptible(io, self._stopped))

    def start(self, work: Work) -> None:
        # Daemons: a program that ends does not wait for jobs; the ledger has all of them.
        thread = threading.Thread(target=self._run, args=(work,), daemon=True, name="redenlab-run")
        self._threads.add(thread)
        thread.start()

    def _run(self, work: Work) -> None:
        try:
            run(work)
        except Stopped:
            pass
        finally:
            self._threads.discard(threading.current_thread())

    def report(self, found: Any) -> None:
        self._reports.put(found)

    async def next(self, seconds: float | None) -> Any:
        try:
            return self._reports.get(timeout=seconds)
        except queue.Empty:
            return None

    def check(self) -> None:
        if self._stopped.is_set():
            raise Stopped

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Stop, and wait until each has ended the request that it makes."""
        self._stopped.set()
        for thread in tuple(self._threads):
            thread.join()


class _Interruptible:
    """An `Io` whose pauses end when an event is set."""

    def __init__(self, io: Io, stopped: threading.Event) -> None:
        self._io = io
        self._stopped = stopped

    def __getattr__(self, name: str) -> Any:
        return getattr(self._io, name)

    async def sleep(self, seconds: float) -> None:
        if self._stopped.wait(max(seconds, 0.0)):
            raise Stopped


class Tasks:
    """The crew of an async client."""

    _group: TaskGroup
    _send: MemoryObjectSendStream[Any]
    _receive: MemoryObjectReceiveStream[Any]

    def io(self, io: Io) -> Io:
        return io

    def start(self, work: Work) -> None:
        self._group.start_soon(_awaited, work)

    def report(self, found: Any) -> None:
        self._send.send_nowait(found)

    async def next(self, seconds: float | None) -> Any:
        with anyio.move_on_after(seconds):
            return await self._receive.receive()
        return None

    def check(self) -> None:
        """Tasks are cancelled."""

    async def __aenter__(self) -> Self:
        self._send, self._receive = anyio.create_memory_object_stream[Any](float("inf"))
        self._group = anyio.create_task_group()
        await self._group.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Cancel what is under way."""
        self._group.cancel_scope.cancel()
        try:
            await self._group.__aexit__(None, None, None)
        except anyio.get_cancelled_exc_class():
            if error is None:
                raise  # else `error` is raised, which says how to resume
        finally:
            self._send.close()
            self._receive.close()


async def _awaited(work: Work) -> None:
    await work
