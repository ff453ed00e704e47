"""The methods of the design document, against the server of today and the older one."""

import io
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

import redenlab.dalston
from dalston_answers import (
    CREATED,
    JOB,
    JOBS,
    POLL,
    SUBMIT,
    async_call,
    fields,
    given,
    job,
    refusal,
    server,
    stage,
    sync_call,
)
from redenlab.dalston import (
    AuthenticationError,
    ConnectError,
    Dalston,
    DalstonError,
    ExportFormat,
    ForbiddenError,
    JobStatus,
    NotFoundError,
    PIIRedactionMode,
    RateLimitError,
    RealtimeSessionStatus,
    ServerError,
    SpeakerDetection,
    TimeoutException,
    TimestampGranularity,
    ValidationError,
)
from scripted_api import BASE, KEY, ScriptedApi, options

EVERY_CALL = pytest.mark.parametrize("call", [sync_call, async_call])
SESSIONS = "/v1/realtime/sessions"
SESSION = {
    "id": "95927b3e-56d2-45e1-0000-000000000000",
    "status": "completed",
    "language": "auto",
    "model": "",
    "engine_id": "parakeet",
    "retention": 30,
    "started_at": "2026-02-16T12:00:00.000000+00:00",
    "ended_at": None,
}


# ---- submit


@EVERY_CALL
def test_a_recording_is_submitted_without_waiting(call: Any, tmp_path: Path) -> None:
    path = tmp_path / "call.wav"
    path.write_bytes(b"RIFF")
    with path.open("rb") as file:
        for source in (str(path), path, file):
            api = server()
            made = call(api, "transcribe", source)
            assert (made.id, made.status, made.display_name) == (UUID(JOB), "pending", "call.wav")
            assert made.created_at == datetime(2026, 2, 16, 12, 0, 0, 123456, UTC)
            assert made.transcript is None
            assert api.calls == [SUBMIT]
            body = api.requests[0].content
            assert re.search(rb'filename="recording-[0-9a-f]{8}\.wav"', body)
            assert fields(api.requests[0]) == {"file": "RIFF", "language": "auto"}


@EVERY_CALL
def test_bytes_and_nameless_files_are_recordings_too(call: Any) -> None:
    for source in (b"RIFF", io.BytesIO(b"RIFF")):
        api = server()
        call(api, "transcribe", source)
        assert fields(api.requests[0])["file"] == "RIFF"


@EVERY_CALL
def test_every_argument_has_its_form_on_the_wire(call: Any) -> None:
    api = server()
    call(
        api,
        "transcribe",
        b"RIFF",
        language="en",
        model="auto",
        name="Monday",
        vocabulary=["Dalston", "ß, x"],
        speaker_detection=SpeakerDetection.DIARIZE,
        num_speakers=2,
        min_speakers=1,
        max_speakers=3,
        timestamps_granularity=TimestampGranularity.SEGMENT,
        pii_detection=True,
        pii_detection_tier="fast",
        pii_entity_types=("ssn",),
        redact_pii_audio=True,
        pii_redaction_mode=PIIRedactionMode.BEEP,
        retention=-1,
        lite_profile="core",
        webhook_url="https://a.example/hook",
        webhook_metadata={"order": 7},
    )
    sent = fields(api.requests[0])
    assert json.loads(sent.pop("vocabulary")) == ["Dalston", "ß, x"]
    assert json.loads(sent.pop("pii_entity_types")) == ["ssn"]
    assert json.loads(sent.pop("webhook_metadata")) == {"order": 7}
    assert sent == {
        "file": "RIFF",
        "language": "en",
        "model": "auto",
        "name": "Monday",
        "speaker_detection": "diarize",
        "num_speakers": "2",
        "min_speakers": "1",
        "max_speakers": "3",
        "timestamps_granularity": "segment",
        "pii_detection": "true",
        "pii_detection_tier": "fast",
        "redact_pii_audio": "true",
        "pii_redaction_mode": "beep",
        "retention": "-1",
        "lite_profile": "core",
        "webhook_url": "https://a.example/hook",
    }


