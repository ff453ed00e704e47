"""The life of a prediction or training: a function of what it was made of, and of the time.

Nothing runs in the background for it, so it goes on across a restart. Words in a prompt make it
end as a test wants; see `MAGIC`.
"""

import base64
import hashlib
import secrets
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from redenlab.sandbox.replicate.store import Thing
from redenlab_api.replicate.jobs import PREDICT

STARTING, PROCESSING = (word for word, state in PREDICT.spec.states.items() if state == "running")
SUCCEEDED, FAILED = (
    next(word for word, state in PREDICT.spec.states.items() if state == wanted)
    for wanted in ("succeeded", "failed")
)
CANCELED, ABORTED = (word for word, state in PREDICT.spec.states.items() if state == "cancelled")

MAGIC: Mapping[str, str] = {
    "sandbox:fail": "fails",
    "sandbox:never": "goes on until it is cancelled",
    "sandbox:undocumented": "has an undocumented status, and then succeeds",
    "sandbox:drop": "streams two events at a time before the connection breaks",
}
"""Words that a prompt may have, and what becomes of the prediction."""

BOOT = 0.3
"""Share of its time that a prediction is starting."""

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"


def new_id() -> str:
    """26 characters, as the service has them."""
    return "".join(secrets.choice(LETTERS) for _ in range(26))


def stamp(seconds: float | None) -> str | None:
    """A moment, with nine fractional digits as the service sometimes writes them."""
    if seconds is None:
        return None
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S.%f}000Z"


def is_told(thing: Thing, word: str) -> bool:
    """Whether the input has one of the words of `MAGIC`."""
    return word in str(thing["input"])


def begin(thing: Thing, now: float, seconds: float, cancel_after: float | None) -> Thing:
    """Set when `thing`, made `now`, will run for `seconds` and end."""
    never = is_told(thing, "sandbox:never")
    thing |= {"created": now, "start": now + BOOT * seconds, "end": now + seconds}
    thing["end"] = None if never else thing["end"]
    thing["deadline"] = None if cancel_after is None else now + cancel_after
    thing["ending"] = FAILED if is_told(thing, "sandbox:fail") else SUCCEEDED
    return thing


def stop(thing: Thing, now: float) -> None:
    """Cancel it, unless it has ended."""
    if ended(thing, now) is None:
        thing |= {"end": now, "ending": CANCELED}


def ended(thing: Thing, now: float) -> float | None:
    """When it ended; ``None`` if it has not."""
    ends = [moment for moment in (thing["end"], thing["deadline"]) if moment is not None]
    return min(ends) if ends and min(ends) <= now else None


def status(thing: Thing, now: float) -> str:
    """The word for how it stands."""
    end = ended(thing, now)
    if end is None:
        if now < thing["start"]:
            return STARTING
        return "warming" if is_told(thing, "sandbox:undocumented") else PROCESSING
    if end != thing["end"]:
        return ABORTED if end < thing["start"] else CANCELED
    return str(thing["ending"])


def shares(thing: Thing, count: int) -> Iterator[float]:
    """When each of `count` parts of its output is there."""
    start, end = thing["start"], thing["end"] or thing["start"]
    for part in range(1, count + 1):
        yield start + (end - start) * part / (count + 1)


def data_uri(content: bytes) -> str:
    """A file within JSON."""
    return f"data:image/png;base64,{base64.b64encode(content).decode()}"


def shown(thing: Thing, now: float, base: str, output: Any) -> dict[str, Any]:
    """It as the API shows it, for a prediction and a training alike."""
    word, end, kind = status(thing, now), ended(thing, now), thing["kind"]
    good = word == SUCCEEDED
    url = f"{base}/{kind}/{thing['id']}"
    started = thing["start"] if now >= thing["start"] and word != ABORTED else None
    document = {
        "id": thing["id"],
        "model": thing["model"],
        "version": thing["version"],
        "input": thing["input"],
        "logs": "" if end is None or good else None,
        "output": output if good else None,
        "data_removed": False,
        "error": f"{thing['id']} was told to fail (E1000)" if word == FAILED else None,
        "status": word,
        "source": "api",
        "created_at": stamp(thing["created"]),
        "started_at": stamp(started),
        "completed_at": stamp(end),
        "deadline": stamp(thing["deadline"]),
        "deployment": thing.get("deployment"),
        "metrics": _metrics(thing, end, started),
        "urls": {"get": url, "cancel": f"{url}/cancel", **thing.get("urls", {})},
    }
    optional: tuple[str, ...] = ("started_at", "completed_at", "deadline", "deployment", "metrics")
    if end is None:
        optional += ("output",)
    return {k: v for k, v in document.items() if v is not None or k not in optional}


def _metrics(thing: Thing, end: float | None, started: float | None) -> dict[str, float] | None:
    if end is None:
        return None
    return {"predict_time": end - (started or end), "total_time": end - thing["created"]}


def trained(thing: Thing) -> str:
    """The id of the version that a training makes."""
    return hashlib.sha256(str(thing["id"]).encode()).hexdigest()


def trained_output(thing: Thing) -> dict[str, str]:
    """The output of a training."""
    version = f"{thing['destination']}:{trained(thing)}"
    return {"version": version, "weights": f"https://replicate.delivery/{thing['id']}/weights.tar"}
