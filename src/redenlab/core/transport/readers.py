"""Threads for what may stall: reads of what callers give, and questions to name servers.

A thread that is blocked in a call of the operating system cannot be ended. So these are daemon
threads, which never hold up the exit of the process, and a read that is not over at the deadline of
its call is left behind. At most `STALLED` of them are; a read beyond those is refused.
"""

import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextvars import copy_context
from functools import partial
from queue import Empty, SimpleQueue
from typing import Any, Final

from redenlab.core.transport.outcomes import failed

STALLED: Final = 4
"""How many threads of a process may be left behind."""

IDLE: Final = 10.0
"""Seconds after which a thread without work ends."""


SETTLE: Final = 0.5
"""Seconds that a read may take beyond its call before it counts as left behind."""


class Reading(Future[Any]):
    """One read, of any result.

    Attributes:
        what: What is read from, for errors.
        left_at: Monotonic seconds at which its call ended without it; ``None`` while it waits.
    """

    what: str = "the recording"
    left_at: float | None = None


class Readers:
    """The threads of one process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tasks: SimpleQueue[tuple[Reading, Callable[[], Any]]] = SimpleQueue()
        self._free = 0
        self._left: set[Reading] = set()

    @property
    def stalled(self) -> int:
        """How many reads were left behind, and have not ended since."""
        with self._lock:
            return self._count()

    def start(self, read: Callable[[], Any], what: str = "the recording") -> Reading:
        """Begin a read of `what`, in the context of the caller.

        Raises:
            RequestTimeout: As many as may be left behind are.
        """
        reading = Reading()
        reading.what = what
        with self._lock:
            if self._count() >= STALLED:
                raise failed("stalled", what, f", nor did {STALLED} before it")
            is_new = self._free == 0
            self._free -= not is_new
        self._tasks.put((reading, partial(copy_context().run, read)))
        if is_new:
            threading.Thread(target=self._work, name="redenlab-reader", daemon=True).start()
        return reading

    def start_ahead(self, chunks: Iterator[bytes]) -> Reading | None:
        """Begin to read the next chunk; ``None`` where it is in memory, and needs no thread.

        A source that knows has a method ``is_ready``.
        """
        is_ready = getattr(chunks, "is_ready", None)
        if is_ready is not None and is_ready():
            return None
        return self.start(partial(next, chunks, b""))

    def _count(self) -> int:
        before = time.monotonic() - SETTLE
        return sum(each.left_at is not None and each.left_at < before for each in self._left)

    def leave(self, reading: Reading) -> None:
        """End the wait for a read, which may go on by itself; what it opens is closed."""
        with self._lock:
            is_over = reading.done()
            if not is_over:
                reading.left_at = time.monotonic()
                self._left.add(reading)
                reading.set_exception(failed("stalled", reading.what))
        if is_over and reading.exception() is None:
            _close(reading.result())

    def _work(self) -> None:
        while True:
            try:
                reading, read = self._tasks.get(timeout=IDLE)
            except Empty:
                with self._lock:
                    if self._free:  # else a task is on its way
                        self._free -= 1
                        return
                continue
            self._run(reading, read)
            del reading, read  # what was read may be large
            with self._lock:
                self._free += 1

    def _run(self, reading: Reading, read: Callable[[], Any]) -> None:
        found: Any = None
        error: BaseException | None = None
        try:
            found = read()
        except BaseException as raised:  # noqa: BLE001 - it belongs to the caller
            error = raised
        with self._lock:
            is_left = reading.left_at is not None
            self._left.discard(reading)
            if not is_left and error is not None:
                reading.set_exception(error)
            elif not is_left:
                reading.set_result(found)
        if is_left:
            _close(found)


def _close(found: Any) -> None:
    if hasattr(found, "close"):
        found.close()


_readers = Readers()


def readers() -> Readers:
    """Those of this process."""
    return _readers


def _renew() -> None:
    global _readers  # noqa: PLW0603 - threads do not survive a fork
    _readers = Readers()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_renew)