@EVERY_CALL
@pytest.mark.parametrize(
    "url",
    [
        "https://drive.google.com/file/d/1a2b/view?usp=sharing",
        "https://www.dropbox.com/s/x/call.wav?dl=0",
        "https://bucket.s3.amazonaws.com/call.wav?X-Amz-Signature=0123",
    ],
)
def test_a_url_passes_as_it_is(call: Any, url: str) -> None:
    api = server()
    call(api, "transcribe", audio_url=url)
    assert fields(api.requests[0]) == {"audio_url": url, "language": "auto"}


@EVERY_CALL
@pytest.mark.parametrize(
    "given", [{}, {"file": b"x", "audio_url": "https://a.example"}, {"num_speakers": 2}]
)
def test_exactly_one_of_a_recording_and_a_url_is_needed(call: Any, given: Any) -> None:
    api = server()
    with pytest.raises(ValidationError, match="either file or audio_url"):
        call(api, "transcribe", **given)
    assert api.calls == []


@EVERY_CALL
@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"num_speakers": 33}, "num_speakers"),
        ({"retention": -2}, "retention"),
        ({"vocabulary": ["x"] * 101}, "vocabulary"),
        ({"prompt": "x"}, "no parameter 'prompt'"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_sent(
    call: Any, given: Any, problem: str
) -> None:
    api = server()
    with pytest.raises(ValidationError, match=problem):
        call(api, "transcribe", b"RIFF", **given)
    assert api.calls == []


@EVERY_CALL
def test_200_is_a_completed_job(call: Any) -> None:
    api = ScriptedApi().on(SUBMIT, httpx.Response(200, json=job()))
    made = call(api, "transcribe", b"RIFF")
    assert (made.status, made.transcript.text) == (JobStatus.COMPLETED, "Good morning.")
    assert api.calls == [SUBMIT]


# ---- jobs and transcripts


@EVERY_CALL
def test_a_job_has_its_transcript(call: Any) -> None:
    found = call(server(job()), "get_job", UUID(JOB))
    transcript = found.transcript
    assert (found.progress, found.status, found.error) == (100, "completed", None)
    assert transcript.language_code == "en"
    assert [(s.id, s.start, s.end, s.speaker_id) for s in transcript.segments] == [
        ("seg_000", 0.4, 1.2, "SPEAKER_00")
    ]
    assert [(w.text, w.start, w.end, w.confidence, w.speaker_id) for w in transcript.words] == [
        ("Good", 0.4, 0.6, 0.9, "SPEAKER_00")
    ]
    assert [(s.id, s.label, s.total_duration) for s in transcript.speakers] == [
        ("SPEAKER_00", None, None)
    ]
    assert transcript.metadata == {"audio_duration_seconds": 2.5}
    assert found.response["language_code"] == "en"


@EVERY_CALL
@pytest.mark.parametrize("id_", [{}, {"id": 7}, {"id": "seg_0"}, {"id": None}])
def test_segments_of_lite_mode_have_nothing_but_a_text(call: Any, id_: dict[str, Any]) -> None:
    lite = job(segments=[{**id_, "text": "Good."}], text=None, language_code="und")
    transcript = call(server(lite), "get_job", JOB).transcript
    (segment,) = transcript.segments
    assert (segment.id, segment.start, segment.end) == (id_.get("id"), None, None)
    assert (transcript.text, transcript.words, transcript.language_code) == ("Good.", [], None)


@EVERY_CALL
def test_values_that_are_newer_than_this_package_are_no_error(call: Any) -> None:
    found = call(server(job("paused", more=1)), "get_job", JOB)
    assert (found.status, found.status.name) == ("paused", "PAUSED")
    assert JobStatus("paused") not in set(JobStatus)


@EVERY_CALL
def test_a_time_without_a_zone_is_in_utc(call: Any) -> None:
    found = call(server(job(created_at="2026-02-16T12:00:00")), "get_job", JOB)
    assert found.created_at == datetime(2026, 2, 16, 12, tzinfo=UTC)


# ---- waiting


@EVERY_CALL
@pytest.mark.parametrize(
    ("told", "progress"),
    [
        (job("running"), (0, None)),
        (
            job("running", stage("prepare", "completed"), stage("transcribe", "running")),
            (50, "transcribe"),
        ),
        (job("running", stage("prepare", "ready"), stage("transcribe", "pending")), (0, "prepare")),
        (job("running", stage("a", "running"), progress=70, current_stage="b"), (70, "b")),
    ],
)
def test_progress_is_told_or_derived(call: Any, told: Any, progress: Any) -> None:
    seen: list[Any] = []
    api = server(told, job("completed", stage("prepare", "completed")))
    done = call(
        api, "wait_for_completion", JOB, 0.001, on_progress=lambda *found: seen.append(found)
    )
    assert seen == [progress, (100, None)]
    assert done.transcript.text == "Good morning."


@EVERY_CALL
def test_a_wait_goes_on_until_personal_data_was_looked_for(call: Any) -> None:
    done = stage("transcribe", "completed")
    asked = {"enabled": True, "entities_detected": 0, "redacted_audio_available": False}
    found = {"enabled": True, "entities_detected": 1, "redacted_audio_available": True}
    entity = {"entity_type": "name", "category": "pii", "redacted_value": "[NAME]"}
    late = [stage("pii_detect", "completed", required=False), stage("audio_redact", "running")]
    ended = [stage("pii_detect", "completed", required=False), stage("audio_redact", "completed")]
    api = server(
        job("completed", done, pii=asked),  # the stages are not there yet
        job("completed", stage("pii_detect", "pending"), done, pii=asked),
        job("completed", stage("pii_detect", "ready"), done, pii=asked),
        job("completed", *late, done, pii=asked),
        job("completed", *ended, done, pii=found, redacted_text="***", entities=[entity]),
    )
    transcript = call(api, "wait_for_completion", JOB, 0.001).transcript
    assert api.calls == [POLL] * 5
    assert transcript.redacted_text == "***"
    assert transcript.pii_entities[0].entity_type == "name"
    assert transcript.pii_entities[0].original_text is None
    assert transcript.pii_info.redacted_audio_available


@EVERY_CALL
@pytest.mark.parametrize("end", ["failed", "skipped"])
def test_a_job_whose_search_for_personal_data_fails_is_completed(call: Any, end: str) -> None:
    asked = {"enabled": True, "entities_detected": 0, "redacted_audio_available": False}
    api = server(
        job("completed", stage("pii_detect", end), stage("transcribe", "completed"), pii=asked)
    )
    assert call(api, "wait_for_completion", JOB, 0.001).transcript.redacted_text is None
    assert api.calls == [POLL]


@EVERY_CALL
@pytest.mark.parametrize(
    ("end", "text"),
    [
        (job("failed", error="no engine\nfor fr"), "no engine"),
        (job("cancelled"), "cancelled"),
    ],
)
def test_a_bad_end_is_an_error(call: Any, end: Any, text: str) -> None:
    with pytest.raises(DalstonError, match=text) as caught:
        call(server(job("running"), end), "wait_for_completion", JOB, 0.001)
    assert caught.value.job_id == JOB


@EVERY_CALL
def test_a_wait_that_is_too_long_hands_the_job_back(call: Any) -> None:
    with pytest.raises(TimeoutException, match="has not ended in time") as caught:
        call(server(job("running")), "wait_for_completion", JOB, 0.001, timeout=0.05)
    assert caught.value.job.id == JOB


# ---- other methods


@EVERY_CALL
def test_a_job_is_cancelled_renamed_and_deleted(call: Any) -> None:
    where = f"{JOBS}/{JOB}"
    cancelled = {"id": JOB, "status": "cancelling", "message": "ends first"}
    api = ScriptedApi().on(f"POST {where}/cancel", cancelled)
    api.on(f"PATCH {where}", job("completed", display_name="New"))
    api.on(f"DELETE {where}", httpx.Response(204)).on(f"DELETE {where}/audio", httpx.Response(204))
    assert call(api, "cancel", UUID(JOB)).status == "cancelling"
    assert call(api, "rename", JOB, display_name="New").display_name == "New"
    assert json.loads(api.requests[1].content) == {"display_name": "New"}
    assert call(api, "delete", JOB) is None
    assert call(api, "delete_audio", JOB) is None


@EVERY_CALL
@pytest.mark.parametrize(
    ("format_", "content", "found"),
    [
        (ExportFormat.SRT, b"1\n00:00:00,400 --> 00:00:01,200\nGood.\n", None),
        ("vtt", b"WEBVTT\n", None),
        ("txt", "Gut, ja. ß\n".encode(), None),
        (ExportFormat.JSON, b'{"text": "Good."}', {"text": "Good."}),
        ("json", b'{"text": "Good."}', {"text": "Good."}),
    ],
)
def test_a_transcript_is_exported(call: Any, format_: str, content: bytes, found: Any) -> None:
    answer = httpx.Response(
        200, content=content, headers={"content-type": "text/plain; charset=utf-8"}
    )
    api = ScriptedApi().on(f"GET {JOBS}/{JOB}/export/{format_}", answer)
    exported = call(api, "export", JOB, format_, include_speakers=False, max_lines=3)
    assert exported == (found or content.decode())
    assert dict(api.requests[0].url.params) == {"include_speakers": "false", "max_lines": "3"}


@EVERY_CALL
def test_jobs_are_listed_page_by_page_by_cursors_with_plus_and_colon(call: Any) -> None:
    cursor = f"2026-02-16T12:00:00+00:00:{JOB}"
    first = {"jobs": [job("running")], "cursor": cursor, "has_more": True}
    last = {"jobs": [job("completed")], "cursor": None, "has_more": False}
    api = ScriptedApi().on(f"GET {JOBS}", first, last)
    found = call(api, "list_jobs", status="completed", since=datetime(2026, 2, 1, tzinfo=UTC))
    assert [each.status for each in found] == ["running", "completed"]
    assert b"%2B00%3A00%3A" in api.requests[1].url.query
    assert api.requests[1].url.params["cursor"] == cursor
    assert api.requests[1].url.params["since"] == "2026-02-01T00:00:00+00:00"


@EVERY_CALL
def test_links_models_engines_tokens_and_kinds_of_personal_data(call: Any) -> None:
    where = f"{JOBS}/{JOB}/audio"
    link = {"url": "https://a.example/x", "expires_in": 3600, "type": "original"}
    api = ScriptedApi().on(f"GET {where}", link)
    api.on(f"GET {where}/redacted", {**link, "type": "redacted"})
    api.on("GET /v1/models", {"object": "list", "data": [{"id": "a/b", "stage": "transcribe"}]})
    api.on("GET /v1/models/a/b", {"id": "a/b"})
    api.on("GET /v1/engines", {"engines": [{"id": "e", "capabilities": {}}], "total": 1})
    api.on("POST /auth/tokens", httpx.Response(201, json={"token": "tk_x", "scopes": ["realtime"]}))
    api.on("GET /v1/pii/entity-types", {"entity_types": [], "total": 0})
    api.on("GET /health", {"status": "healthy"})
    status = {"total_capacity": 2, "active_sessions": 0, "available_capacity": 2}
    api.on("GET /v1/realtime/status", {"status": "ready", **status})
    assert call(api, "get_audio", JOB).expires_in == 3600
    assert call(api, "get_redacted_audio", JOB).type_ == "redacted"
    assert call(api, "list_models", stage="transcribe").data[0].id == "a/b"
    assert call(api, "get_model", "a/b").id == "a/b"
    assert call(api, "list_engines").engines[0].id == "e"
    assert call(api, "create_session_token", ttl=60).token == "tk_x"
    assert call(api, "list_pii_entity_types", defaults_only=True).entity_types == []
    assert call(api, "health").status == "healthy"
    assert "authorization" not in api.requests[-1].headers
    assert call(api, "get_realtime_status").available_capacity == 2
    assert b"/v1/models/a%2Fb" in api.requests[3].url.raw_path


# ---- realtime sessions as they are stored


@EVERY_CALL
@pytest.mark.parametrize(
    ("more", "engine", "stored"),
    [
        ({}, "parakeet", True),
        ({"retention": 0}, "parakeet", False),
        (
            {"engine_id": None, "engine": "old", "store_audio": False, "store_transcript": False},
            "old",
            False,
        ),
    ],
)
def test_a_session_of_either_server_is_read(
    call: Any, more: Any, engine: str, stored: bool
) -> None:
    api = ScriptedApi().on(f"GET {SESSIONS}/sess_1", {**SESSION, **more})
    found = call(api, "get_realtime_session", "sess_1")
    assert (found.engine, found.store_audio, found.store_transcript) == (engine, stored, stored)
    assert found.status == RealtimeSessionStatus.COMPLETED
    assert found.started_at == datetime(2026, 2, 16, 12, tzinfo=UTC)
    assert found.error is None


@EVERY_CALL
def test_a_page_of_sessions_and_all_of_them(call: Any) -> None:
    first = {"sessions": [SESSION], "cursor": "c+1:2", "has_more": True}
    last = {"sessions": [SESSION], "cursor": None, "has_more": False}
    api = ScriptedApi().on(f"GET {SESSIONS}", first, first, last)
    page = call(api, "list_realtime_sessions", 10, "completed")
    assert (page.cursor, page.has_more, page.sessions[0].engine) == ("c+1:2", True, "parakeet")
    assert dict(api.requests[0].url.params) == {"limit": "10", "status": "completed"}
    assert len(call(api, "realtime_sessions.list")) == 2


@EVERY_CALL
@pytest.mark.parametrize(
    "answer",
    [httpx.Response(200, json={"deleted": True, "session_id": "sess_1"}), httpx.Response(204)],
)
def test_a_session_is_deleted_by_200_and_by_204(call: Any, answer: httpx.Response) -> None:
    api = ScriptedApi().on(f"DELETE {SESSIONS}/sess_1", answer)
    assert call(api, "delete_realtime_session", "sess_1") is True


# ---- errors

LITE = {
    "error": "lite_unsupported_feature",
    "detail": "no diarization",
    "feature": "diarize",
    "profile": "core",
}


@EVERY_CALL
@pytest.mark.parametrize(
    ("status", "body", "kind", "code", "text"),
    [
        (
            400,
            {"error": {"code": "invalid_request", "message": "m"}},
            ValidationError,
            "invalid_request",
            "m",
        ),
        (
            400,
            {"error": {"code": "invalid_request", "message": "m", "details": [1]}},
            ValidationError,
            "invalid_request",
            "m",
        ),
        (
            401,
            {"error": {"code": "unauthorized", "message": "m"}},
            AuthenticationError,
            "unauthorized",
            "m",
        ),
        (
            401,
            {"error": {"message": "m", "type": "t", "param": None, "code": "c"}},
            AuthenticationError,
            "c",
            "m",
        ),
        (
            401,
            {"detail": "m", "code": "authentication_failed"},
            AuthenticationError,
            "authentication_failed",
            "m",
        ),
        (
            403,
            {"detail": "m", "code": "authorization_failed", "required_permission": "p"},
            redenlab.dalston.PermissionError,
            "authorization_failed",
            "m",
        ),
        (403, {"error": {"code": "forbidden", "message": "m"}}, ForbiddenError, "forbidden", "m"),
        (404, {"error": {"code": "not_found", "message": "m"}}, NotFoundError, "not_found", "m"),
        (404, {"detail": "Not Found"}, NotFoundError, None, "Not Found"),
        (405, {"detail": "Method Not Allowed"}, DalstonError, None, "Method Not Allowed"),
        (
            409,
            {"error": {"code": "conflict", "message": {"code": "lite", "message": "m", "x": "y"}}},
            DalstonError,
            "lite",
            "m",
        ),
        (
            410,
            {"error": {"code": "error", "message": {"code": "purged", "message": "m"}}},
            DalstonError,
            "purged",
            "m",
        ),
        (
            422,
            {"detail": [{"type": "t", "loc": ["body", "n"], "msg": "m", "input": 1, "ctx": {}}]},
            ValidationError,
            None,
            "m",
        ),
        (422, LITE, ValidationError, None, "lite_unsupported_feature"),
        (
            502,
            {
                "error": {
                    "code": "error",
                    "message": {
                        "code": "upstream_fetch_failed",
                        "message": "m",
                        "upstream_status": "404",
                    },
                }
            },
            ServerError,
            "upstream_fetch_failed",
            "m",
        ),
        (
            507,
            {"error": {"code": "storage_full", "message": "m"}},
            ServerError,
            "storage_full",
            "m",
        ),
        (500, "<h1>no</h1>", ServerError, None, "no"),
    ],
)
def test_every_form_of_an_error_is_read(
    call: Any, status: int, body: Any, kind: Any, code: str | None, text: str
) -> None:
    api = ScriptedApi().on(
        f"POST {JOBS}/{JOB}/cancel", refusal(status, body, **{"x-request-id": "req_1"})
    )
    with pytest.raises(kind, match=f"answered {status}: {text}") as caught:
        call(api, "cancel", JOB)
    error = caught.value
    assert isinstance(error, DalstonError)
    assert (error.status_code, error.code, error.request_id) == (status, code, "req_1")


@EVERY_CALL
@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "60", "x-ratelimit-limit": "600"}, 60),
        ({"x-ratelimit-limit": "10", "x-ratelimit-remaining": "0"}, None),
        (
            {
                "retry-after": "Mon, 16 Feb 2026 12:01:00 GMT",
                "date": "Mon, 16 Feb 2026 12:00:00 GMT",
            },
            60,
        ),
    ],
)
def test_a_429_may_say_how_long_to_wait(call: Any, headers: Any, seconds: int | None) -> None:
    body = {"error": {"code": "rate_limit_exceeded", "message": "m"}}
    api = ScriptedApi().on(SUBMIT, refusal(429, body, **headers))
    with pytest.raises(RateLimitError) as caught:
        call(api, "transcribe", b"RIFF", timeout=1)
    assert (caught.value.retry_after, caught.value.code) == (seconds, "rate_limit_exceeded")


