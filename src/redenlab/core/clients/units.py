"""Runs over an executor: a part of the items in each worker, where the client is made anew.

Any `concurrent.futures.Executor` will do, that of Dask included. What travels is where the spec
is, the settings that were given as arguments, and the items; the key does not: each worker reads it
from its own environment or file. A part has a ledger of its own beside that of the run, which it is
merged into when it ends.
"""

import contextlib
import dataclasses
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, cast

from redenlab.core.auth.settings import ARGUMENT, SECRETS, Settings
from redenlab.core.errors import ConfigurationError
from redenlab.core.runs.ledger import Ledger
from redenlab.core.runs.outcomes import Outcome
from redenlab.core.runs.run import Order, Run
from redenlab.core.runs.shards import in_shard
from redenlab.core.runs.sources import Item, absolute

Line = tuple[int, str, dict[str, Any]]
"""Number of an item in its part, its key, and its line of results."""

TRAVEL = ("base_url", "timeout", "http_timeout")
"""Settings that workers are given, if they were given as arguments."""


@dataclass(frozen=True)
class Recipe:
    """What a worker makes its client of; no secret is part of it.

    Attributes:
        spec: Name of a generated package, or path of a spec.
        job: Which job.
        arguments: Of the client.
    """

    spec: str
    job: str
    arguments: Mapping[str, Any]

    @classmethod
    def of(cls, client: Any) -> "Recipe":
        """The recipe of a client.

        Raises:
            ConfigurationError: Its key was given as an argument, which does not travel.
        """
        settings: Settings = client.settings
        for name in (*SECRETS, "token"):
            if settings.given(name):
                raise ConfigurationError(
                    f"{name} was given as an argument, and no key is sent to workers",
                    hint=f"set it where workers find it: {settings.profile.sources(name, None)}",
                )
        found = {name: settings.get(name) for name in TRAVEL}
        given = {name: s.value for name, s in found.items() if s and s.rank == ARGUMENT}
        kept = {"poll": client.poll, "retry": client.retry_rules}
        return cls(client.spec_source, client.job_name, {**given, **kept})

    def client(self) -> Any:
        """A client with the key of this machine."""
        dynamic = import_module("redenlab.core.clients.dynamic")  # which imports what imports this
        return dynamic.connect(self.spec, self.job, **self.arguments)


def work_unit(recipe: Recipe, order: Order) -> list[Line]:
    """Run one part in a worker, to its end."""
    with recipe.client() as client:
        run = Run(client, client.jobs[recipe.job], order)
        numbers = {
            id(item): number for number, item in enumerate(cast("list[Item]", order.sources))
        }
        return [(numbers[id(item)], found.key, found.line()) for item, found in run.pairs()]


class UnitsRun(Run):
    """A run whose items are worked on by an executor; an outcome comes when its part has ended."""

    def __init__(self, client: Any, job: Any, order: Order, executor: Executor, units: int) -> None:
        """Prepare; `units` is the number of parts."""
        super().__init__(client, job, order)
        if units < 1:
            raise ConfigurationError("units has to be 1 or more")
        self._executor = executor
        self._units = units
        self._recipe = Recipe.of(client)

    def pairs(self) -> Iterator[tuple[Item, Outcome]]:
        """Run, and yield each item with its outcome, part by part."""
        ledger = self._ledger()
        try:
            self._begin(ledger)
            _merge_parts(ledger)
            orders = [self._part(number, ledger) for number in range(self._units)]
            parts = {
                self._executor.submit(work_unit, self._recipe, order): order.sources
                for order in orders
                if order is not None
            }
            for future in as_completed(parts):
                for index, key, line in future.result():
                    item = cast("list[Item]", parts[future])[index]
                    yield item, self._told(item, key, line)
        except GeneratorExit:
            raise
        except BaseException as error:
            self._explain(error)
            raise
        finally:
            with contextlib.suppress(ConfigurationError):  # a part that is still worked on
                _merge_parts(ledger)
            self._close(ledger)

    def _part(self, number: int, ledger: Ledger) -> Order | None:
        """What one worker is to do; ``None`` for an empty part."""
        items = [
            _sendable(item) for item in in_shard(list(self._order.items()), (number, self._units))
        ]
        if not items:
            return None
        path = _part_path(ledger, number)
        if path is not None:
            with Ledger(path, paths=ledger.paths) as part:
                part.merge(ledger)
        most = max(1, self.max_in_flight // self._units)
        options: Any = {**self._order.options, "ledger": path, "results": None, "shard": None}
        options |= {"max_in_flight": most, "repeat": True}
        options.pop("on_event", None)
        return dataclasses.replace(self._order, sources=items, options=options)

    def _told(self, item: Item, key: str, line: Mapping[str, Any]) -> Outcome:
        self._kept.put(key, {**line, "source": item.label, "columns": dict(item.columns)})
        return self._of_line(item.label, item.columns, key, line)


def _sendable(item: Item) -> Item:
    """An item by its absolute path, with the label that it has here."""
    source = item.source
    if isinstance(source, str | os.PathLike) and "://" not in os.fsdecode(source):
        source = absolute(os.fsdecode(source))
    return dataclasses.replace(item, source=source)


def _part_path(ledger: Ledger, number: int) -> Path | None:
    return None if ledger.path is None else Path(f"{ledger.path}.part{number}")


def _merge_parts(ledger: Ledger) -> None:
    """Take over the ledgers of parts, of this run and of killed ones, and erase them."""
    if ledger.path is None:
        return
    for path in sorted(ledger.path.parent.glob(f"{ledger.path.name}.part*")):
        if path.suffix.removeprefix(".part").isdigit():
            with Ledger(path) as part:
                ledger.merge(part)
                part.forget()
