"""What all backends of a sandbox share: the time, the state on disk, links, and orders."""

import threading
import time
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from redenlab.sandbox.faults import Faults
from redenlab.sandbox.host.canned import Canned
from redenlab.sandbox.host.journal import Journal

if TYPE_CHECKING:
    from redenlab.sandbox.host.served import Served


class Clock(threading.local):
    """The time as the sandbox tells it, in this thread.

    Attributes:
        fixed: The time that is told while a request is responded to, or made again; ``None`` else.
    """

    fixed: float | None = None

    def now(self) -> float:
        """Seconds since the epoch."""
        return time.time() if self.fixed is None else self.fixed

    @contextmanager
    def at(self, moment: float) -> Generator[None]:
        """Tell one time."""
        self.fixed = moment
        try:
            yield
        finally:
            self.fixed = None


@dataclass
class Common:
    """What all backends of a sandbox share.

    Attributes:
        origin: Of the API socket.
        storage_url: Origin of the storage.
        key: The only API key.
        secret: Signs links.
        webhook_secret: Signs webhooks.
        seed: Of values that are made up.
        names: Seed of what names something.
        processing: Least seconds that a job takes.
        link_seconds: For how long a link is valid.
        journal: The state on disk.
        faults: What goes wrong, on order.
        canned: What jobs end with, on order.
        pool: Threads that work on jobs.
        knows: Tells whether a bearer token was issued here.
        links: What the storage serves, by the first part of the path.
    """

    origin: str
    storage_url: str
    key: str = field(repr=False)
    secret: str = field(repr=False)
    webhook_secret: str = field(repr=False)
    seed: str
    names: str
    processing: float
    link_seconds: int
    journal: Journal
    faults: Faults
    canned: Canned
    pool: ThreadPoolExecutor
    knows: Callable[[str], bool]
    clock: Clock = field(default_factory=Clock)
    links: dict[str, "Link"] = field(default_factory=dict[str, "Link"])


@dataclass(frozen=True, slots=True)
class Link:
    """A URL of the storage.

    Attributes:
        served: The backend that sent it.
        method: The one that it is signed for; empty where it is not signed, so that the backend
            itself responds.
        url: The URL.
    """

    served: "Served"
    method: str
    url: str
