"""Realtime sessions as the REST routes show them, with their transcripts."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from redenlab.dalston.enums import RealtimeSessionStatus as Status
from redenlab.sandbox.engine.messages import Refused

if TYPE_CHECKING:
    from redenlab.sandbox.engine.backend import Record
    from redenlab.sandbox.engine.service import Service

PATH = "/v1/realtime/sessions"

SUMMARY = (
    *("id", "status", "language", "model", "engine_id", "audio_duration_seconds", "retention"),
    *("segment_count", "word_count", "started_at", "ended_at"),
)
"""What lists show of a session."""

_NAME = re.compile(r"sess_[0-9a-f]{16}")


class Sessions:
    """The realtime sessions of one service.

    Attributes:
        transcripts: What is stored of those that ended, by their UUIDs.
    """

    def __init__(self, service: "Service") -> None:
        self._service = service
        self.transcripts: dict[str, Record] = {}

    @property
    def records(self) -> "list[Record]":
        """All of them, the newest first."""
        return self._service.records[PATH]

    def capacity(self, most: int) -> "Record":
        """How many there are, and may be."""
        active = sum(each["status"] == Status.ACTIVE for each in self.records)
        free = max(most - active, 0)
        return {
            "status": "ready" if free else "at_capacity",
            "total_capacity": most,
            "active_sessions": active,
            "available_capacity": free,
            "worker_count": 1,
            "ready_workers": 1,
        }

    def stamp(self) -> str:
        """Now, as sessions tell times."""
        now: str = self._service.stamp(self._service.setting.now(), {})
        return now.replace("Z", "+00:00")

    def add(self, about: Mapping[str, Any]) -> "tuple[str, Record]":
        """A new session: its ``sess_…``, and what is shown of it."""
        name = f"sess_{self._service.chance().getrandbits(64):016x}"
        nothing = dict.fromkeys(self._service.spec.properties("Session"))
        state = {"id": uuid_of(name), "status": Status.ACTIVE, "engine_id": "sandbox"}
        record: Record = {**nothing, **about, **state, "started_at": self.stamp()}
        self.records.insert(0, record)
        return name, record

    def end(self, record: "Record", about: Mapping[str, Any], transcript: "Record") -> None:
        """Show how a session ended, and store its transcript if it is to be kept."""
        record |= {**about, "ended_at": self.stamp()}
        if record["retention"]:
            self.transcripts[record["id"]] = transcript

    def check(self, operation: str, session_id: str) -> None:
        """Refuse what is about no session, or deletes one that is active."""
        found = next((each for each in self.records if each["id"] == session_id), None)
        if found is None:
            raise Refused(404, "Session not found")
        if operation == "realtime_sessions.delete" and found["status"] == Status.ACTIVE:
            raise Refused(409, "The session is active")

    def stored(self, session_id: str) -> "Record":
        """The transcript of a session."""
        found = self.transcripts.get(session_id)
        if found is None:
            raise Refused(404, "There is no stored transcript")
        return found


def summary(record: "Record") -> "Record":
    """A session as lists show it."""
    return {name: value for name, value in record.items() if name in SUMMARY}


def uuid_of(session_id: str) -> str:
    """The id of a session in REST: that of its ``sess_…`` is filled up with zeros."""
    if not _NAME.fullmatch(session_id):
        return session_id
    return str(UUID(session_id.removeprefix("sess_") + 16 * "0"))


def previous(session_id: str) -> str | None:
    """The session that another one goes on with; a malformed id is ignored."""
    return uuid_of(session_id) if _NAME.fullmatch(session_id) else None
