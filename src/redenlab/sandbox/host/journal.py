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
from typing import Any, cast

from redenlab.core.spec.expressions import Headers
from redenlab.sandbox.engine.backend import INVENTED, Failure, Produced
from redenlab.sandbox.engine.messages import Blob, Received
from redenlab.sandbox.engine.scenario import Scenario

_SCHEMA = """
CREATE TABLE IF NOT EXISTS requests (
    number INTEGER PRIMARY KEY, at REAL NOT NULL, backend TEXT NOT NULL, request TEXT NOT NULL,
    scenario TEXT
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
        self._connection.executescript(f"PRAGMA journal_mode = WAL; {_SCHEMA}")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def note(self, entry: Entry, hidden: frozenset[str]) -> None:
        """Write an entry; `hidden` are the headers that carry credentials."""
        request = entry.request
        headers = {name: text for name, text in request.headers.items() if name not in hidden}
        content: Any = request.content
        document = {
            "method": request.method,
            "url": request.url,
            "headers": headers,
            "content": _written(content),
            "form": None if request.form is None else _written(dict(request.form)),
            "by_token": entry.by_token,
        }
        scenario = None if entry.scenario is None else json.dumps(asdict(entry.scenario))
        self._run(
            "INSERT INTO requests (at, backend, request, scenario) VALUES (?, ?, ?, ?)",
            (entry.at, entry.backend, json.dumps(document), scenario),
        )

    def entries(self) -> Iterator[Entry]:
        """Every entry, in order."""
        for at, backend, text, scenario in self._run(
            "SELECT at, backend, request, scenario FROM requests ORDER BY number", ()
        ):
            found = json.loads(text)
            headers = Headers(found["headers"])
            form = None if found["form"] is None else _read(found["form"])
            content = _read(found["content"])
            request = Received(found["method"], found["url"], headers, content, form)
            made = None if scenario is None else Scenario(**json.loads(scenario))
            yield Entry(at, backend, request, found["by_token"], made)

    def settle(self, backend: str, job: str, at: float, outcome: Any) -> None:
        """Write the outcome of a job."""
        self._run(
            "INSERT OR REPLACE INTO outcomes VALUES (?, ?, ?, ?)",
            (backend, job, at, json.dumps(_written(outcome))),
        )

    def outcomes(self) -> Mapping[tuple[str, str], tuple[float, Any]]:
        """The outcomes, with their times, by backend and job."""
        rows = self._run("SELECT backend, job, at, outcome FROM outcomes", ())
        return {(row[0], row[1]): (row[2], _read(json.loads(row[3]))) for row in rows}

    def _run(self, statement: str, values: tuple[Any, ...]) -> list[Any]:
        with self._lock, contextlib.closing(self._connection.execute(statement, values)) as found:
            return found.fetchall()


def _written(value: Any) -> Any:
    """A value as JSON; an object with the key ``$`` stands for what is none."""
    match value:
        case bytes():
            return {"$": "bytes", "hex": value.hex()}
        case Blob():
            return {"$": "blob", **asdict(value), "path": str(value.path)}
        case Produced():
            media = value.media_type
            return {"$": "file", "name": value.name, "media": media, "hex": value.content.hex()}
        case Failure():
            return {"$": "failure", "text": str(value)}
        case dict():
            pairs = cast("Mapping[str, Any]", value).items()
            return {key: _written(inner) for key, inner in pairs}
        case list():
            return [_written(inner) for inner in cast("list[Any]", value)]
        case _:
            return {"$": "invented"} if value is INVENTED else value


def _read(value: Any) -> Any:
    match value:
        case {"$": "bytes"}:
            return bytes.fromhex(value["hex"])
        case {"$": "blob"}:
            facts = {key: inner for key, inner in value.items() if key not in {"$", "path"}}
            return Blob(Path(value["path"]), **facts)
        case {"$": "file"}:
            return Produced(bytes.fromhex(value["hex"]), value["name"], value["media"])
        case {"$": "failure"}:
            return Failure(value["text"])
        case {"$": "invented"}:
            return INVENTED
        case dict():
            pairs = cast("Mapping[str, Any]", value).items()
            return {key: _read(inner) for key, inner in pairs}
        case list():
            return [_read(inner) for inner in cast("list[Any]", value)]
        case _:
            return value
