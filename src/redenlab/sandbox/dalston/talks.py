"""What the sandbox says in a realtime session: what it hears, at once."""

import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from redenlab.dalston.enums import RealtimeSessionStatus as Status
from redenlab.lowlevel.records import Record, Records
from redenlab.sandbox.audio import samples
from redenlab.sandbox.audio.hearing import Began, Hearing, Utterance
from redenlab.sandbox.audio.words import LEXICON
from redenlab.sandbox.dalston.sessions import Sessions, previous
from redenlab.sandbox.engine.messages import Refused, mapping
from redenlab.sandbox.engine.talk import Close, Said, Talk
from redenlab_api.dalston.realtime import (
    CLOSE_CODES,
    ERROR_CODES,
    PARAMETERS,
    LagWarning,
    RealtimeError,
    RealtimeSegment,
    SessionBegin,
    SessionConfig,
    SessionEnd,
    SessionTerminated,
    TranscriptFinal,
    TranscriptPartial,
    VADEvent,
)

WARNS, ENDS, ENDURES = 3.0, 5.0, 2.0
"""Seconds of lag that are warned of, that end a session, and for how long they have to last."""

PARTIAL = 0.5
"""Seconds of speech between two partials."""

WORD = 0.4
"""Seconds of speech for a word of a partial."""

BLOCK = 5.0
"""Seconds after which audio is cut where speech is not looked for."""

REFUSALS: Final = {400: "invalid_parameters", 429: "rate_limit_exceeded", 503: "no_capacity"}
"""The codes of errors that stand for an HTTP status."""


class Unsaid(Exception):
    """The connection drops without a word."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a session was asked to do.

    Attributes:
        query: As it was sent.
    """

    query: Mapping[str, str]

    def text(self, name: str) -> str:
        """A parameter, or its default."""
        return self.query.get(name, str(PARAMETERS[name].get("default", "")))

    def is_on(self, name: str) -> bool:
        """Whether a switch is on."""
        return self.text(name).lower() in {"true", "1"}

    def number(self, name: str) -> int | None:
        """A parameter as a number; ``None`` where there is none.

        Raises:
            ValueError: It is no number.
        """
        found = self.text(name)
        return int(found) if found else None

    def problem(self) -> str | None:
        """The code of the error of parameters that are refused; ``None`` for none."""
        if not re.fullmatch(r"auto|[a-z]{2}(-[A-Z]{2})?", self.text("language")):
            return "language_not_supported"
        try:
            retention = self.number("retention")
            vocabulary = json.loads(self.text("vocabulary") or "[]")
        except ValueError:
            return REFUSALS[400]
        says = PARAMETERS["vocabulary"]
        good = (
            len(vocabulary) <= says["maxItems"]
            and all(len(word) <= says["maxLength"] for word in vocabulary)
            and -1 <= (retention or 0) <= PARAMETERS["retention"]["maximum"]
            and not (
                self.is_on("redact_pii_audio")
                and (retention == 0 or not self.is_on("pii_detection"))
            )
        )
        return None if good else REFUSALS[400]


class Refusal:
    """A connection that is accepted, told an error, and closed."""

    def __init__(self, code: str) -> None:
        self._code = code

    def begin(self) -> Iterator[Said]:
        """The error, in the form of the gateway, and the end."""
        yield _text(RealtimeError(code=self._code, message=self._code.replace("_", " ")))
        status = ERROR_CODES[self._code]
        yield Close(max(code for code, each in CLOSE_CODES.items() if each == status))

    def hear(self, frame: str | bytes) -> Iterator[Said]:
        """Nothing."""
        del frame
        yield from ()

    def lost(self) -> None:
        """Nothing."""


class Silence(Refusal):
    """A connection that is accepted, and drops."""

    def __init__(self) -> None:
        super().__init__("")

    def begin(self) -> Iterator[Said]:
        """The end."""
        yield Close()


