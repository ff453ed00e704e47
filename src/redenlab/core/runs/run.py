"""Runs as callers hold them: `Run` for threads, `AsyncRun` for event loops."""

import json
import os
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self, TypedDict, cast

from redenlab.core.errors import ConfigurationError, RedenLabError, SubmitUncertain, boundary
from redenlab.core.events import Event
from redenlab.core.jobs.job_type import JobRef, JobType
from redenlab.core.runs import tables
from redenlab.core.runs.crews import Crew, Tasks, Threads
from redenlab.core.runs.engine import Engine, Progress
from redenlab.core.runs.ledger import Ledger, State
from redenlab.core.runs.names import resume_command
from redenlab.core.runs.outcomes import Outcome, remembered
from redenlab.core.runs.results import Results
from redenlab.core.runs.shards import Shard, in_shard
from redenlab.core.runs.sources import Item, Sources, absolute, items
from redenlab.core.runs.tasks import Plan, RunClient
from redenlab.core.runs.work import Worker, typed_result
from redenlab.core.text import is_signed
from redenlab.core.transport.io import run as finish
from redenlab.lowlevel.encoding import plain

if TYPE_CHECKING:
    import pandas as pd  # pyright: ignore[reportMissingTypeStubs]

Only = Literal["retryable", "uncertain"]

DEFAULT_IN_FLIGHT = 40
UNITS = 8


