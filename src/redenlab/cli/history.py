"""The jobs that this command has submitted from this account, for completion and ``redenlab jobs``.

A file of mode 0600 with a line for each job: service, kind, id, model, time and resume token,
which holds no secret. No file name is kept unless the service names the job by it.
``REDENLAB_HISTORY=off`` keeps none, ``redenlab jobs --forget`` erases all.
"""

import json
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from redenlab.core.auth.private_file import write_private
from redenlab.core.errors import RedenLabError

VARIABLE = "REDENLAB_HISTORY"
MAX_JOBS = 500
"""Jobs that are kept; the oldest go first."""


@dataclass(frozen=True, slots=True)
class Past:
    """A job that was submitted.

    Attributes:
        service: The backend.
        job: The kind of job.
        at: When, in UTC.
    """

    service: str
    job: str
    job_id: str
    model: str | None
    at: str
    resume_token: str


def path() -> Path:
    """Where it is, or would be."""
    return Path.home() / ".redenlab" / "jobs.jsonl"


def add(service: str, job: str, handle: Any) -> None:
    """Keep the job of a handle; a history that cannot be written stops no job."""
    if os.environ.get(VARIABLE) == "off":
        return
    with suppress(OSError, RedenLabError):
        token = handle.resume_token
        at = datetime.now(UTC).isoformat(timespec="seconds")
        new = Past(service, job, handle.id, handle.model_name, at, token)
        jobs = [*reversed(list(past())), new]
        lines = (json.dumps(asdict(each)) for each in jobs[-MAX_JOBS:])
        write_private(path(), "".join(f"{line}\n" for line in lines))


def past(service: str | None = None) -> Iterator[Past]:
    """The jobs of one service or of all, the newest first; none where the file is unusable."""
    try:
        lines = path().read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return
    for line in reversed(lines):
        with suppress(ValueError, TypeError):
            found = Past(**json.loads(line))
            if service in {None, found.service}:
                yield found


def find(service: str, job_id: str) -> Past | None:
    """A job of a service, by its id."""
    return next((each for each in past(service) if each.job_id == job_id), None)


def forget() -> None:
    """Erase all of it."""
    path().unlink(missing_ok=True)
