"""Waiting for the threads of `redenlab.core.transport.readers` without blocking an event loop."""

import math
from typing import Any

import anyio
import anyio.to_thread

from redenlab.core.transport.outcomes import failed
from redenlab.core.transport.readers import Reading, readers


async def result(reading: Reading, seconds: float = math.inf) -> Any:
    """What was read, which usually is there already: the disk is faster than the network.

    Otherwise the wait can be cancelled, since a recording may come over a network as well.
    """
    if reading.done():
        return reading.result()
    try:
        with anyio.move_on_after(max(seconds, 0)):
            return await anyio.to_thread.run_sync(reading.result, abandon_on_cancel=True)
    except BaseException:
        readers().leave(reading)
        raise
    readers().leave(reading)
    raise failed("stalled", reading.what)