class MapOptions(TypedDict, total=False):
    """Options of `map`.

    Attributes:
        ledger: File in which each step is noted before it is made, so that the same call, in this
            or another process, goes on where a killed one stopped. ``None`` keeps nothing.
        results: File of JSON lines for the results, readable by its owner alone; ``None`` keeps
            them for this run, and a later one fetches them from the service again.
        max_in_flight: Jobs that run at the same time, at most; 40 unless it is given. A sync
            client needs a thread for each.
        timeout: Seconds for one attempt of one item; ``None`` takes the client's.
        attempts: How often an item is begun, if its failures may pass; 4 unless it is given.
        into: Dotted place among the parameters for the file, where a job takes no recording, such
            as ``input.image``.
        paths: Whether the ledger may hold paths, arguments and texts of errors; true unless given.
        shard: Number of this machine from 0, and how many there are: each takes its part of the
            sources, the same in every run.
        repeat: Whether items that ended in an earlier run are yielded again; true unless given.
        on_event: Called with the item and each event of its job.
        executor: Works on parts of the items in its workers, where the client is made anew; of sync
            clients alone.
        units: Into how many parts, each with its share of `max_in_flight`; 8 unless it is given.
    """

    ledger: str | os.PathLike[str] | None
    results: str | os.PathLike[str] | None
    max_in_flight: int
    timeout: float | None
    attempts: int
    into: str | None
    paths: bool
    shard: Shard | None
    repeat: bool
    on_event: Callable[[Item, Event], Any] | None
    executor: Executor | None
    units: int


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for: everything that a run needs beside its client.

    Attributes:
        retry: States of an earlier end from which items are begun again.
        begin: Whether items are begun that have not ended; if not, they have no outcome.
    """

    sources: Sources
    model: str | None
    parameters: Mapping[str, Any]
    options: MapOptions
    spec_source: str
    retry: frozenset[State] = frozenset()
    begin: bool = True

    def __post_init__(self) -> None:
        if self.options.get("max_in_flight", 1) < 1 or self.options.get("attempts", 1) < 1:
            raise ConfigurationError("max_in_flight and attempts have to be 1 or more")

    def plan(self) -> Plan:
        """What every item has in common."""
        options = self.options
        return Plan(
            self.model,
            self.parameters,
            options.get("into"),
            options.get("timeout"),
            options.get("attempts", Plan.attempts),
            self.retry,
            self.begin,
            options.get("on_event"),
        )

    def items(self) -> Any:
        """The items of this machine."""
        found = items(self.sources)
        shard = self.options.get("shard")
        return found if shard is None else in_shard(found, shard)

    def settings(self, job: JobType[Any], base_url: str | None) -> dict[str, Any]:
        """What a ledger has of the run."""
        options = self.options
        kept = {"max_in_flight", "timeout", "attempts", "into", "shard", "paths"}
        results = options.get("results")
        return {
            "service": job.spec.service,
            "job": job.name,
            "model": self.model,
            "parameters": json.loads(json.dumps(plain(self.parameters), default=repr)),
            "spec": self.spec_source,
            "base_url": base_url,
            "sources": self._places() if options.get("paths", True) else None,
            "results": None if results is None else os.path.abspath(results),  # noqa: PTH100
            **{name: value for name, value in options.items() if name in kept},
        }

    def _places(self) -> list[str] | None:
        """The sources as absolute paths, globs and URLs.

        ``None`` if they are not all texts, or one is a signed URL, which is a secret.
        """
        given: Any = self.sources
        several: list[Any] = [*given] if isinstance(given, list | tuple) else [given]
        if not all(isinstance(each, str | os.PathLike) for each in several):
            return None
        texts = [os.fsdecode(each) for each in several]
        if any(is_signed(text) for text in texts):
            return None
        return [text if "://" in text else absolute(text) for text in texts]


def resumed(
    settings: Mapping[str, Any], ledger: Path, sources: Sources | None = None, **how: Any
) -> Order:
    """What was asked for by the run of a ledger.

    Args:
        settings: What the ledger has of it.
        ledger: Its path.
        sources: Where the ledger has none.
        how: `retry` and `begin` of the order, and options in place of those of the ledger.

    Raises:
        ConfigurationError: The ledger has no sources, and none are given.
    """
    found = sources or settings.get("sources")
    if not found:
        raise ConfigurationError(
            f"the ledger {ledger} has no paths of sources", hint="name them again after the run"
        )
    own = {name: how.pop(name) for name in ("retry", "begin") if name in how}
    known = {name: settings[name] for name in MapOptions.__annotations__ if name in settings}
    options = cast("MapOptions", {**known, "ledger": ledger, **how})
    model, parameters = settings.get("model"), settings.get("parameters", {})
    return Order(found, model, parameters, options, str(settings.get("spec")), **own)


class BaseRun:
    """What sync and async runs share: one pass over the sources, and the table of its outcomes."""

    def __init__(self, client: RunClient, job: JobType[Any], order: Order) -> None:
        """Prepare; nothing is read or sent before the run is iterated over."""
        self._client = client
        self._job = job
        self._order = order
        self._engine: Engine | None = None
        self._results: Results | None = None
        self._memory: Ledger | None = None
        self._seen: list[tuple[str, Mapping[str, Any], str]] = []
        self._failed: list[tuple[Item, RedenLabError]] = []
        self._over = False

    def __repr__(self) -> str:
        """How far it is."""
        progress = self.progress
        return f"{type(self).__name__}({progress.ended} of {progress.total} ended)"

    @property
    def progress(self) -> Progress:
        """How far it is, with its rate and the time left."""
        return self._engine.progress if self._engine else Progress(None)

    @property
    def resume_command(self) -> str | None:
        """The command that goes on with all that is open; ``None`` without a ledger."""
        path = self._order.options.get("ledger")
        return None if path is None else resume_command(Path(path).expanduser().absolute())

    def _opened(self, crew: Crew, ledger: Ledger) -> Engine:
        """The engine of a run that begins."""
        self._begin(ledger)
        order, client = self._order, self._client
        found = order.items()
        worker = Worker(client, self._job, order.plan(), ledger, self._kept, crew)
        io = client.call_context("map").io
        self._engine = Engine(io, crew, worker, found, self.max_in_flight)
        return self._engine

    def _begin(self, ledger: Ledger) -> None:
        """Note in the ledger what is asked for, and open the results."""
        given = getattr(self._client, "settings", None)
        base_url = self._client.base_url if given and given.given("base_url") else None
        ledger.begin(self._order.settings(self._job, base_url))
        if self._results is None:
            self._results = Results(self._order.options.get("results"))

    @property
    def max_in_flight(self) -> int:
        """Jobs that run at the same time, at most."""
        return self._order.options.get("max_in_flight", DEFAULT_IN_FLIGHT)

    @property
    def _kept(self) -> Results:
        return cast("Results", self._results)

    def _ledger(self) -> Ledger:
        path = self._order.options.get("ledger")
        if path is not None:
            return Ledger(path, paths=self._order.options.get("paths", True))
        if self._memory is None:
            self._memory = Ledger(None)
        return self._memory

    def _close(self, ledger: Ledger) -> None:
        if ledger is not self._memory:
            ledger.close()

    def _note(self, item: Item, outcome: Outcome) -> bool:
        """Keep what a table needs of an outcome; whether it is to be yielded."""
        self._seen.append((outcome.source, outcome.columns, outcome.key))
        if outcome.error is not None:
            self._failed.append((item, outcome.error))
        return self._order.options.get("repeat", True) or not outcome.earlier

    def _explain(self, error: BaseException) -> None:
        """Add what goes on, and how to resume, to an error that ends the run."""
        progress, command = self.progress, self.resume_command
        open_items = "all" if progress.total is None else progress.total - progress.ended
        told = f"{progress.running} jobs go on, {open_items} items have no outcome"
        hint = f"resume with: {command}" if command else "give ledger= to make runs resumable"
        error.add_note(f"{told}; {hint}")

    def _replayed(self) -> Iterator[Outcome]:
        """The outcomes again, from the results."""
        for label, columns, key in self._seen:
            found = self._of_line(label, columns, key, self._kept.get(key) or {})
            yield replace(found, earlier=True)

    def _of_line(
        self, label: str, columns: Mapping[str, Any], key: str, line: Mapping[str, Any]
    ) -> Outcome:
        """The outcome that a line of results is about."""
        return Outcome(
            label,
            columns,
            self._handle(line.get("job_id")),
            typed_result(self._job, self._order.model, line.get("result")),
            remembered(line["error"]) if "error" in line else None,
            line.get("attempts", 1),
            line.get("seconds", 0.0),
            key=key,
        )

    def _handle(self, job_id: str | None) -> Any:
        if not job_id:
            return None
        spec, ref = self._job.spec, JobRef(job_id, self._order.model)
        return self._client.handle(self._client, spec.service, self._job.name, ref)

    def _rows(self) -> Iterator[Mapping[str, Any]]:
        return (outcome.row() for outcome in self._replayed())

    def _again(self, only: Only | None) -> Self:
        """A run of those that failed, on the same ledger and results."""
        wanted = [item for item, error in self._failed if _wanted(error, only)]
        options: MapOptions = {**self._order.options, "repeat": False, "shard": None}
        retry: State = "uncertain" if only == "uncertain" else "failed"
        order = replace(self._order, sources=wanted, options=options, retry=frozenset({retry}))
        other = type(self)(self._client, self._job, order)
        other._memory, other._results = self._memory, self._results  # noqa: SLF001 - same class
        return other


def _wanted(error: RedenLabError, only: Only | None) -> bool:
    uncertain = isinstance(error, SubmitUncertain)
    if only == "uncertain" or uncertain:
        return uncertain and only == "uncertain"
    return only is None or error.retryable


class Run(BaseRun):
    """A run of a sync client: iterate over it for its outcomes, each as its item ends."""

    def __iter__(self) -> Iterator[Outcome]:
        """Run, or, when it is over, tell the outcomes again.

        Raises:
            AuthenticationError: The credential is refused; so it would be for every item.
            ConfigurationError: The ledger is in use, or of another run.
        """
        if self._over:
            yield from self._replayed()
            return
        for item, outcome in self.pairs():
            if self._note(item, outcome):
                yield outcome
        self._over = True

    def pairs(self) -> Iterator[tuple[Item, Outcome]]:
        """Run, and yield each item with its outcome."""
        with boundary():
            ledger = self._ledger()
        try:
            with Threads() as crew:
                outcomes = self._opened(crew, ledger).outcomes()
                while (found := finish(anext(outcomes, None))) is not None:
                    yield found
        except GeneratorExit:
            raise
        except BaseException as error:
            self._explain(error)
            raise
        finally:
            self._close(ledger)

    def finish(self) -> Self:
        """Run to the end; failures are in the outcomes."""
        if not self._over:
            for _ in self:
                pass
        return self

    def rows(self) -> Iterator[Mapping[str, Any]]:
        """A flat row for each outcome, after the end of the run; see `Outcome.row`."""
        return self.finish()._rows()  # noqa: SLF001 - of the same class

    def to_pandas(self) -> "pd.DataFrame":
        """Run to the end, and return a data frame with a row an item; needs pandas."""
        return tables.to_pandas(self.rows())

    def to_parquet(self, path: str | os.PathLike[str]) -> None:
        """Run to the end, and write a Parquet file; needs pyarrow."""
        tables.to_parquet(self.rows(), path)

    def to_csv(self, path: str | os.PathLike[str]) -> None:
        """Run to the end, and write a CSV file."""
        tables.to_csv(self.rows(), path)

    def to_jsonl(self, path: str | os.PathLike[str]) -> None:
        """Run to the end, and write a file of JSON lines."""
        tables.to_jsonl(self.rows(), path)

    def retry_failed(self, only: Only | None = None) -> "Run":
        """Another run, of the items that failed.

        Args:
            only: ``retryable`` leaves out what failed for good; ``uncertain`` takes the items of
                which it is unknown whether they have a job, which are never sent again otherwise.
        """
        return self.finish()._again(only)  # noqa: SLF001 - of the same class


class AsyncRun(BaseRun):
    """A run of an async client; its work is done within its ``async with`` block.

        async with client.map("calls/") as run:
            async for outcome in run:
                print(outcome)

    The other methods run to the end by themselves.
    """

    _within: tuple[Tasks, Ledger] | None = None

    async def __aenter__(self) -> Self:
        """Begin; raises as the first step of `Run` does."""
        with boundary():
            ledger = self._ledger()
        crew = Tasks()
        try:
            await crew.__aenter__()
            self._within = (crew, ledger)
            self._opened(crew, ledger)
        except BaseException as error:
            await self.__aexit__(type(error), error, error.__traceback__)
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop what is under way; jobs go on."""
        crew, ledger = cast("tuple[Tasks, Ledger]", self._within)
        self._within = None
        if error is not None:
            self._explain(error)
        try:
            await crew.__aexit__(kind, error, trace)
        finally:
            self._close(ledger)

    async def __aiter__(self) -> AsyncIterator[Outcome]:
        """Each outcome as its item ends; when the run is over, all of them again."""
        if self._over:
            for outcome in self._replayed():
                yield outcome
            return
        if self._within is None or self._engine is None:
            raise ConfigurationError(
                "the run has not begun", hint="write: async with client.map(...) as run:"
            )
        async for item, outcome in self._engine.outcomes():
            if self._note(item, outcome):
                yield outcome
        self._over = True

    async def finish(self) -> Self:
        """Run to the end; failures are in the outcomes."""
        if self._within is not None:
            await self._drained()
        elif not self._over:
            async with self:
                await self._drained()
        return self

    async def _drained(self) -> None:
        async for _ in self:
            pass

    async def rows(self) -> Iterator[Mapping[str, Any]]:
        """A flat row for each outcome, after the end of the run; see `Outcome.row`."""
        return (await self.finish())._rows()  # noqa: SLF001 - of the same class

    async def to_pandas(self) -> "pd.DataFrame":
        """Run to the end, and return a data frame with a row an item; needs pandas."""
        return tables.to_pandas(await self.rows())

    async def to_parquet(self, path: str | os.PathLike[str]) -> None:
        """Run to the end, and write a Parquet file; needs pyarrow."""
        tables.to_parquet(await self.rows(), path)

    async def to_csv(self, path: str | os.PathLike[str]) -> None:
        """Run to the end, and write a CSV file."""
        tables.to_csv(await self.rows(), path)

    async def to_jsonl(self, path: str | os.PathLike[str]) -> None:
        """Run to the end, and write a file of JSON lines."""
        tables.to_jsonl(await self.rows(), path)

    async def retry_failed(self, only: Only | None = None) -> "AsyncRun":
        """Another run, of the items that failed; see `Run.retry_failed`."""
        return (await self.finish())._again(only)  # noqa: SLF001 - of the same class
