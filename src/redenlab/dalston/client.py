"""The clients: the generated jobs and resources, with the methods of the design document.

Each method is written once, in `DalstonMethods`; it blocks in `Dalston`, and is awaited in
`AsyncDalston`. All others are generated: `cancel`, `list_jobs`, `rename`, `list_models`,
`realtime_sessions.list` and more.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar, TypeVar, Unpack
from uuid import UUID

from redenlab.core.auth.secret import Secret
from redenlab.core.calls.context import CallContext
from redenlab.core.clients import resources
from redenlab.core.clients.base import Options, RequestOptions, wrapped_key
from redenlab.core.clients.job_clients import JobMethods
from redenlab.core.clients.methods import Call, method
from redenlab.core.clients.options import refuse_unknown
from redenlab.core.errors import InputError
from redenlab.core.files.sources import Source
from redenlab.core.jobs.job_type import JobRef
from redenlab.core.jobs.poll import Poll
from redenlab.core.jobs.polling import get_status
from redenlab.core.jobs.snapshots import Snapshot
from redenlab.core.jobs.submission import JobRequest, submit
from redenlab.core.spec.operations import BoundOperation
from redenlab.core.spec.profile import Profile
from redenlab.core.transport.io import Workflow
from redenlab.dalston.enums import ExportFormat, JobStatus
from redenlab.dalston.realtime import AsyncRealtimeSession, RealtimeOptions, RealtimeSession
from redenlab.dalston.types import (
    ExportOptions,
    Job,
    RealtimeSessionInfo,
    RealtimeSessionList,
    TranscribeOptions,
    progress_of,
)
from redenlab.lowlevel import decoding
from redenlab_api.dalston import jobs, lifecycles, models
from redenlab_api.dalston.api.realtime import (
    realtime_sessions_delete,
    realtime_sessions_get,
    realtime_sessions_list,
)
from redenlab_api.dalston.api.transcriptions import transcriptions_export
from redenlab_api.dalston.jobs import TRANSCRIPTION, Transcribed, TranscribedStatus

OnProgress = Callable[[int, str | None], None]
"""Called with the completed percent, and the stage that runs."""

A = TypeVar("A")
B = TypeVar("B")


class DalstonMethods(JobMethods[TranscribedStatus, Transcribed[Any]]):
    """What the sync and the async client have beside what is generated."""

    profile: ClassVar[Profile] = replace(
        lifecycles.PROFILE, defaults={**lifecycles.PROFILE.defaults, "http_timeout": 120.0}
    )

    def __init__(
        self,
        base_url: str | None = None,
        api_key: str | Secret | None = None,
        timeout: float | None = None,
        **options: Unpack[Options],
    ) -> None:
        """Resolve the settings: argument, then environment, then file; nothing is sent.

        Args:
            base_url: https, or http of this machine; ``http://localhost:8000`` unless the
                settings say otherwise.
            api_key: ``dk_…``; ``None`` takes ``DALSTON_API_KEY``, if there is any.
            timeout: Seconds for one request; ``None`` are 120, unless the settings say otherwise.
                How long a call may take that waits is an argument of that call.
            options: See `redenlab.Options`.

        Raises:
            AuthenticationError: There is no usable credential.
            ConfigurationError: A setting is missing, malformed or unsafe.
        """
        key = wrapped_key(api_key, options)
        del api_key  # debuggers that show locals must not show it
        if timeout is not None:
            options["http_timeout"] = timeout
        super().__init__(api_key=key, base_url=base_url, **options)

    @method
    def transcribe(
        self,
        file: Source | None = None,
        audio_url: str | None = None,
        language: str = "auto",
        **options: Unpack[TranscribeOptions],
    ) -> Call[Job]:
        """Submit a recording, or the URL of one, and return the job without waiting for its end.

        Args:
            file: Path, bytes or binary file; it is streamed.
            audio_url: URL that the server fetches before it answers: https, presigned, or a share
                link of Google Drive or Dropbox.
            language: Code of the language; ``auto`` detects it.
            options: See `TranscribeOptions`.

        Returns:
            The job; completed already, where the server answers with its transcript.

        Raises:
            ValidationError: The recording or an argument is unusable.
            SubmitUncertain: It is unknown whether the job was started.
            DalstonError: See `redenlab.core.errors`.
        """
        if (file is None) == (audio_url is None):
            raise InputError("give either file or audio_url, and not both")
        given = {"audio_url": audio_url, "language": language, **options}
        context, request = self._begun("transcription.submit", (file, None), None, None, given)
        return context, _submitted(context, request)

    @method
    def get_job(self, job_id: UUID | str, **call: Unpack[RequestOptions]) -> Call[Job]:
        """Look at a job.

        Raises:
            NotFoundError: There is no such job.
        """
        context = self._call_context("get_job", call, RequestOptions)
        found = get_status(context, TRANSCRIPTION, JobRef(str(job_id), None))
        return context, _then(found, lambda snapshot: Job.of(snapshot.envelope))

    @method
    def wait_for_completion(
        self,
        job_id: UUID | str,
        poll_interval: float = 1.0,
        timeout: float | None = None,
        on_progress: OnProgress | None = None,
    ) -> Call[Job]:
        """Wait for the end of a job, and of its search for personal data.

        Args:
            job_id: From `transcribe`.
            poll_interval: Seconds between two polls.
            timeout: Seconds; ``None`` takes the client's setting ``timeout``, which is one hour.
            on_progress: Called after each poll, with percent and stage.

        Raises:
            DalstonError: The job failed or was cancelled; `JobFailed`, `JobCancelled`.
            TimeoutException: It still runs; the error has its `job`.
        """
        context = self.call_context("wait_for_completion", timeout)
        poll = Poll(initial=poll_interval, factor=1, max_interval=poll_interval)
        return context, self._waited(context, str(job_id), poll, on_progress)

    async def _waited(
        self, context: CallContext, job_id: str, poll: Poll, on_progress: OnProgress | None
    ) -> Job:
        def tell(found: Snapshot[models.TranscriptionJob]) -> None:
            if on_progress is not None:
                on_progress(*progress_of(found.envelope))

        client: Any = self
        handle = client.job(job_id)
        await handle.waited(context, poll, tell)
        return Job.of((await handle.ended(context)).envelope)

    @method
    def export(
        self,
        job_id: UUID | str,
        format: ExportFormat | str = ExportFormat.JSON,  # noqa: A002 - the service's name
        **options: Unpack[ExportOptions],
    ) -> Call[Any]:
        """The transcript of a completed job: a text, or a ``dict`` for JSON.

        Args:
            job_id: From `transcribe`.
            format: See `ExportFormat`.
            options: See `ExportOptions`.

        Raises:
            ValidationError: The job is not completed, or there is no such format.
        """
        refuse_unknown(options, ExportOptions)
        own = {k: v for k, v in options.items() if k not in RequestOptions.__annotations__}
        call: Any = {k: v for k, v in options.items() if k not in own}
        arguments = {"job_id": str(job_id), "format_": str(format), **own}
        operation = BoundOperation(transcriptions_export)
        context, text = resources.begun(self, "export", call, operation, arguments)
        return context, _then(text, json.loads if format == ExportFormat.JSON else str)

    @method
    def list_realtime_sessions(
        self,
        limit: int = 50,
        status: str | None = None,
        cursor: str | None = None,
        **call: Unpack[RequestOptions],
    ) -> Call[RealtimeSessionList]:
        """One page of realtime sessions, newest first; `realtime_sessions.list` has all of them.

        Args:
            limit: Of the page, 1 to 100.
            status: Only those of this `RealtimeSessionStatus`.
            cursor: Of the page before.
            call: See `redenlab.RequestOptions`.
        """
        arguments = {"limit": limit, "status": status, "cursor": cursor}
        operation = BoundOperation(realtime_sessions_list)
        context, page = resources.begun(self, "list_realtime_sessions", call, operation, arguments)
        return context, _then(page, _session_list)

    @method
    def get_realtime_session(
        self, session_id: str, **call: Unpack[RequestOptions]
    ) -> Call[RealtimeSessionInfo]:
        """Look at a realtime session, by its UUID or its ``sess_…``."""
        operation = BoundOperation(realtime_sessions_get)
        arguments = {"session_id": session_id}
        context, found = resources.begun(self, "get_realtime_session", call, operation, arguments)
        return context, _then(found, RealtimeSessionInfo.from_dict)

    @method
    def delete_realtime_session(
        self, session_id: str, **call: Unpack[RequestOptions]
    ) -> Call[bool]:
        """Remove a realtime session that is not active; returns ``True``.

        Raises:
            Conflict: It is active.
        """
        operation = BoundOperation(realtime_sessions_delete)
        arguments = {"session_id": session_id}
        context, done = resources.begun(self, "delete_realtime_session", call, operation, arguments)
        return context, _then(done, lambda _: True)


class Dalston(DalstonMethods, jobs.DalstonClient[models.TranscriptionJob]):
    """Transcribes on a Dalston server, for threads."""

    def realtime(self, **options: Unpack[RealtimeOptions]) -> RealtimeSession:
        """A realtime session with the settings of this client; nothing is sent.

        Args:
            options: See `RealtimeOptions`.

        Raises:
            ValidationError: An option is unusable.
        """
        return RealtimeSession.of(self, options)


class AsyncDalston(DalstonMethods, jobs.AsyncDalstonClient[models.TranscriptionJob]):
    """Transcribes on a Dalston server, for event loops; has the methods of `Dalston`."""

    def realtime(self, **options: Unpack[RealtimeOptions]) -> AsyncRealtimeSession:
        """A realtime session on asyncio; see `Dalston.realtime`."""
        return AsyncRealtimeSession.of(self, options)


async def _submitted(context: CallContext, request: JobRequest) -> Job:
    ref = await submit(context, TRANSCRIPTION, request)
    if ref.end is not None:
        return Job.of(ref.end.envelope)
    made = ref.kept.get("created_at")
    return Job(
        id=UUID(ref.job_id),
        status=JobStatus(ref.status),
        created_at=decoding.instant(made) if made else None,
        display_name=ref.kept.get("display_name"),
    )


async def _then(work: Workflow[A], convert: Callable[[A], B]) -> B:
    return convert(await work)


def _session_list(page: models.SessionList) -> RealtimeSessionList:
    sessions = [RealtimeSessionInfo.from_dict(each) for each in page.sessions]
    return RealtimeSessionList(sessions, page.cursor, page.has_more or False)