@dataclass
class SessionTalk:
    """A realtime session.

    Attributes:
        asked: What it was asked to do.
        sessions: Where it is stored.
        now: Tells the time.
        speed: How many times faster than in real time audio is dealt with.
        segments: Its finals.
    """

    asked: Asked
    sessions: Sessions
    now: Callable[[], float]
    speed: float
    segments: Records[RealtimeSegment] = field(default_factory=Records[RealtimeSegment])

    def __post_init__(self) -> None:
        """Begin to hear."""
        kept = self.asked.number("retention")
        self._name, self._record = self.sessions.add(
            {
                **{name: self.asked.text(name) for name in ("language", "model", "encoding")},
                "sample_rate": self.asked.number("sample_rate"),
                "retention": 30 if kept is None else kept,
                "previous_session_id": previous(self.asked.text("resume_session_id")),
            }
        )
        self._encoding = self.asked.text("encoding")
        self._rate = self.asked.number("sample_rate") or 0
        self._hearing = Hearing(self._rate)
        self._has_vad = self.asked.is_on("enable_vad")
        self._raw = b""
        self._begun = self.now()
        self._told = self._warned = self._spoken = 0.0
        self._late: float | None = None
        if not self._has_vad:
            self._hearing.began, self._hearing.silence = 0.0, math.inf

    def begin(self) -> Iterator[Said]:
        """The first message."""
        config = SessionConfig(
            sample_rate=self._rate,
            encoding=self._encoding,
            channels=1,
            language=self.asked.text("language"),
            model=self.asked.text("model") or None,
        )
        yield _text(SessionBegin(session_id=self._name, config=config))

    def hear(self, frame: str | bytes) -> Iterator[Said]:
        """What is said to audio, or to a message."""
        if isinstance(frame, bytes):
            yield from self._audio(frame)
            return
        try:
            message = mapping(json.loads(frame))
        except ValueError:
            message = mapping(None)
        match message.get("type"):
            case "flush":
                yield from self._utterances(self._hearing.end())
                self._restart()
            case "clear":
                self._hearing.forget()
                self._restart()
            case "config":
                self._configure(message)
            case "end":
                yield from self._utterances(self._hearing.end())
                yield _text(self._summary())
                self._store(Status.COMPLETED)
                yield Close()
            case _:
                text = "the message is of no known type"
                yield _text(RealtimeError(code="invalid_message", message=text, recoverable=True))

    def lost(self) -> None:
        """Conclude what was heard without telling of it."""
        list(self._utterances(self._hearing.end()))
        self._store(Status.COMPLETED)

    def _configure(self, message: Mapping[str, Any]) -> None:
        hearing = self._hearing
        if "vad_threshold" in message:
            hearing.threshold = -60 + 30 * message["vad_threshold"]
        hearing.silence = message.get("min_silence_duration_ms", hearing.silence * 1000) / 1000
        hearing.padding = message.get("prefix_padding_ms", hearing.padding * 1000) / 1000

    def _restart(self) -> None:
        if not self._has_vad:
            self._hearing.began = self._hearing.now

    # -- audio

    def _audio(self, frame: bytes) -> Iterator[Said]:
        raw = self._raw + frame
        width = samples.WIDTHS[self._encoding]
        whole = len(raw) // width * width
        self._raw = raw[whole:]
        heard = samples.decoded(raw[:whole], self._encoding)
        yield from self._utterances(self._hearing.hear(heard))
        yield from self._partial()
        yield from self._lag()

    def _utterances(self, events: Iterator[Began | Utterance]) -> Iterator[Said]:
        for event in events:
            if isinstance(event, Utterance):
                yield from self._final(event)
            elif self._has_vad:
                yield _text(VADEvent(type="vad.speech_start", timestamp=event.at))

    def _final(self, heard: Utterance) -> Iterator[Said]:
        self._told = 0.0
        self._spoken += heard.end - heard.start
        if self._has_vad:
            yield _text(VADEvent(type="vad.speech_end", timestamp=heard.end))
        self.segments.append(RealtimeSegment(text=heard.text, start=heard.start, end=heard.end))
        final = TranscriptFinal(
            text=heard.text, start=heard.start, end=heard.end, confidence=0.5
        ).to_dict()
        if self.asked.is_on("word_timestamps"):
            final["words"] = [
                {"word": word, "start": start, "end": end, "confidence": 0.5}
                for word, start, end in heard.words
            ]
        yield json.dumps(final)

    def _partial(self) -> Iterator[Said]:
        hearing = self._hearing
        spoken = 0.0 if hearing.began is None else hearing.now - hearing.began
        if not self._has_vad and spoken >= BLOCK:
            yield from self._utterances(hearing.end())
            self._restart()
        elif self.asked.is_on("interim_results") and spoken - self._told >= PARTIAL:
            self._told = spoken
            count = max(round(spoken / WORD), 1)
            text = " ".join(LEXICON[number % len(LEXICON)] for number in range(count))
            yield _text(TranscriptPartial(text=text, start=hearing.began, end=hearing.now))

    def _lag(self) -> Iterator[Said]:
        now = self.now()
        lag = self._hearing.now - (now - self._begun) * self.speed
        if lag <= WARNS:
            self._late = None
            return
        if now - self._warned >= 1:
            self._warned = now
            yield _text(
                LagWarning(
                    code="processing_lag",
                    message="the audio comes faster than it is dealt with",
                    lag_seconds=round(lag, 3),
                    warning_threshold_seconds=WARNS,
                    hard_threshold_seconds=ENDS,
                )
            )
        self._late = now if self._late is None and lag > ENDS else self._late
        if lag > ENDS and self._late is not None and now - self._late >= ENDURES:
            yield from self._terminated("lag_exceeded")

    def _terminated(self, reason: str) -> Iterator[Said]:
        yield _text(RealtimeError(code=reason, message=reason, recoverable=False))
        offset = (self.segments[-1].end or 0.0) * 1000 if self.segments else 0.0
        yield _text(
            SessionTerminated(
                session_id=self._name,
                reason=reason,
                recoverable=True,
                last_transcript_offset_ms=offset,
                recovery_hint={"action": "reconnect", "retry_after_ms": 0},
            )
        )
        self._store(Status.ERROR, reason)
        yield Close()

    # -- the end

    def _summary(self) -> SessionEnd:
        return SessionEnd(
            session_id=self._name,
            total_audio_seconds=self._hearing.now,
            total_speech_duration=round(self._spoken, 3),
            transcript=" ".join(each.text for each in self.segments),
            segments=self.segments,
        )

    def _store(self, status: Status, error: str | None = None) -> None:
        """Show the end in the REST routes, once."""
        if self._record["ended_at"] is not None:
            return
        text = " ".join(each.text for each in self.segments)
        about = {
            "status": status,
            "error": error,
            "audio_duration_seconds": self._hearing.now,
            "segment_count": len(self.segments),
            "word_count": len(text.split()),
        }
        stored = {"text": text, "segments": [each.to_dict() for each in self.segments]}
        self.sessions.end(self._record, about, stored)


