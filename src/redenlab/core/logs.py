"""Logs of the logger ``redenlab``: what happened, as fields, and never what was in it.

A field is logged because it stands in `FIELDS`, not because nobody thought of hiding it. The
loggers of the HTTP libraries get the same treatment: they would print whole presigned URLs and
every header.
"""

import dataclasses
import logging
import re
from typing import Final

from redenlab.core.errors import RedenLabError
from redenlab.core.events import Event, PollFailed, Retrying, Uploading

FIELDS: Final = frozenset(
    {
        *("attempt", "operation", "status", "seconds", "wait", "pause", "elapsed"),
        *("job_id", "request_id", "reason", "size", "sent", "total"),
    }
)
"""Fields of events that are logged. Progress is not among them: it may quote the recording."""

HEADERS: Final = frozenset(
    {
        *("connection", "content-length", "content-type", "date", "host", "retry-after"),
        *("server", "transfer-encoding", "x-request-id", "x-amzn-requestid", "x-amz-request-id"),
    }
)
"""Headers whose values the logs of the HTTP libraries keep."""

LIBRARIES: Final = ("httpx", "httpcore.connection", "httpcore.http11", "httpcore.proxy")

_log = logging.getLogger("redenlab")
_log.addHandler(logging.NullHandler())  # whether and where anything is written is the program's

_QUERY = re.compile(r"(\w+://[^\s?'\"<>]*)\?[^\s'\"<>]*")
_HEADER = re.compile(r"\((b?)(['\"])([\w-]+)\2, (b?)(['\"]).*?\5\)")


class Logging:
    """Writes calls to the logger ``redenlab``.

    Each record has ``redenlab``, a mapping of `FIELDS`, for structured handlers. Retries and
    failed looks are warnings, pieces and requests are for debugging, everything else is
    information.
    """

    def begin(self, service: str, call: str) -> "_Scribe":
        """Follow a call."""
        return _Scribe(f"{service}.{call}")


class _Scribe:
    def __init__(self, name: str) -> None:
        self._name = name

    def note(self, event: Event) -> None:
        level = _level(event)
        if _log.isEnabledFor(level):
            names = (field.name for field in dataclasses.fields(event))
            fields = {name: getattr(event, name) for name in names if name in FIELDS}
            self._write(level, event.kind, fields)

    def end(self, error: BaseException | None) -> None:
        if error is None:
            self._write(logging.DEBUG, "done", {})
        elif isinstance(error, RedenLabError):  # its message is clean; others' may hold anything
            fields: dict[str, object] = {"error": type(error).__name__, "reason": error.message}
            names = ("status", "code", "job_id", "request_id", "attempts")
            fields |= {name: value for name in names if (value := getattr(error, name))}
            self._write(logging.INFO, "failed", fields)
        else:
            self._write(logging.INFO, "failed", {"error": type(error).__name__})

    def _write(self, level: int, what: str, fields: dict[str, object]) -> None:
        if _log.isEnabledFor(level):
            told = " ".join(f"{key}={value}" for key, value in fields.items() if value is not None)
            extra = {"redenlab": {"call": self._name, "event": what, **fields}}
            _log.log(level, "%s %s%s", self._name, what, f" {told}" if told else "", extra=extra)


def _level(event: Event) -> int:
    if isinstance(event, Retrying | PollFailed):
        return logging.WARNING
    if isinstance(event, Uploading) or event.kind in {"attempted", "polled"}:
        return logging.DEBUG
    return logging.INFO


class Redaction(logging.Filter):
    """Takes queries of URLs and values of headers out of the records of a library's logger."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record, cleaned."""
        text = record.getMessage()
        cleaned = _QUERY.sub(r"\1?…", _HEADER.sub(_header, text))
        if cleaned != text:
            record.msg, record.args = cleaned, None
        return True


def _header(match: re.Match[str]) -> str:
    return match[0] if match[3].lower() in HEADERS else f"({match[3]}: …)"


def guard_libraries() -> None:
    """Clean the records of the HTTP libraries from now on; once is enough, and twice no harm."""
    for name in LIBRARIES:
        logger = logging.getLogger(name)
        if not any(isinstance(each, Redaction) for each in logger.filters):
            logger.addFilter(Redaction())
