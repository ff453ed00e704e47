"""What the sandbox was asked: its latest requests, without credentials, and counts of all."""

import re
import shlex
import threading
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from typing import Any

from redenlab.core.calls.extras import RESERVED
from redenlab.core.spec.grammar import State
from redenlab.core.text import is_secret_name, is_signed
from redenlab.lowlevel.display import without_queries

KEPT, BODY_BYTES = 5_000, 4096  # requests, and bytes of each

_SCHEME = re.compile(r"(?i)(?:bearer|basic|token) (?=.)")
_VARIABLE = re.compile(r"[\w-]+: (?:\w+ )?\$\w+", re.ASCII)
_IN_BODY = re.compile(  # a value in JSON or in a form
    r'(?i)((?:secret|password|token|assertion|api_?key)(?:("\s*:\s*")|=))'
    r'(?(2)(?:\\.|[^"\\])*|[^&\s]*)'
)


@dataclass(frozen=True, slots=True)
class JobView:
    """A job as the page shows it. Times are seconds since the epoch, ``None`` if not reached.

    `job` is its name in ``x-job``; `started`, when work on it began, is ``None`` too if not known.
    """

    id: str
    backend: str
    job: str
    model: str | None
    state: State
    status: str
    created: float
    submitted: float | None
    ended: float | None
    started: float | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """A request without its credentials, and what became of it.

    `number` counts from 1, `at` is in seconds since the epoch, and `body` has the first 4 KiB.
    `operation` is empty if nothing is at that URL, `status` is ``None`` if the connection was
    broken, and `fault` names the fault that it met. `size` is that of the response's body.
    """

    number: int
    at: float
    seconds: float
    backend: str
    operation: str
    job: str | None
    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes
    status: int | None
    fault: str
    size: int

    @property
    def name(self) -> str:
        """Backend and operation: ``ml/get_result``."""
        return f"{self.backend}/{self.operation}"

    def __str__(self) -> str:
        time = datetime.fromtimestamp(self.at, UTC).time().isoformat("milliseconds")
        return f"{time} {self.method} {self.name}: {self.status or 'connection broken'}"

    def curl(self) -> str:
        """The request as a line for a shell; credentials are variables, an upload is a file."""
        parts = ["curl -X", shlex.quote(self.method), shlex.quote(self.url)]
        for name, value in self.headers.items():
            if name.lower() not in RESERVED:
                line = f"{name}: {value}"
                is_ours = is_secret_name(name) and _VARIABLE.fullmatch(line)
                parts.append(f'-H "{line}"' if is_ours else f"-H {shlex.quote(line)}")
        body = self.body.decode(errors="surrogateescape")
        if len(self.body) >= BODY_BYTES or _printable(body) != body:
            parts.append("--data-binary @FILE")
        elif body:
            parts.append(f"--data-raw {shlex.quote(body)}")
        return _printable(" ".join(parts))


class Recorder:
    """Remembers the latest requests and counts all; may be used by any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: deque[Seen] = deque(maxlen=KEPT)
        self._counters: Counter[str] = Counter()

    def note(self, **fields: Any) -> None:
        """Remember a request, without its credentials: the fields of `Seen` except the number."""
        headers = fields["headers"].items()
        fields["headers"] = {name: _redacted_header(name, value) for name, value in headers}
        fields |= {"url": _redacted_url(fields["url"]), "body": _redacted_body(fields["body"])}
        with self._lock:
            self._counters[f"{fields['backend']}/{fields['operation']}"] += 1
            self._seen.append(Seen(self._counters.total(), **fields))

    def clear(self) -> None:
        """Forget all requests, and begin to count anew."""
        with self._lock:
            self._seen.clear()
            self._counters.clear()

    @property
    def seen(self) -> Sequence[Seen]:
        """The latest requests, the oldest first."""
        with self._lock:
            return tuple(self._seen)

    @property
    def counters(self) -> Counter[str]:
        """How many requests each operation of each backend had: ``ml/get_result``."""
        with self._lock:
            return self._counters.copy()

    def calls(self, operation: str) -> list[Seen]:
        """The remembered requests of an operation: a pattern, with or without the backend."""
        return [seen for seen in self.seen if _matches(seen.name, operation)]

    def count(self, operation: str) -> int:
        """How many requests an operation had; see `calls`."""
        return sum(n for name, n in self.counters.items() if _matches(name, operation))

    def assert_once(self, operation: str) -> None:
        """Fail with a list of what came, if an operation had no request or more than one."""
        if (count := self.count(operation)) != 1:
            came = self.calls(operation) if count else self.seen
            lines = "".join(f"\n  {seen}" for seen in came[-20:])
            raise AssertionError(f"expected one request of {operation}, not {count}; seen:{lines}")


def _matches(name: str, pattern: str) -> bool:
    return fnmatchcase(name if "/" in pattern else name.partition("/")[2], pattern)


def _redacted_url(url: str) -> str:
    return without_queries(url) if is_signed(url) else url


def _redacted_header(name: str, value: str) -> str:
    """The value; for a credential a shell variable: ``$API_KEY``, ``Bearer $AUTHORIZATION``."""
    if not is_secret_name(name):
        return _redacted_url(value)
    scheme = _SCHEME.match(value)
    variable = re.sub(r"\W", "_", name, flags=re.ASCII).upper().removeprefix("X_")
    return f"{scheme[0] if scheme else ''}${variable}"


def _redacted_body(body: bytes) -> bytes:
    text = without_queries(body[:BODY_BYTES].decode(errors="surrogateescape"))
    return _IN_BODY.sub(r"\1…", text).encode(errors="surrogateescape")


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() or c in "\n\t" else "?" for c in text)