@EVERY_CALL
def test_a_server_that_is_not_there_is_a_connect_error(call: Any) -> None:
    api = ScriptedApi().on(POLL, httpx.ConnectError("refused"))
    with pytest.raises(ConnectError):
        call(api, "get_job", JOB)


def test_the_key_is_sent_as_a_bearer_token_and_shown_nowhere() -> None:
    api = server(job())
    sync_call(api, "get_job", JOB)
    assert api.requests[0].headers["authorization"] == f"Bearer {KEY}"


def test_submitting_and_waiting_is_one_call_of_every_client_too() -> None:
    api = server(job("running"), job("completed"))
    outcome = sync_call(api, "transcription", b"RIFF")
    assert outcome.result.text == "Good morning."
    assert options(api)["base_url"] == BASE
    assert timedelta(seconds=outcome.result.audio_duration_seconds) == timedelta(seconds=2.5)
    assert CREATED["id"] == outcome.job_id


def test_one_request_may_take_two_minutes_unless_the_caller_says_otherwise() -> None:
    assert Dalston(api_key=KEY).settings.seconds("http_timeout") == 120
    assert Dalston("https://a.example", KEY, 5).settings.seconds("http_timeout") == 5
    assert Dalston(api_key=KEY).base_url == "http://localhost:8000"


def test_a_server_without_security_needs_no_key() -> None:
    api = server(job())
    with Dalston(BASE, **{**given(api), "api_key": None}) as client:
        assert client.get_job(JOB).status == "completed"
    assert "authorization" not in api.requests[0].headers


def test_a_server_with_security_refuses_a_client_without_a_key() -> None:
    refused = refusal(401, {"error": {"code": "unauthorized", "message": "Missing API key"}})
    api = ScriptedApi().on(POLL, refused)
    with Dalston(BASE, **{**given(api), "api_key": None}) as client:
        with pytest.raises(AuthenticationError, match="Missing API key"):
            client.get_job(JOB)
