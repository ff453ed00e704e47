"""What the engine of a run and its work tell each other: tasks, and reports about them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from redenlab.core.events import Event
from redenlab.core.jobs.handle import JobClient
from redenlab.core.jobs.submission import JobRequest
from redenlab.core.runs.ledger import Entry, State
from redenlab.core.runs.outcomes import Outcome
from redenlab.core.runs.sources import Item


class RunClient(JobClient, Protocol):
    """What a run needs of a client; see `redenlab.core.clients.job_clients.JobMethods`."""

    def run_request(self, model_name: str | None, parameters: Mapping[str, Any]) -> JobRequest:
        """A submit without its recording."""
        ...


@dataclass(slots=True, eq=False)
class Task:
    """An item while it is worked on.

    Attributes:
        item: What it is about.
        key: Empty until its content was read.
        tries: How often it was begun in this process.
        refusals: How often there was no room for its job.
        begun: Monotonic seconds.
        beginning: Whether it may still upload and submit.
        in_flight: Whether it has a job that runs.
        bytes: Those of its upload: sent, and all.
        entry: What the ledger has of it; ``None`` until its content was read.
    """

    item: Item
    key: str = ""
    tries: int = 0
    refusals: int = 0
    begun: float = 0.0
    beginning: bool = True
    in_flight: bool = False
    bytes: tuple[int, int] = (0, 0)
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """A task has a job, and needs no more room for an upload."""

    task: Task


@dataclass(frozen=True, slots=True)
class Again:
    """A task has to be begun again in `wait` seconds; if `refused`, once there is room."""

    task: Task
    wait: float
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """A task is done; ``None`` if the item is one that is worked on already."""

    task: Task
    outcome: Outcome | None
    also: tuple[Task, ...] = ()


@dataclass(frozen=True, slots=True)
class Broken:
    """The run cannot go on."""

    task: Task
    error: Exception


Report = Begun | Again | Ended | Broken


@dataclass(frozen=True)
class Plan:
    """What every item of a run has in common.

    Attributes:
        model: Its name; ``None`` where the job has no models.
        parameters: Of every job.
        into: Dotted place among the parameters for the source, where a job takes no recording.
        timeout: Seconds for one attempt of one item; ``None`` takes the client's.
        attempts: How often an item is begun in one run, if its failures may pass.
        retry: States of an earlier end from which items are begun again.
        begin: Whether items are begun that have not ended; if not, they have no outcome.
        on_event: Called with the item and each event of its job.
    """

    model: str | None
    parameters: Mapping[str, Any]
    into: str | None = None
    timeout: float | None = None
    attempts: int = 4
    retry: frozenset[State] = frozenset()
    begin: bool = True
    on_event: Callable[[Item, Event], Any] | None = None
