"""The lifecycle of a prediction or training, as a function of its stored document and the time.

It needs no background task, so it continues across a restart. A marker in the prompt selects how
the job ends; see `MARKERS`.
"""

import base64
import hashlib
import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from redenlab.sandbox.replicate.store import Document
from redenlab_api.replicate.jobs import PREDICT

STARTING, PROCESSING = (
    status for status, state in PREDICT.spec.states.items() if state == "running"
)
SUCCEEDED, FAILED = (
    next(status for status, state in PREDICT.spec.states.items() if state == wanted)
    for wanted in ("succeeded", "failed")
)
CANCELED, ABORTED = (
    status for status, state in PREDICT.spec.states.items() if state == "cancelled"
)

MARKERS: Mapping[str, str] = {
    "sandbox:fail": "fails",
    "sandbox:never": "goes on until it is cancelled",
    "sandbox:undocumented": "has an undocumented status, and then succeeds",
    "sandbox:drop": "streams two events at a time before the connection breaks",
}
"""Markers in a prompt, and their effect on the prediction."""

BOOT = 0.3
"""Share of its duration for which a prediction is starting."""

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def new_id() -> str:
    """A random id of 26 characters, as the service uses."""
    return "".join(secrets.choice(LETTERS) for _ in range(26))


def stamp(seconds: float | None) -> str | None:
    """A timestamp with nine fractional digits, as the service sometimes writes them."""
    if seconds is None:
        return None
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S.%f}000Z"


def has_marker(record: Document, marker: str) -> bool:
    """Whether the input contains a marker of `MARKERS`."""
    return marker in str(record["input"])


def begin(record: Document, now: float, seconds: float, cancel_after: float | None) -> Document:
    """Set the start, end and outcome of a job that is created `now` and takes `seconds`."""
    never = has_marker(record, "sandbox:never")
    record |= {"created": now, "start": now + BOOT * seconds, "end": now + seconds}
    record["end"] = None if never else record["end"]
    record["deadline"] = None if cancel_after is None else now + cancel_after
    record["ending"] = FAILED if has_marker(record, "sandbox:fail") else SUCCEEDED
    return record


def stop(record: Document, now: float) -> None:
    """Cancel a job, unless it has ended."""
    if ended(record, now) is None:
        record |= {"end": now, "ending": CANCELED}


def ended(record: Document, now: float) -> float | None:
    """When a job ended; ``None`` while it has not."""
    ends = [moment for moment in (record["end"], record["deadline"]) if moment is not None]
    return min(ends) if ends and min(ends) <= now else None


def status(record: Document, now: float) -> str:
    """The status value of a job at `now`."""
    end = ended(record, now)
    if end is None:
        if now < record["start"]:
            return STARTING
        return "warming" if has_marker(record, "sandbox:undocumented") else PROCESSING
    if end != record["end"]:
        return ABORTED if end < record["start"] else CANCELED
    return str(record["ending"])


def shares(record: Document, count: int) -> Iterator[float]:
    """The times at which each of `count` parts of the output is available."""
    start, end = record["start"], record["end"] or record["start"]
    for part in range(1, count + 1):
        yield start + (end - start) * part / (count + 1)


def data_uri(content: bytes) -> str:
    """A PNG file as a data URI."""
    return f"data:image/png;base64,{base64.b64encode(content).decode()}"


def shown(record: Document, now: float, base: str, output: Any) -> dict[str, Any]:
    """A prediction or training as the API returns it."""
    value, end, kind = status(record, now), ended(record, now), record["kind"]
    good = value == SUCCEEDED
    url = f"{base}/{kind}/{record['id']}"
    started = record["start"] if now >= record["start"] and value != ABORTED else None
    document = {
        "id": record["id"],
        "model": record["model"],
        "version": record["version"],
        "input": record["input"],
        "logs": "" if end is None or good else None,
        "output": output if good else None,
        "data_removed": False,
        "error": f"{record['id']} was told to fail (E1000)" if value == FAILED else None,
        "status": value,
        "source": "api",
        "created_at": stamp(record["created"]),
        "started_at": stamp(started),
        "completed_at": stamp(end),
        "deadline": stamp(record["deadline"]),
        "deployment": record.get("deployment"),
        "metrics": _metrics(record, end, started),
        "urls": {"get": url, "cancel": f"{url}/cancel", **record.get("urls", {})},
    }
    optional: tuple[str, ...] = ("started_at", "completed_at", "deadline", "deployment", "metrics")
    if end is None:
        optional += ("output",)
    return {k: v for k, v in document.items() if v is not None or k not in optional}


def _metrics(record: Document, end: float | None, started: float | None) -> dict[str, float] | None:
    if end is None:
        return None
    return {"predict_time": end - (started or end), "total_time": end - record["created"]}


def trained(record: Document) -> str:
    """The id of the version that a training makes."""
    return hashlib.sha256(str(record["id"]).encode()).hexdigest()


def trained_output(record: Document) -> dict[str, str]:
    """The output of a training."""
    version = f"{record['destination']}:{trained(record)}"
    return {"version": version, "weights": f"https://replicate.delivery/{record['id']}/weights.tar"}
