"""What an engine holds; in memory."""

from dataclasses import dataclass, field

from redenlab.sandbox.engine.jobs import ServedJob
from redenlab.sandbox.engine.uploads import Upload


@dataclass(frozen=True, slots=True)
class Store:
    """Jobs and uploads, in the order in which they were made."""

    jobs: list[ServedJob] = field(default_factory=list[ServedJob])
    uploads: list[Upload] = field(default_factory=list[Upload])
