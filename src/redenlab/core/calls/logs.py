"""Records of the logger ``redenlab``: what happened, as templates and fields from an allow-list.

A text that the service, a library or a file name had a part in is never among them.

The loggers of the HTTP libraries are filtered as well: they would print whole presigned URLs and
every header.
"""

import dataclasses
import json
import logging
import os
import re
import sys
from typing import Any, Final

from redenlab.core.calls.instrumentation import Call, Ended, Started
from redenlab.core.errors import LOGGED, ConfigurationError, RedenLabError
from redenlab.core.events import Attempted, Event, Polled, PollFailed, Retrying, Uploading
from redenlab.core.text import identifier, sanitize
from redenlab.lowlevel.display import without_queries

FIELDS: Final = frozenset(
    {
        *("attempt", "operation", "status", "seconds", "wait", "pause", "elapsed"),
        *("job_id", "request_id", "failure", "size", "sent", "total"),
    }
)
"""Fields of events that are logged. Reasons and progress are not among them: they may quote the
service and the recording."""

HEADERS: Final = frozenset(
    {
        *("connection", "content-length", "content-type", "date", "host", "retry-after"),
        *("server", "transfer-encoding", "x-request-id", "x-amzn-requestid", "x-amz-request-id"),
    }
)
"""Headers whose values the logs of the HTTP libraries keep."""

VARIABLE: Final = "REDENLAB_LOG"
"""Environment variable that has logs written to standard error; read when a client is made."""

LEVELS: Final = {"debug": logging.DEBUG, "info": logging.INFO}
"""What it may be."""

LIBRARIES: Final = ("httpx", "httpcore.connection", "httpcore.http11", "httpcore.proxy")

_log = logging.getLogger("redenlab")
_log.addHandler(logging.NullHandler())  # whether anything is written is up to the program

_HEADER = re.compile(
    r"""\(b?(['"])([\w-]+)\1,[ ]b?(?:'(?:[^'\\]|\\.)*+'|"(?:[^"\\]|\\.)*+")\)""", re.VERBOSE
)
"""A header as `httpcore` logs it; a value is read once, since servers choose its length."""


_EXCEPTION = re.compile(r"(\bexception=\w+)\(.*", re.DOTALL)


def logged_fields(event: Event) -> dict[str, Any]:
    """The fields of an event that may be logged and traced."""
    names = (field.name for field in dataclasses.fields(event))
    return {name: _field(getattr(event, name)) for name in names if name in FIELDS}


def error_fields(error: BaseException) -> dict[str, Any]:
    """What may be logged and traced of an error: its class, its template, and `LOGGED`."""
    fields: dict[str, Any] = {"error": type(error).__name__}
    if isinstance(error, RedenLabError):
        fields["failure"] = error.template
        fields |= {name: _field(value) for name in LOGGED if (value := getattr(error, name))}
    return fields


def _field(value: Any) -> Any:
    """A value, on one line where it is a text: servers choose ids and statuses."""
    return identifier(value) if isinstance(value, str) else value


def _written(value: Any) -> str:
    """A value in a line; one with blanks is quoted, so that it cannot pass for more fields."""
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if " " in text or '"' in text else text


class Logging:
    """Writes calls to the logger ``redenlab``.

    Each record has ``redenlab``, a mapping of `FIELDS`, for structured handlers. Retries and
    failed polls are warnings, chunks and requests are for debugging, everything else is
    information.
    """

    def on_event(self, call: Call, event: Event) -> None:
        """Log it."""
        level = _level(event)
        enabled = _log.isEnabledFor(level)
        if isinstance(event, Started) or not (enabled or STDERR.wants(level)):
            return
        what, fields = event.kind, logged_fields(event)
        if isinstance(event, Ended):
            what, fields = ("failed", error_fields(event.error)) if event.error else ("done", {})
        name = f"{call.service}.{call.name}"
        values = "".join(
            f" {key}={_written(value)}" for key, value in fields.items() if value is not None
        )
        if enabled:
            extra = {"redenlab": {"call": name, "event": what, **fields}}
            _log.log(level, "%s %s%s", name, what, values, extra=extra)
        else:
            text = f"{name} {what}{values}"
            STDERR.handle(logging.LogRecord(_log.name, level, __file__, 0, text, None, None))


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
        cleaned = _cleaned(text)
        if cleaned != text:
            record.msg, record.args = cleaned, None
        return True


def _cleaned(text: str) -> str:
    """`text` as it may be logged; an exception of a library may quote a header or an address."""
    return without_queries(_HEADER.sub(_header, _EXCEPTION.sub(r"\1(…)", text)))


def _header(match: re.Match[str]) -> str:
    return match[0] if match[2].lower() in HEADERS else f"({match[2]}: …)"


class StderrHandler(logging.Handler):
    """Writes the records of this SDK to standard error, cleaned, where `VARIABLE` asks for it.

    The level of the logger is left to the program, so that its own handlers get what they would
    get without this one.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))

    def wants(self, level: int) -> bool:
        """Whether it writes records of a level."""
        return self in _log.handlers and level >= self.level

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record, without queries of URLs and values of headers."""
        return _cleaned(super().format(record))

    def emit(self, record: logging.LogRecord) -> None:
        """Write to what is standard error by now."""
        try:
            sys.stderr.write(f"{self.format(record)}\n")
        except Exception:  # noqa: BLE001 - a log never ends a program
            self.handleError(record)


STDERR: Final = StderrHandler()
"""Only one, which a logger takes only once."""


def log_to_stderr() -> None:
    """Write logs to standard error, if `VARIABLE` is set; calling it again changes nothing.

    Raises:
        ConfigurationError: It is none of `LEVELS`.
    """
    chosen = os.environ.get(VARIABLE)
    if chosen is None or STDERR in _log.handlers:
        return
    if chosen.lower() not in LEVELS:
        raise ConfigurationError(
            f"the environment variable {VARIABLE} is {sanitize(chosen)!r}",
            hint=f"set it to {' or '.join(LEVELS)}, or unset it",
        )
    STDERR.setLevel(LEVELS[chosen.lower()])
    _log.addHandler(STDERR)


def filter_libraries() -> None:
    """Clean the records of the HTTP libraries from now on; calling it again changes nothing."""
    for name in LIBRARIES:
        logger = logging.getLogger(name)
        if not any(isinstance(each, Redaction) for each in logger.filters):
            logger.addFilter(Redaction())
