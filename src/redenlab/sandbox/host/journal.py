"""What was requested of the sandbox, in SQLite: a restart does it again, and everything is back.

Values that an engine makes up follow from its seed and the number of the request, so that a request
that is made again has the same response. No credential is written.
"""

import contextlib
import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from redenlab.core.spec.expressions import Headers
from redenlab.sandbox.engine.backend import INVENTED, Failure, Produced
from redenlab.sandbox.engine.messages import Blob, Received
from redenlab.sandbox.engine.scenario import Scenario

_PACE = "PRAGMA synchronous = NORMAL;"
"""What is written outlives the program; only a power cut may take the last entries."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS requests (
    number INTEGER PRIMARY KEY, at REAL NOT NULL, backend TEXT NOT NULL, request TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS outcomes (
    backend TEXT NOT NULL, job TEXT NOT NULL, at REAL NOT NULL, outcome TEXT NOT NULL,
    PRIMARY KEY (backend, job)
);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A request that changed something.

    Attributes:
        at: When, in seconds since the epoch.
        backend: Whose.
        request: Without its credential.
        by_token: Whether that was a bearer token.
        scenario: What happens to the job that it made; ``None`` where it made none.
    """

    at: float
    backend: str
    request: Received
    by_token: bool
    scenario: Scenario | None


class Journal:
    """The file of one sandbox; used by several threads."""

    def __init__(self, path: Path) -> None:
        """Open it, or make it."""
        path.touch(mode=0o600)  # only their owner may read results
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.executescript(f"PRAGMA journal_mode = WAL; {_PACE} {_SCHEMA}")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def note(self, entry: Entry, hidden: frozenset[str]) -> None:
        """Write an entry; `hidden` are the headers that carry credentials."""
        request = entry.request
        headers = {name: text for name, text in request.headers.items() if name not in hidden}
        document = {
            "method": request.method,
            "url": request.url,
            "headers": headers,
            "content": request.content,
            "form": request.form,
            "by_token": entry.by_token,
            "scenario": entry.scenario and asdict(entry.scenario),
        }
        self._run(
            "INSERT INTO requests (at, backend, request) VALUES (?, ?, ?)",
            (entry.at, entry.backend, _text(document)),
        )

    def entries(self) -> Iterator[Entry]:
        """Every entry, in order."""
        rows = self._run("SELECT at, backend, request FROM requests ORDER BY number", ())
        for at, backend, text in rows:
            found = json.loads(text, object_hook=_unmarked)
            headers = Headers(found["headers"])
            parts = (found["content"], found["form"])
            request = Received(found["method"], found["url"], headers, *parts)
            scenario = found["scenario"] and Scenario(**found["scenario"])
            yield Entry(at, backend, request, found["by_token"], scenario)

    def settle(self, backend: str, job: str, at: float, outcome: Any) -> None:
        """Write the outcome of a job."""
        self._run(
            "INSERT OR REPLACE INTO outcomes VALUES (?, ?, ?, ?)",
            (backend, job, at, _text(outcome)),
        )

    def outcomes(self) -> Mapping[tuple[str, str], tuple[float, Any]]:
        """The outcomes, with their times, by backend and job."""
        rows = self._run("SELECT backend, job, at, outcome FROM outcomes", ())
        return {
            (backend, job): (at, json.loads(text, object_hook=_unmarked))
            for backend, job, at, text in rows
        }

    def _run(self, statement: str, values: tuple[Any, ...]) -> list[Any]:
        with self._lock, contextlib.closing(self._connection.execute(statement, values)) as found:
            return found.fetchall()


def _text(value: Any) -> str:
    return json.dumps(value, default=_marked)


def _marked(value: Any) -> Any:
    """An object with the key ``$`` for what JSON does not have."""
    match value:
        case bytes():
            return {"$": "bytes", "hex": value.hex()}
        case Blob():
            return {"$": "blob", **asdict(value), "path": str(value.path)}
        case Produced():
            return {"$": "file", **vars(value), "content": value.content.hex()}
        case Failure():
            return {"$": "failure", "text": str(value)}
        case _:
            return {"$": "invented"}


def _unmarked(found: dict[str, Any]) -> Any:
    facts = {key: value for key, value in found.items() if key != "$"}
    match found.get("$"):
        case "bytes":
            return bytes.fromhex(facts["hex"])
        case "blob":
            return Blob(Path(facts.pop("path")), **facts)
        case "file":
            return Produced(bytes.fromhex(facts.pop("content")), **facts)
        case "failure":
            return Failure(facts["text"])
        case _:
            return INVENTED if found == {"$": "invented"} else found
