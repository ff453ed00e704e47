"""The messages of a realtime session, without I/O: frames to typed messages and back.

The messages themselves, and what the codes of errors and of the end mean, are generated from
``openapi/dalston-realtime.yaml``.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from redenlab.core import errors
from redenlab.core.live.socket import ABNORMAL, Closed, Frame
from redenlab.core.text import Redact, sanitize
from redenlab.core.transport import gate
from redenlab.core.transport.outcomes import failed, outcome
from redenlab.dalston.enums import RealtimeMessageType
from redenlab.lowlevel.errors import DecodeError, SchemaError
from redenlab.lowlevel.records import Record
from redenlab.lowlevel.types import RawResponse
from redenlab_api.dalston.realtime import (
    CLOSE_CODES,
    ERROR_CODES,
    PARAMETERS,
    RECEIVED,
    SECONDS,
    RealtimeError,
    SessionBegin,
    SessionEnd,
    SessionTerminated,
    TranscriptFinal,
)


@dataclass(frozen=True, slots=True)
class RealtimeMessage:
    """A message of the server.

    Attributes:
        type: Of the message; one that is newer than this package is no error.
        data: The message, typed where its type is known.
    """

    type: RealtimeMessageType
    data: Any


class RealtimeCodec:
    """The messages of one connection.

    Attributes:
        begin: The first message; ``None`` before it came.
        end: The last message; ``None`` before it came.
        confirmed: Seconds of the audio of the session that finals cover.
    """

    def __init__(self, offset: float = 0.0, redact: Redact | None = None) -> None:
        """Begin with audio that is `offset` seconds after the beginning of the session."""
        self.begin: SessionBegin | None = None
        self.end: SessionEnd | None = None
        self.confirmed: float = offset
        self._offset = offset
        self._redact = redact
        self._refusal: errors.RedenLabError | None = None

    @property
    def begun(self) -> bool:
        """Whether the server takes audio."""
        return self.begin is not None

    @property
    def done(self) -> bool:
        """Whether the last message has come."""
        return self.end is not None

    def read(self, frame: Frame) -> RealtimeMessage:
        """The message in a frame, with times from the beginning of the session.

        Raises:
            UnexpectedResponse: It is no message.
            DalstonError: It refuses the session.
        """
        content = _json(frame)
        kind = RealtimeMessageType(content["type"])
        data = _typed(kind, _shifted(content, self._offset))
        match data:
            case SessionBegin():
                self.begin = data
            case SessionEnd():
                self.end = data
            case TranscriptFinal():
                self.confirmed = max(self.confirmed, data.end or 0.0)
            case RealtimeError() if not data.recoverable:
                self._refusal = self._refused(data)
                if not self.begun:
                    raise self._refusal
            case SessionTerminated():
                self._refusal = self._terminated(data)
            case _:
                pass
        return RealtimeMessage(kind, data)

    def closed(self, closed: Closed) -> errors.RedenLabError | None:
        """What the end of the connection means; ``None`` after `end`, whatever the code is."""
        if self.done:
            return None
        status = CLOSE_CODES.get(closed.code)
        if closed.problem is not None:
            return closed.problem
        if self._refusal is not None:
            return self._refusal
        if status is not None:
            return self._error(status, closed.reason, str(closed.code))
        reason = f"closed with {closed.code}"
        if closed.code == ABNORMAL:
            reason = "it ended without session.end"
        return failed("lost", "the service", reason)

    def _refused(self, message: RealtimeError) -> errors.RedenLabError:
        status = ERROR_CODES.get(message.code) or 500
        return self._error(status, message.message or message.code, message.code)

    def _terminated(self, message: SessionTerminated) -> errors.RedenLabError:
        """Why the server ended the session; an error that came before says more."""
        reason = message.reason or "terminated"
        error = self._refusal or self._error(ERROR_CODES.get(reason) or 503, reason, reason)
        error.retryable = bool(message.recoverable)
        wait: Any = (message.recovery_hint or {}).get("retry_after_ms")
        error.retry_after = wait / 1000 if isinstance(wait, int | float) else None
        return error

    def _error(self, status: int, text: str, code: str) -> errors.RedenLabError:
        """The error for a session that was ended as if a request had had this status."""
        meaning = outcome(status)
        said = f": {sanitize(text, self._redact)}" if text else ""
        return meaning.error(
            f"the service ended the session{said}",
            status=status,
            code=sanitize(code, self._redact),
            retryable=meaning.retryable,
        )


def control(message: Record) -> str:
    """A message of the client as a text frame; what is ``None`` is left out."""
    return json.dumps({name: value for name, value in message.items() if value is not None})


def parameters(given: Mapping[str, Any]) -> dict[str, str]:
    """The query of the handshake; ``None`` is left out.

    Raises:
        InputError: A value is not as `PARAMETERS` says.
    """
    found: dict[str, str] = {}
    for name, value in given.items():
        if value is None:
            continue
        says = PARAMETERS[name]
        problem = _problem(value, says)
        if problem is not None:
            raise errors.InputError(f"{name} {problem}")
        found[name] = _text(value, says)
    return found


def _text(value: Any, says: Mapping[str, Any]) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int):
        return str(value)
    items = list(cast("Sequence[str]", value))
    return says["x-separator"].join(items) if "x-separator" in says else json.dumps(items)


def _problem(value: Any, says: Mapping[str, Any]) -> str | None:
    """What is wrong with the value of a parameter; ``None`` for nothing."""
    if "enum" in says and value not in says["enum"]:
        return f"is {value!r}; it has to be one of {', '.join(says['enum'])}"
    if "maximum" in says and not says["minimum"] <= value <= says["maximum"]:
        return f"is {value}; it has to be {says['minimum']} to {says['maximum']}"
    if "maxItems" in says and len(value) > says["maxItems"]:
        return f"has {len(value)} entries; {says['maxItems']} are allowed"
    if "maxLength" in says and max(map(len, value), default=0) > says["maxLength"]:
        return f"has an entry of more than {says['maxLength']} characters"
    return None


def _json(frame: Frame) -> dict[str, Any]:
    """The JSON object in a frame, which has a ``type``."""
    content = frame.encode(errors="replace") if isinstance(frame, str) else b""
    response = RawResponse(101, {}, content)
    if isinstance(frame, bytes):
        raise errors.UnexpectedResponse("the service sent a binary frame, where it sends texts")
    found = gate.json_object(response)
    if not isinstance(found.get("type"), str):
        raise gate.unexpected(response, SchemaError("a string", "nothing", "/type"))
    return found


def _typed(kind: str, content: dict[str, Any]) -> Any:
    """A message as the record of its type; as it is where the type is not known."""
    cls = RECEIVED.get(kind)
    if cls is None:
        return content
    if cls is SessionBegin:  # its details stand in `config`, and stood beside it
        content = {**(content.get("config") or {}), **content}
    try:
        return cls.from_dict(content)
    except DecodeError as error:
        raise gate.unexpected(RawResponse(101, {}, json.dumps(content).encode()), error) from None


def _shifted(value: Any, offset: float) -> Any:
    """JSON with its times moved by an offset."""
    if not offset:
        return value
    match value:
        case dict():
            pairs = cast("dict[str, Any]", value).items()
            return {key: _moved(key, inner, offset) for key, inner in pairs}
        case list():
            items = cast("Sequence[Any]", value)
            return [_shifted(inner, offset) for inner in items]
        case _:
            return value


def _moved(key: str, value: Any, offset: float) -> Any:
    is_time = key in SECONDS and isinstance(value, int | float)
    return round(value + offset, 3) if is_time else _shifted(value, offset)