def _text(message: Record) -> str:
    """A message as the service sends it: without what is not known."""
    return json.dumps({name: value for name, value in message.items() if value is not None})


def opened(
    query: Mapping[str, list[str]],
    sessions: Sessions,
    status: int | None,
    now: Callable[[], float],
    speed: float,
) -> Talk:
    """What is said to a handshake; with a `status`, why there is no session.

    Raises:
        Refused: Nothing is.
    """
    if status is not None:
        if status not in REFUSALS:
            raise Refused(403, "refused")
        return Refusal(REFUSALS[status])
    try:
        wanted = asked(query)
    except Unsaid:
        return Silence()
    problem = wanted.problem()
    return Refusal(problem) if problem else SessionTalk(wanted, sessions, now, speed)


def asked(query: Mapping[str, list[str]]) -> Asked:
    """What a handshake asks for.

    Raises:
        Refused: A number is none.
        Unsaid: The encoding or the rate is not possible.
    """
    found = Asked({name: values[0] for name, values in query.items() if name in PARAMETERS})
    try:
        rate = found.number("sample_rate") or 0
    except ValueError:
        raise Refused(403, "sample_rate is no number") from None
    says = PARAMETERS["sample_rate"]
    possible = says["minimum"] <= rate <= says["maximum"]
    if found.text("encoding") not in samples.WIDTHS or not possible:
        raise Unsaid
    return found
