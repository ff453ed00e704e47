"""The sandbox's Dalston, with the real client: what is heard, what comes late, what is refused."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib.resources import files
from typing import Any

import httpx
import pytest

import redenlab.sandbox
from redenlab import Retry
from redenlab.dalston import (
    Dalston,
    DalstonError,
    RateLimitError,
    ValidationError,
    parse_webhook_payload,
    verify_webhook_signature,
)
from redenlab.sandbox import Sandbox
from redenlab.sandbox.dalston import BACKEND

RECORDINGS = files("redenlab.sandbox") / "recordings"
TWO, ONE = str(RECORDINGS / "two_speakers.wav"), str(RECORDINGS / "one_speaker.wav")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with redenlab.sandbox.running(processing=0.2) as running:
        yield running


@pytest.fixture
def client(sandbox: Sandbox) -> Iterator[Dalston]:
    with sandbox.dalston_client(retry=Retry.off()) as made:
        yield made


def test_the_transcript_is_that_of_the_recording(client: Dalston) -> None:
    seen: list[tuple[int, str | None]] = []
    job = client.transcribe(TWO, speaker_detection="diarize", name="Monday")
    assert (job.status, job.display_name) == ("pending", "Monday")
    done = client.wait_for_completion(
        job.id, 0.02, on_progress=lambda percent, stage: seen.append((percent, stage))
    )
    assert seen[-1] == (100, None)
    assert [percent for percent, _ in seen] == sorted(percent for percent, _ in seen)
    assert done.transcript is not None
    assert done.transcript.text.startswith("sandbox answers")
    assert {segment.speaker_id for segment in done.transcript.segments} == {
        "SPEAKER_00",
        "SPEAKER_01",
    }
    assert done.transcript.words[0].speaker_id == "SPEAKER_00"
    assert client.get_job(job.id) == done


def test_what_is_not_kept_is_transcribed_at_once(client: Dalston) -> None:
    job = client.transcribe(ONE, retention=0)
    assert job.status == "completed"
    assert job.transcript is not None
    assert job.transcript.text.startswith("sandbox answers")


def test_speakers_and_words_come_only_if_they_are_asked_for(client: Dalston) -> None:
    job = client.transcribe(ONE, timestamps_granularity="segment")
    transcript = client.wait_for_completion(job.id, 0.02).transcript
    assert transcript is not None
    assert (transcript.speakers, transcript.words) == ([], [])
    assert {segment.speaker_id for segment in transcript.segments} == {None}


def test_personal_data_comes_after_the_end_and_is_waited_for(client: Dalston) -> None:
    job = client.transcribe(TWO, pii_detection=True, redact_pii_audio=True)
    while client.get_job(job.id).status != "completed":
        pass
    early = client.get_job(job.id).transcript
    assert early is not None
    assert early.pii_info is not None
    assert (early.redacted_text, early.pii_info.entities_detected) == (None, 0)
    found = client.wait_for_completion(job.id, 0.02).transcript
    assert found is not None
    assert found.redacted_text == found.text.replace("speakers", "[PERSON]") != found.text
    for entity in found.pii_entities:
        assert found.text[entity.start_offset : entity.end_offset] == "speakers"
    link = client.get_redacted_audio(job.id)
    assert link.type_ == "redacted"
    assert httpx.get(link.url, trust_env=False).content[:4] == b"RIFF"


def test_exports_are_files_of_the_transcript(client: Dalston) -> None:
    job = client.transcribe(ONE)
    with pytest.raises(ValidationError, match="not completed"):
        client.export(job.id, "srt")
    done = client.wait_for_completion(job.id, 0.02)
    assert done.transcript is not None
    assert client.export(job.id, "srt").startswith("1\n00:00:0")
    assert client.export(job.id, "vtt").startswith("WEBVTT\n\n00:00:0")
    assert client.export(job.id, "txt").replace("\n", " ").strip() == done.transcript.text
    assert client.export(job.id)["text"] == done.transcript.text


def test_jobs_are_listed_in_pages_by_cursors_with_plus_and_colon(
    sandbox: Sandbox, client: Dalston
) -> None:
    names = [f"page {number}" for number in range(3)]
    for name in names:
        client.transcribe(ONE, name=name)
    sandbox.requests.clear()
    listed = [job.display_name for job, _ in zip(client.list_jobs(limit=1), names, strict=False)]
    assert listed == names[::-1]
    with pytest.raises(ValidationError, match="Invalid cursor"):
        list(client.list_jobs(cursor="nonsense"))


def test_a_job_is_cancelled_renamed_and_deleted(client: Dalston) -> None:
    job = client.transcribe(ONE)
    with pytest.raises(DalstonError, match="pending|running") as caught:
        client.delete(job.id)
    assert caught.value.code == "conflict"
    client.cancel(job.id)
    with pytest.raises(DalstonError, match="cancelled"):
        client.wait_for_completion(job.id, 0.02)
    with pytest.raises(DalstonError, match="cannot be cancelled"):
        client.cancel(job.id)
    assert client.rename(job.id, display_name="New").display_name == "New"
    assert client.get_audio(job.id).type_ == "original"
    client.delete_audio(job.id)
    with pytest.raises(DalstonError) as caught:
        client.get_audio(job.id)
    assert caught.value.status_code == 410
    client.delete(job.id)
    with pytest.raises(DalstonError) as caught:
        client.get_job(job.id)
    assert caught.value.status_code == 404


@pytest.mark.parametrize("retention", [0, 30])
def test_what_is_no_recording_is_refused(client: Dalston, retention: int) -> None:
    with pytest.raises(ValidationError, match="no readable audio"):
        client.transcribe(b"no audio", retention=retention)


@pytest.mark.parametrize(
    "url", ["ftp://a.example/x", "http://127.0.0.1/x", "https://10.0.0.1/x", "https://[fe80::1]/x"]
)
def test_a_url_that_is_not_public_is_refused(client: Dalston, url: str) -> None:
    with pytest.raises(ValidationError, match="public"):
        client.transcribe(audio_url=url)


def test_a_public_url_is_transcribed(client: Dalston) -> None:
    job = client.transcribe(audio_url="https://a.example/call.wav")
    assert client.wait_for_completion(job.id, 0.02).transcript is not None


def test_too_many_jobs_are_refused_without_a_pause_and_too_many_requests_with_one(
    sandbox: Sandbox, client: Dalston, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(BACKEND), "most_jobs", 0)
    with pytest.raises(RateLimitError, match="concurrent") as caught:
        client.transcribe(ONE)
    assert (caught.value.retry_after, caught.value.code) == (None, "rate_limit_exceeded")
    monkeypatch.setattr(type(BACKEND), "most_requests", 0)
    with pytest.raises(RateLimitError) as caught:
        client.transcribe(ONE)
    assert caught.value.retry_after == 60


def test_everything_else_has_answers(client: Dalston) -> None:
    assert client.health().status == "healthy"
    assert client.get_realtime_status().available_capacity == 5
    (session,) = client.list_realtime_sessions().sessions
    assert client.get_realtime_session(session.id).engine == "sandbox"
    assert client.list_models().data[0].id == "sandbox/words"
    assert client.get_model("sandbox/words").engine_id == "sandbox"
    assert client.list_engines().total == 1
    assert client.create_session_token(ttl=60).token.startswith("tk_")
    assert client.list_pii_entity_types().total == 1
    with pytest.raises(DalstonError) as caught:
        client.get_realtime_session("sess_0000000000000000")
    assert caught.value.status_code == 404


def test_a_wrong_key_and_a_wrong_parameter_are_refused_in_their_forms(
    sandbox: Sandbox, client: Dalston
) -> None:
    url = f"{sandbox.dalston_url}/v1/audio/transcriptions"
    refused = httpx.get(url, trust_env=False)
    assert (refused.status_code, refused.headers["www-authenticate"]) == (401, "Bearer")
    assert refused.json()["error"]["code"] == "unauthorized"
    key = {"authorization": f"Bearer {sandbox.api_key}"}
    wrong = httpx.get(f"{url}?limit=101", headers=key, trust_env=False)
    assert (wrong.status_code, wrong.json()["detail"][0]["type"]) == (422, "value_error")
    nothing = httpx.get(f"{sandbox.dalston_url}/nothing", headers=key, trust_env=False)
    assert "detail" in nothing.json()
    assert client.base_url == sandbox.dalston_url


def test_a_webhook_is_delivered_with_both_signatures(sandbox: Sandbox, client: Dalston) -> None:
    received: list[tuple[bytes, Any]] = []
    arrived = threading.Event()

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append((self.rfile.read(int(self.headers["content-length"])), self.headers))
            self.send_response(204)
            self.end_headers()
            arrived.set()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Receiver) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        job = client.transcribe(
            ONE,
            webhook_url=f"http://127.0.0.1:{server.server_port}/hook",
            webhook_metadata={"order": 7},
        )
        assert arrived.wait(30)
        server.shutdown()
    ((body, headers), *_) = received
    payload = parse_webhook_payload(body)
    assert (payload.event, payload.transcription_id) == ("transcription.completed", str(job.id))
    assert payload.metadata == {"order": 7}
    assert json.loads(body)["id"] == payload.id
    moment, own = headers["webhook-timestamp"], headers["x-dalston-signature"]
    standard = (headers["webhook-signature"], moment, sandbox.webhook_secret)
    assert verify_webhook_signature(body, *standard, msg_id=headers["webhook-id"])
    assert verify_webhook_signature(body, own, moment, sandbox.webhook_secret)
