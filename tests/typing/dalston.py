"""Types that callers of the Dalston backend rely on. Never run, only checked."""

from typing import Any, assert_type
from uuid import UUID

from redenlab.core.clients.paging import AsyncListing, Listing
from redenlab.core.jobs import handles
from redenlab.dalston import (
    AsyncDalston,
    AsyncRealtimeSession,
    Dalston,
    HealthStatus,
    Job,
    JobStatus,
    RealtimeMessage,
    RealtimeSession,
    RealtimeSessionInfo,
    RealtimeSessionList,
    RealtimeStatus,
    Reconnect,
    SessionBegin,
    SessionEnd,
    SpeakerDetection,
    Transcript,
    TranscriptFinal,
    verify_webhook_signature,
)
from redenlab_api.dalston.jobs import Transcribed
from redenlab_api.dalston.models import AudioLink, CancelledJob, JobSummary, TranscriptionJob


def blocking(client: Dalston) -> None:
    """Methods of the design document return its types."""
    job = client.transcribe("call.wav", speaker_detection=SpeakerDetection.NONE, retention=0)
    assert_type(job, Job)
    assert_type(job.id, UUID)
    assert_type(job.status, JobStatus)
    assert_type(job.transcript, Transcript | None)
    assert_type(client.wait_for_completion(job.id, on_progress=print), Job)
    assert_type(client.cancel(job.id), CancelledJob)
    assert_type(client.delete("id"), None)
    assert_type(client.export(job.id, "srt", max_lines=3), Any)
    assert_type(client.list_jobs(limit=5), Listing[JobSummary])
    assert_type(client.get_audio(job.id), AudioLink)
    assert_type(client.health(), HealthStatus)
    assert_type(client.get_realtime_status(), RealtimeStatus)
    assert_type(client.get_realtime_session("sess"), RealtimeSessionInfo)
    assert_type(client.list_realtime_sessions(10, "active"), RealtimeSessionList)
    assert_type(client.delete_realtime_session("sess"), bool)
    assert_type(client.transcription("call.wav"), Transcribed[TranscriptionJob])
    assert_type(client.submit("call.wav"), handles.Job[Transcribed[TranscriptionJob]])
    assert_type(verify_webhook_signature(b"", "", "", "", msg_id=None), bool)


async def awaited(client: AsyncDalston) -> None:
    """The same, awaited."""
    assert_type(await client.transcribe(audio_url="https://a.example/call.wav"), Job)
    assert_type(await client.get_job("id"), Job)
    assert_type(await client.delete_realtime_session("sess"), bool)
    assert_type(client.list_jobs(), AsyncListing[JobSummary])


def in_threads(client: Dalston) -> None:
    """Realtime sessions, their options and their callbacks."""
    session = client.realtime(language="en", model=None, vocabulary=["a"], reconnect=Reconnect())
    assert_type(session, RealtimeSession)
    assert_type(session.connect(), SessionBegin)
    assert_type(session.close(), SessionEnd | None)
    assert_type(session.finals(), list[TranscriptFinal])
    assert_type(session.unsent, bytes)
    for message in session:
        assert_type(message, RealtimeMessage)

    @session.on_final
    def final(message: TranscriptFinal) -> str:
        return message.text

    assert_type(final(TranscriptFinal(text="a")), str)
    assert_type(session.configure(language="de", vad_threshold=0.5), None)


async def on_asyncio(client: AsyncDalston) -> None:
    """The same, awaited."""
    async with client.realtime() as session:
        assert_type(session, AsyncRealtimeSession)
        assert_type(await session.close(), SessionEnd | None)
        assert_type([message async for message in session], list[RealtimeMessage])
