"""Records of the logger ``redenlab``: what happened, as fields from an allow-list.

The loggers of the HTTP libraries are filtered as well: they would print whole presigned URLs and
every header.
"""

import dataclasses
import logging
import re
from typing import Any, Final

from redenlab.core.calls.instrumentation import Call, Ended, Started
from redenlab.core.errors import RedenLabError
from redenlab.core.events import Attempted, Event, Polled, PollFailed, Retrying, Uploading
from redenlab.lowlevel.display import without_queries

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
_log.addHandler(logging.NullHandler())  # whether anything is written is up to the program

_HEADER = re.compile(r"\((b?)(['\"])([\w-]+)\2, (b?)(['\"]).*?\5\)")


def logged_fields(event: Event) -> dict[str, Any]:
    """The fields of an event that may be logged and traced."""
    names = (field.name for field in dataclasses.fields(event))
    return {name: getattr(event, name) for name in names if name in FIELDS}


class Logging:
    """Writes calls to the logger ``redenlab``.

    Each record has ``redenlab``, a mapping of `FIELDS`, for structured handlers. Retries and
    failed polls are warnings, chunks and requests are for debugging, everything else is
    information.
    """

    def on_event(self, call: Call, event: Event) -> None:
        """Log it."""
        if isinstance(event, Started) or not _log.isEnabledFor(level := _level(event)):
            return
        what, fields = event.kind, logged_fields(event)
        if isinstance(event, Ended):
            what, fields = ("failed", _error_fields(event.error)) if event.error else ("done", {})
        name = f"{call.service}.{call.name}"
        values = "".join(f" {key}={value}" for key, value in fields.items() if value is not None)
        extra = {"redenlab": {"call": name, "event": what, **fields}}
        _log.log(level, "%s %s%s", name, what, values, extra=extra)


def _error_fields(error: BaseException | None) -> dict[str, object]:
    fields: dict[str, object] = {"error": type(error).__name__}
    if isinstance(error, RedenLabError):  # its message is clean; others may quote anything
        fields["reason"] = error.message
        names = ("status", "code", "job_id", "request_id", "attempts")
        fields |= {name: value for name in names if (value := getattr(error, name))}
    return fields


def _level(event: Event) -> int:
    if isinstance(event, Retrying | PollFailed):
        return logging.WARNING
    good = isinstance(event, Ended) and event.error is None
    detail = good or isinstance(event, Uploading | Attempted | Polled)
    return logging.DEBUG if detail else logging.INFO


class Redaction(logging.Filter):
    """Removes queries of URLs and values of headers from the records of a library's logger."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record, cleaned."""
        text = record.getMessage()
        cleaned = without_queries(_HEADER.sub(_header, text))
        if cleaned != text:
            record.msg, record.args = cleaned, None
        return True


def _header(match: re.Match[str]) -> str:
    return match[0] if match[3].lower() in HEADERS else f"({match[3]}: …)"


def filter_libraries() -> None:
    """Clean the records of the HTTP libraries from now on; calling it again changes nothing."""
    for name in LIBRARIES:
        logger = logging.getLogger(name)
        if not any(isinstance(each, Redaction) for each in logger.filters):
            logger.addFilter(Redaction())
