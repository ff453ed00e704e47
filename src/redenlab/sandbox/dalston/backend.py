"""What Dalston does beyond its spec: stages, late personal data, limits, refusals, webhooks."""

import hashlib
import hmac
import io
import json
import re
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

import yaml

from redenlab.core.transport.url_policy import is_loopback
from redenlab.lowlevel.types import RawResponse
from redenlab.sandbox.dalston.sessions import Sessions, summary, uuid_of
from redenlab.sandbox.dalston.transcripts import exported, redacted, transcribed
from redenlab.sandbox.engine.backend import Backend, Failure, Produced, Record, Work
from redenlab.sandbox.engine.messages import Blob, Received, Refused, Response, bytes_of, mapping
from redenlab.sandbox.engine.talk import Talk
from redenlab_api.dalston.jobs import TRANSCRIPTION
from redenlab_api.dalston.realtime import PATH

if TYPE_CHECKING:
    from redenlab.sandbox.engine.drafts import Draft
    from redenlab.sandbox.engine.jobs import ServedJob, Submit
    from redenlab.sandbox.engine.routes import Call
    from redenlab.sandbox.engine.scenario import Scenario
    from redenlab.sandbox.engine.service import Service
    from redenlab.sandbox.engine.store import Store

KNOWN: Final[Mapping[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("records.yaml").read_text()
)

PENDING, RUNNING, CANCELLING, COMPLETED, FAILED, CANCELLED = TRANSCRIPTION.spec.states

EXAMPLE = Path(__file__).parents[1] / "recordings" / "two_speakers.wav"
"""What is heard at a URL."""

STAGES = ("prepare", "transcribe_ch0", "align", "merge")
LATE = 0.4
"""Seconds of the search for personal data after the end; in the first half no stage shows it."""

ENDED = {COMPLETED, FAILED, CANCELLED}


@dataclass
class _Desk:
    """What is known of the jobs of one service beyond the engine: all of them, names, requests."""

    sessions: Sessions
    jobs: dict[str, "ServedJob"] = field(default_factory=dict[str, "ServedJob"])
    names: dict[str, str] = field(default_factory=dict[str, str])
    purged: set[str] = field(default_factory=set[str])
    submits: deque[float] = field(default_factory=deque[float])


class Dalston(Backend):
    """Transcribes recordings by fake words for real syllables.

    Attributes:
        most_requests: Submits of a minute; one more is refused with ``Retry-After``.
        most_jobs: Jobs that run at once; one more is refused without it.
        most_sessions: Realtime sessions at once.
        hearing_speed: How many times faster than in real time their audio is dealt with; what comes
            faster is lag.
    """

    running: Sequence[str] = (PENDING, RUNNING)
    most_requests: int = 600
    most_jobs: int = 10
    most_sessions: int = 5
    hearing_speed: float = 50.0
    sockets: Mapping[str, str] = {PATH: "realtime"}

    def __init__(self) -> None:
        self._desks: WeakKeyDictionary[Service, _Desk] = WeakKeyDictionary()

    def records(self) -> Mapping[str, list[Record]]:
        """One realtime session, and one model."""
        found: Mapping[str, list[Record]] = KNOWN["records"]
        return found

    def outcome(self, work: Work) -> Any:
        """The transcript of the recording; of a URL, that of one that comes with the sandbox."""
        from redenlab.sandbox.audio import speech  # noqa: PLC0415 - importing numpy is slow

        try:
            found = speech.analyse(_source(work.content or EXAMPLE))
            return transcribed(found, mapping(work.parameters))
        except speech.NotAudio:
            raise Failure("The recording cannot be decoded as audio") from None

    # -- refusals

    def unknown(self, sent: str | None) -> Refused:
        """Name the scheme, as the service does."""
        text = "Invalid API key" if sent else "Missing API key"
        return Refused(401, text, headers={"www-authenticate": "Bearer"})

    def refuse(self, operation: str | None, body: Record, refused: Refused) -> None:
        """Use the forms of the service: of validation, of routes, of what is no route."""
        body.clear()
        if refused.status == 422:
            place, _, text = refused.text.rpartition(": ")
            body["detail"] = [{"type": "value_error", "loc": place.split(": "), "msg": text}]
        elif operation is None:
            body["detail"] = refused.title or refused.text
        else:
            code = KNOWN["codes"].get(refused.status, "error")
            body["error"] = {"code": code, "message": refused.text}

    def check(self, service: "Service", operation: str, call: "Call") -> None:
        """Refuse what the service does not do."""
        desk, names = self._desk(service), cast("dict[str, str]", call.matches[operation])
        if operation == "transcriptions.create":
            self._check_submit(desk, service.setting.now(), mapping(call.request.document))
        if "session_id" in names:
            names["session_id"] = uuid_of(names["session_id"])
            desk.sessions.check(operation, names["session_id"])
        job = desk.jobs.get(names.get("job_id", ""))
        status = job.course.look().name if job else ""
        if operation == "cancel" and status in ENDED:
            raise Refused(409, f"A job that is {status} cannot be cancelled")
        if job and status not in ENDED and operation in {"delete", "get_audio", "delete_audio"}:
            raise Refused(409, f"The job is {status}")
        cursor = call.request.query.get("cursor")
        if cursor:
            found = re.fullmatch(r".+:(\d+)", cursor[0])
            if found is None:
                raise Refused(400, "Invalid cursor")
            cursor[0] = found[1]

    def _check_submit(self, desk: _Desk, now: float, sent: Mapping[str, Any]) -> None:
        url = sent.get("audio_url")
        if ("file" in sent) is bool(url):
            raise Refused(400, "Provide exactly one of file and audio_url")
        if url and not _is_public(str(url)):
            raise Refused(400, "audio_url has to be a public http or https URL")
        if not url and not _is_audio(sent["file"]):
            raise Refused(400, "The file has no readable audio")
        while desk.submits and desk.submits[0] <= now - 60:
            desk.submits.popleft()
        limits = {"x-ratelimit-limit": str(self.most_requests), "x-ratelimit-remaining": "0"}
        if len(desk.submits) >= self.most_requests:
            raise Refused(429, "Too many requests", headers={**limits, "retry-after": "60"})
        busy = sum(not job.course.look().is_end for job in desk.jobs.values())
        if busy >= self.most_jobs:
            limits["x-ratelimit-limit"] = str(self.most_jobs)
            raise Refused(429, "Too many concurrent jobs", headers=limits)
        desk.submits.append(now)

    # -- jobs

    def accept(
        self, service: "Service", operation: str, job: "ServedJob", call: "Call"
    ) -> Response | None:
        """Remember the job; what is not to be kept is transcribed at once, as in lite mode."""
        del operation, call
        self._desk(service).jobs[job.id] = job
        if not job.scenario.inline:
            return None
        nothing = dict.fromkeys(service.spec.properties("TranscriptionJob"))
        told = {name: job.response.json()[name] for name in ("id", "status", "created_at")}
        return _json({**nothing, **self.outcome(job.work()), **told})

    def plan(self, scenario: "Scenario", submit: "Submit") -> "Scenario":
        """End a job that is not to be kept with the response to its submit."""
        return replace(scenario, inline=submit.known.value("$request.body#/retention") == 0)

    def shape(self, service: "Service", operation: str, draft: "Draft", call: "Call") -> None:
        """Complete what the spec leaves open."""
        draft.body = KNOWN["answers"].get(operation, draft.body)
        if operation == "get_realtime_status":
            draft.body = self._desk(service).sessions.capacity(self.most_sessions)
        if operation == "realtime_sessions.list":
            draft.body["sessions"] = [summary(each) for each in draft.body["sessions"]]
        if operation == "transcriptions.create" and draft.status == 201:
            sent = mapping(call.request.document)
            name = sent.get("name") or getattr(sent.get("file"), "name", "") or "audio"
            draft.body["display_name"] = str(name)[:255]
        if operation == "cancel":
            draft.body["message"] = "The job is cancelled"
        if operation == "create_session_token":
            draft.body |= {"token": f"tk_{service.number()}", "scopes": ["realtime"]}
        if operation == "realtime_sessions.delete":
            draft.body = {"deleted": True, "session_id": call.matches[operation]["session_id"]}
        if mapping(draft.body).get("cursor"):
            now = service.stamp(service.setting.now(), {}).replace("Z", "+00:00")
            draft.body["cursor"] = f"{now}:{draft.body['cursor']}"

    def show(self, service: "Service", draft: "Draft", job: "ServedJob") -> None:
        """Show the stages, the transcript at the end, and personal data after that."""
        body, asked = draft.body, mapping(job.submit.known.value("$request.body"))
        status, found = body["status"], mapping(job.outcome)
        always = {"id", "status", "created_at", "started_at", "completed_at"}
        always |= {"error"} if status == FAILED else set[str]()
        always |= body.keys() if status == COMPLETED and not found else set[str]()
        kept = {name: value for name, value in body.items() if name in always}
        body.update(dict.fromkeys(service.spec.properties("TranscriptionJob")))
        body |= {**(found if status == COMPLETED else {}), **kept}
        name = self._desk(service).names.get(job.id) or asked.get("name") or job.submit.file
        body |= {"display_name": name or "audio", "stages": _stages(job, status)}
        if asked.get("pii_detection") and status == COMPLETED:
            since = service.setting.now() - (job.course.ended or 0)
            body |= _personal(str(body["text"] or ""), body["stages"], asked, since)

    def delivery(self, job: "ServedJob", event: str) -> Any:
        """An event as the service of today sends it, with the metadata of the submit."""
        del event
        body = job.now().body
        data = {"transcription_id": job.id, "status": body["status"]}
        data |= {"error": body["error"]} if body.get("error") else {}
        metadata = mapping(job.submit.known.value("$request.body#/webhook_metadata"))
        data |= {"webhook_metadata": metadata} if metadata else {}
        digest = hashlib.sha256(job.id.encode()).hexdigest()
        return {
            "object": "event",
            "id": f"evt_{digest[:24]}",
            "type": f"transcription.{body['status']}",
            "created_at": int(job.course.ended or 0),
            "data": data,
        }

    def signature(self, secret: str, body: bytes, moment: int) -> Mapping[str, str]:
        """The scheme of the design document, beside Standard Webhooks."""
        digest = hmac.digest(secret.encode(), f"{moment}.".encode() + body, "sha256").hex()
        return {"X-Dalston-Signature": f"sha256={digest}", "X-Dalston-Timestamp": str(moment)}

    # -- everything else

    def serve(
        self, service: "Service", operation: str, call: "Call", store: "Store"
    ) -> Response | None:
        """Exports, links, and new names of jobs."""
        names = call.matches[operation]
        if operation in {"realtime_sessions.transcript", "realtime_sessions.export"}:
            return self._stored(self._desk(service).sessions, names)
        if "job_id" in names and operation != "transcriptions.get":
            return self._served(service, operation, call, store)
        return None

    def _served(self, service: "Service", operation: str, call: "Call", store: "Store") -> Response:
        names, desk = call.matches[operation], self._desk(service)
        job = next((job for job in store.jobs if job.id == names["job_id"]), None)
        if job is None:
            raise Refused(404, "Job not found")
        body: Record = job.now().body
        if operation == "rename":
            desk.names[job.id] = call.request.document["display_name"]
            return _json(job.now().body)
        if operation == "transcriptions.export":
            kind = {"webvtt": "vtt"}.get(names["format"], names["format"])
            if body["status"] != COMPLETED or kind not in {"srt", "vtt", "txt", "json"}:
                raise Refused(400, "The job is not completed, or there is no such format")
            shown = {name: body[name] for name in ("text", "segments", "speakers")}
            if kind == "json":
                return _json({"job_id": job.id, "version": "1.0", **shown})
            return _exported(body, kind)
        if job.id in desk.purged:
            raise Refused(410, "The audio was deleted")
        if operation == "delete_audio":
            desk.purged.add(job.id)
            return RawResponse(204, {}, b"")
        clean = operation == "get_redacted_audio"
        if clean and not mapping(body["pii"]).get("redacted_audio_available"):
            raise Refused(404, "There is no redacted audio")
        url = service.stored(Produced(bytes_of(job.submit.content), "audio.wav", "audio/wav"))
        kind = "redacted" if clean else "original"
        return _json({"url": url, "expires_in": service.setting.link_seconds, "type": kind})

    # -- realtime sessions

    def talk(self, service: "Service", socket: str, request: Received, status: int | None) -> Talk:
        """A realtime session, or its refusal."""
        from redenlab.sandbox.dalston import talks  # noqa: PLC0415 - importing numpy is slow

        del socket
        sessions = self._desk(service).sessions
        is_full = sessions.capacity(self.most_sessions)["available_capacity"] <= 0
        status = 429 if status is None and is_full else status
        now = service.setting.now
        return talks.opened(request.query, sessions, status, now, self.hearing_speed)

    def _stored(self, sessions: Sessions, names: Mapping[str, str]) -> RawResponse:
        """The transcript of a session, as it is or as a text."""
        found, kind = sessions.stored(names["session_id"]), names.get("format", "json")
        return _json(found) if kind == "json" else _exported(found, kind)

    def _desk(self, service: "Service") -> _Desk:
        found = self._desks.get(service)
        if found is None:
            found = self._desks[service] = _Desk(Sessions(service))
        return found


def _stages(job: "ServedJob", status: str) -> list[Record] | None:
    """The stages of a job, as far as they are."""
    if status == PENDING:
        return None
    at = len(STAGES) if status == COMPLETED else int(job.course.share * len(STAGES))
    here = {RUNNING: RUNNING, CANCELLING: RUNNING}.get(status, status)
    states = [COMPLETED] * at + [here] + [PENDING] * len(STAGES)
    return [_stage(name, state) for name, state in zip(STAGES, states, strict=False)]


def _stage(name: str, status: str, *, required: bool = True) -> Record:
    return {"stage": name, "engine_id": "sandbox", "status": status, "required": required}


def _personal(text: str, stages: list[Record], asked: Mapping[str, Any], since: float) -> Record:
    """What a completed job shows of personal data, `since` seconds after its end."""
    state = COMPLETED if since >= LATE else RUNNING
    names = ["pii_detect", *(["audio_redact"] if asked.get("redact_pii_audio") else [])]
    late = [] if since < LATE / 2 else [_stage(name, state, required=False) for name in names]
    clean, found = redacted(text) if since >= LATE else (None, [])
    info = {"enabled": True, "entities_detected": len(found), "entity_summary": None}
    info["redacted_audio_available"] = since >= LATE and len(names) > 1
    entities = None if clean is None else found
    more = {"stages": [*late, *stages], "pii": info, "redacted_text": clean, "entities": entities}
    return dict[str, Any](more)


def _source(content: Any) -> Any:
    """What is decoded: a file of this machine, or bytes as one."""
    found = content.path if isinstance(content, Blob) else content
    return io.BytesIO(found) if isinstance(found, bytes) else found


def _is_audio(content: Any) -> bool:
    from redenlab.ml import audio  # noqa: PLC0415 - importing numpy is slow

    try:
        with audio.opened(_source(content)):
            return True
    except audio.NotAudio:
        return False


def _is_public(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        if is_loopback(host) or parts.scheme not in {"http", "https"} or not host:
            return False
        return not re.fullmatch(r"[\d.]+|.*:.*", host) or ip_address(host).is_global
    except ValueError:
        return False


def _exported(transcript: Record, kind: str) -> RawResponse:
    media_type = f"text/{'vtt' if kind == 'vtt' else 'plain'}; charset=utf-8"
    return RawResponse(200, {"content-type": media_type}, exported(transcript, kind).encode())


def _json(body: Any) -> RawResponse:
    return RawResponse(200, {"content-type": "application/json"}, json.dumps(body).encode())


BACKEND = Dalston()
