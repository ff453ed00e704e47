"""An event loop in a thread of its own, for sessions that are used without one."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Background:
    """A daemon thread that runs coroutines for other threads."""

    def __init__(self) -> None:
        """Start it."""
        self._loop: asyncio.AbstractEventLoop
        self._stopped: asyncio.Event
        started = threading.Event()
        self._thread = threading.Thread(
            target=lambda: asyncio.run(self._main(started)), name="redenlab-realtime", daemon=True
        )
        self._thread.start()
        started.wait()

    def run(self, work: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Finish `work` there. What ends the wait for it, such as Ctrl-C, cancels it."""
        future = asyncio.run_coroutine_threadsafe(work(), self._loop)
        try:
            return future.result()
        except BaseException:
            future.cancel()
            raise

    def stop(self) -> None:
        """End the thread, and wait until it has ended."""
        self._loop.call_soon_threadsafe(self._stopped.set)
        if threading.current_thread() is not self._thread:
            self._thread.join()

    async def _main(self, started: threading.Event) -> None:
        self._loop, self._stopped = asyncio.get_running_loop(), asyncio.Event()
        started.set()
        await self._stopped.wait()
