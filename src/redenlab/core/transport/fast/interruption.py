"""Blocking calls that Ctrl-C ends.

Python runs signal handlers in the main thread, between two instructions of its own. A call of
pyreqwest blocks outside of Python. So the main thread has another one make the call, and waits for
it in a way that can be interrupted; that call then ends by its own timeout.
"""

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class _Call(Generic[T]):
    def __init__(self, function: Callable[[], T]) -> None:
        self._function = function
        self._found: T
        self._error: BaseException | None = None
        self.over = threading.Lock()
        self.over.acquire()

    def make(self) -> None:
        try:
            self._found = self._function()
        except BaseException as error:  # noqa: BLE001 - it belongs to the caller
            self._error = error
        self.over.release()

    def outcome(self) -> T:
        if self._error is None:
            return self._found
        try:
            raise self._error
        finally:
            self._error = None  # else it would hold itself, by this frame


class _Helper:
    """A thread that makes the calls of the main thread, one after another."""

    def __init__(self) -> None:
        self._calls: SimpleQueue[_Call[Any] | None] = SimpleQueue()
        threading.Thread(target=self._work, name="redenlab-caller", daemon=True).start()

    def made(self, function: Callable[[], T]) -> T:
        call = _Call(function)
        self._calls.put(call)
        call.over.acquire()
        return call.outcome()

    def end(self) -> None:
        """After the call that it is making."""
        self._calls.put(None)

    def _work(self) -> None:
        while (call := self._calls.get()) is not None:
            call.make()
            del call


_helper: _Helper | None = None


def interruptible(function: Callable[[], T]) -> T:
    """Call `function`, which has to end by itself; Ctrl-C ends the wait for it at once."""
    global _helper  # noqa: PLW0603 - there is one main thread
    if threading.current_thread() is not threading.main_thread():
        return function()
    helper = _helper or _Helper()
    _helper = None  # until its call is over: a signal handler may make another call meanwhile
    try:
        found = helper.made(function)
    except BaseException:
        helper.end()
        raise
    _helper = helper
    return found
