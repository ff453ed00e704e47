"""Decides what a run does next: a workflow that starts the work of items, and yields outcomes.

All decisions are made here, one after another, from what the work reports; so there is nothing to
lock. At most `UPLOADS` items upload or submit at a time, and at most a window of jobs is in flight.
"""

import heapq
import itertools
from collections.abc import AsyncGenerator, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from redenlab.core.runs.crews import Crew
from redenlab.core.runs.outcomes import Outcome
from redenlab.core.runs.sources import Item
from redenlab.core.runs.tasks import Again, Begun, Broken, Report, Task
from redenlab.core.runs.window import GROW, Window
from redenlab.core.runs.work import Worker
from redenlab.core.transport.io import Io

UPLOADS: Final = 4
"""Maximum number of items that upload or submit at the same time."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    Attributes:
        total: Number of items; ``None`` while the sources are not read to their end.
        ended: Items that have an outcome, earlier ones included.
        earlier: Of those, how many had one before this run.
        failed: Of those that ended, how many have an error.
        running: Jobs in flight.
        beginning: Items that upload or submit.
        sent: Bytes sent of the uploads under way.
        size: Bytes of the uploads under way.
        window: How many jobs may be in flight.
        seconds: Since the run began.
    """

    total: int | None
    ended: int = 0
    earlier: int = 0
    failed: int = 0
    running: int = 0
    beginning: int = 0
    sent: int = 0
    size: int = 0
    window: int = 0
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Items that ended a second, since this run began."""
        return (self.ended - self.earlier) / self.seconds if self.seconds > 0 else 0.0

    @property
    def left(self) -> float | None:
        """Seconds to the end at this rate; ``None`` as long as that cannot be told."""
        if self.total is None or self.rate <= 0:
            return None
        return (self.total - self.ended) / self.rate


class Engine:
    """One run from its first item to its last."""

    def __init__(
        self, io: Io, crew: Crew, worker: Worker, items: Iterable[Item], most: int
    ) -> None:
        self._io = io
        self._crew = crew
        self._worker = worker
        self._items: Iterator[Item] = iter(items)
        self._total = len(items) if isinstance(items, list) else None
        self._read = 0
        self._exhausted = False
        self._window = Window(most)
        self._later: list[tuple[float, int, Task]] = []
        self._numbers = itertools.count()
        self._active: set[Task] = set()
        self._counts = Progress(None)
        self._begun = io.now()

    @property
    def progress(self) -> Progress:
        """How far it is."""
        beginning = [task for task in tuple(self._active) if task.beginning]
        return replace(
            self._counts,
            total=self._read if self._exhausted else self._total,
            running=sum(task.in_flight for task in tuple(self._active)),
            beginning=len(beginning),
            sent=sum(task.bytes[0] for task in beginning),
            size=sum(task.bytes[1] for task in beginning),
            window=self._window.size(self._io.now()),
            seconds=self._io.now() - self._begun,
        )

    async def outcomes(self) -> AsyncGenerator[tuple[Item, Outcome], None]:
        """Each item with its outcome, as it ends."""
        while True:
            await self._fill()
            if not self._active and not self._later:
                return
            report: Report | None = await self._crew.next(self._pause())
            if report is None:
                continue
            for item, outcome in self._noted(report):
                self._count(outcome)
                yield item, outcome

    def _noted(self, report: Report) -> list[tuple[Item, Outcome]]:
        task = report.task
        if isinstance(report, Begun):
            self._window.accepted()
            return []
        running = sum(each.in_flight for each in self._active if each is not task)
        self._active.discard(task)
        task.in_flight, task.bytes = False, (0, 0)
        if isinstance(report, Broken):
            raise report.error
        if isinstance(report, Again):
            self._put_off(report, running)
        elif report.outcome is not None:
            same = [(each.item, _same(report.outcome, each.item)) for each in report.also]
            return [(task.item, report.outcome), *same]
        return []

    def _put_off(self, report: Again, running: int) -> None:
        """Begin a task again later."""
        wait, now = report.wait, self._io.now()
        if report.refused:
            wait = max(wait, self._window.refused(running, now))
        heapq.heappush(self._later, (now + wait, next(self._numbers), report.task))

    def _count(self, outcome: Outcome) -> None:
        counts = self._counts
        self._counts = replace(
            counts,
            ended=counts.ended + 1,
            earlier=counts.earlier + outcome.earlier,
            failed=counts.failed + (not outcome.ok),
        )

    async def _fill(self) -> None:
        """Start as much as there is room for."""
        while self._room():
            task = await self._next()
            if task is None:
                return
            task.beginning = True
            self._active.add(task)
            self._crew.start(self._worker.work(task))

    def _room(self) -> bool:
        if len(self._active) >= self._window.size(self._io.now()):
            return False
        return sum(task.beginning for task in self._active) < UPLOADS

    async def _next(self) -> Task | None:
        if self._later and self._later[0][0] <= self._io.now():
            return heapq.heappop(self._later)[2]
        if self._exhausted:
            return None
        if self._total is None:  # an iterable of the caller, which may block
            item = await self._io.run_in_thread(next, self._items, None)
        else:
            item = next(self._items, None)
        if item is None:
            self._exhausted = True
            return None
        self._read += 1
        return Task(item)

    def _pause(self) -> float | None:
        """Seconds until there may be something to begin, whatever is reported."""
        if self._active and not self._room():
            grows = self._window.size(self._io.now()) < self._window.most
            return GROW if grows else None
        return max(self._later[0][0] - self._io.now(), 0.0) if self._later else None


def _same(outcome: Outcome, item: Item) -> Outcome:
    """The outcome of another item with the same content, model and parameters."""
    return replace(outcome, source=item.label, columns=item.columns)
