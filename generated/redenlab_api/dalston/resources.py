"""Resources of this API: its operations as methods of a client, by the dots of their ids.

``models.versions.list`` is ``client.models.versions.list()``.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self, TypeVar, Unpack
from uuid import UUID

from redenlab.core import events as _events
from redenlab.core.calls import extras as _extras
from redenlab.core.clients import base as _base
from redenlab.core.clients import methods as _methods
from redenlab.core.clients import paging as _paging
from redenlab.core.clients import resources as _resources
from redenlab.core.files import sources as _sources
from redenlab.core.jobs import job_type as _job_type
from redenlab.core.spec import operations as _operations
from redenlab.core.spec import paging as _x_page

from . import models
from .api.models import get_model, list_engines, list_models
from .api.pii import list_pii_entity_types
from .api.realtime import (
    get_realtime_status,
    realtime_sessions_audio,
    realtime_sessions_delete,
    realtime_sessions_export,
    realtime_sessions_get,
    realtime_sessions_list,
    realtime_sessions_transcript,
)
from .api.server import health
from .api.tokens import create_session_token
from .api.transcriptions import (
    cancel,
    delete_audio,
    get_audio,
    get_redacted_audio,
    list_jobs,
    rename,
    transcriptions_create,
    transcriptions_export,
    transcriptions_get,
)

if TYPE_CHECKING:
    from .models import (
        AudioLink,
        CancelledJob,
        CreatedJob,
        DeletedSession,
        EngineList,
        EntityTypeList,
        HealthStatus,
        JobSummary,
        Model,
        ModelList,
        RealtimeStatus,
        Session,
        SessionToken,
        StoredTranscript,
        TranscriptionJob,
    )

C = TypeVar("C", bound=_base.Client, covariant=True)


class TranscriptionsResource(_methods.Resource[C]):
    """The `transcriptions` of the API."""

    @_methods.method
    def wait(
        self,
        transcription_job: TranscriptionJob | str,
        timeout: float | None = None,
        *,
        on_event: _events.Listener | None = None,
        **extra: Unpack[_extras.ExtraOptions],
    ) -> _methods.Call[TranscriptionJob]:
        """Wait for the end, good or bad.

        Args:
            transcription_job: What to wait for, or its id.
            timeout: Seconds; ``None`` takes the client's.
            on_event: Called with the event of each poll.
            extra: Headers and query parameters of the requests.

        Raises:
            JobTimeout: It still runs; waiting again is fine.
            APIError: Its status could not be fetched.
        """
        name = (
            transcription_job if isinstance(transcription_job, str) else str(transcription_job.id)
        )
        return _resources.waiting(
            self._client, "transcription", name, {"timeout": timeout, "on_event": on_event, **extra}
        )

    @_methods.method
    def create(
        self,
        *,
        file: _sources.Source | None = None,
        audio_url: str | None = None,
        name: str | None = None,
        model: str | None = None,
        model_diarize: str | None = None,
        model_align: str | None = None,
        model_pii_detect: str | None = None,
        language: str | None = None,
        vocabulary: Sequence[str] | None = None,
        speaker_detection: str | None = None,
        num_speakers: int | None = None,
        min_speakers: int | None = None,
        max_speakers: int | None = None,
        timestamps_granularity: str | None = None,
        pii_detection: bool | None = None,
        pii_entity_types: Sequence[str] | None = None,
        redact_pii_audio: bool | None = None,
        pii_redaction_mode: str | None = None,
        retention: int | None = None,
        lite_profile: str | None = None,
        webhook_url: str | None = None,
        webhook_metadata: Mapping[str, Any] | None = None,
        pii_detection_tier: str | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _methods.Call[TranscriptionJob | CreatedJob]:
        """Submit a recording, or the URL of one.

        A URL is fetched by the server before it answers, which may take five minutes. In lite mode
        without retention the answer is the whole job, which has ended.

        Args:
            file: The recording, 10 hours at most, in any container that the server can decode.
            audio_url: URL of the recording instead: https, presigned, or a share link of Google Drive or
                Dropbox, which the server turns into a direct one.
            name: Display name, cut to 255 characters; the name of the file if left out.
            model: Id of a model or an engine; `auto`, the default, leaves the choice to the server.
            model_diarize: Model that tells speakers apart; the server chooses one if left out.
            model_align: Model that times words; the server chooses one if left out.
            model_pii_detect: Model that finds personal data; the server chooses one if left out.
            language: Code of the language, such as `en`; `auto`, the default, detects it.
            vocabulary: Words that are likely to occur; sent as JSON text.
            speaker_detection: `none` (the default), `diarize`, or `per_channel`, which needs more than one
                channel.
            num_speakers: How many speakers there are, where that is known.
            min_speakers: Least number of speakers.
            max_speakers: Greatest number of speakers.
            timestamps_granularity: What has times: `none`, `segment`, or `word` (the default).
            pii_detection: Whether to look for personal data, after the transcription; false if left out.
            pii_entity_types: Kinds of personal data to look for, sent as JSON text; left out, those of the
                server.
            redact_pii_audio: Whether to make a recording without personal data, which needs `pii_detection`;
                false if left out.
            pii_redaction_mode: What takes the place of personal data: `silence` (the default) or `beep`.
            retention: Days for which the job is kept; 0 keeps nothing, -1 for ever. Left out, as the
                server is set up.
            lite_profile: `core` (the default), `speaker` or `compliance`; counts in lite mode alone.
            webhook_url: URL that is told of the end. Servers before 2026-02 have it; later ones ignore it,
                and know registered webhooks alone.
            webhook_metadata: Sent along to `webhook_url`, as JSON of 16 KB at most; ignored where that is.
            pii_detection_tier: `fast`, `standard` or `thorough`. Servers before 2026-02 have it; later ones ignore
                it.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            transcriptions_create, _job_type.reader(models, "TranscriptionRequest")
        )
        return _resources.begun(
            self._client,
            "transcriptions.create",
            call,
            operation,
            {},
            {
                "file": file,
                "audio_url": audio_url,
                "name": name,
                "model": model,
                "model_diarize": model_diarize,
                "model_align": model_align,
                "model_pii_detect": model_pii_detect,
                "language": language,
                "vocabulary": vocabulary,
                "speaker_detection": speaker_detection,
                "num_speakers": num_speakers,
                "min_speakers": min_speakers,
                "max_speakers": max_speakers,
                "timestamps_granularity": timestamps_granularity,
                "pii_detection": pii_detection,
                "pii_entity_types": pii_entity_types,
                "redact_pii_audio": redact_pii_audio,
                "pii_redaction_mode": pii_redaction_mode,
                "retention": retention,
                "lite_profile": lite_profile,
                "webhook_url": webhook_url,
                "webhook_metadata": webhook_metadata,
                "pii_detection_tier": pii_detection_tier,
            },
            files=["file"],
        )

    @_methods.method
    def get(
        self, job_id: str | UUID, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[TranscriptionJob]:
        """Look at a job.

        Args:
            job_id: UUID of the job, from the answer to its submit.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(transcriptions_get)
        return _resources.begun(
            self._client,
            "transcriptions.get",
            call,
            operation,
            {
                "job_id": job_id,
            },
        )

    @_methods.method
    def export(
        self,
        job_id: str | UUID,
        format_: str,
        *,
        include_speakers: bool | None = None,
        max_line_length: int | None = None,
        max_lines: int | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _methods.Call[str]:
        """Fetch the transcript of a completed job as a text.

        Args:
            job_id: UUID of the job, from the answer to its submit.
            format_: `srt`, `vtt`, `txt`, or `json` for everything that is stored.
            include_speakers: Whether lines begin with the speaker, as far as speakers are known; true if left
                out.
            max_line_length: Characters of a subtitle line; 42 if left out.
            max_lines: Lines of a subtitle, after which it is cut with an ellipsis; 2 if left out.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(transcriptions_export)
        return _resources.begun(
            self._client,
            "transcriptions.export",
            call,
            operation,
            {
                "job_id": job_id,
                "format_": format_,
                "include_speakers": include_speakers,
                "max_line_length": max_line_length,
                "max_lines": max_lines,
            },
        )


class RealtimeSessionsResource(_methods.Resource[C]):
    """The `realtime_sessions` of the API."""

    @_methods.listing
    def list(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        status: str | None = None,
        since: datetime.datetime | None = None,
        until: datetime.datetime | None = None,
        sort: str | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _methods.Pages[Session]:
        """List realtime sessions.

        Args:
            limit: Entries of a page. Left out, 20 jobs or 50 sessions.
            cursor: The `cursor` of the page before; left out for the first one.
            status: Only sessions of this status, such as `completed`.
            since: Only sessions that were started at this moment or later.
            until: Only sessions that were started at this moment or earlier.
            sort: `started_desc` (newest first, the default) or `started_asc`.
            call: Of each page, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        paging = _paging.Paging(
            _operations.BoundOperation(realtime_sessions_list),
            "sessions",
            _x_page.XPage(
                items="$response.body#/sessions",
                cursor="$response.body#/cursor",
                parameter="cursor",
                more="$response.body#/has_more",
            ),
        )
        return _methods.Pages(
            paging,
            {
                "limit": limit,
                "cursor": cursor,
                "status": status,
                "since": since,
                "until": until,
                "sort": sort,
            },
            call,
        )

    @_methods.method
    def get(self, session_id: str, **call: Unpack[_base.RequestOptions]) -> _methods.Call[Session]:
        """Look at a realtime session.

        Args:
            session_id: UUID of the session, or its `sess_` and 16 hexadecimal digits.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(realtime_sessions_get)
        return _resources.begun(
            self._client,
            "realtime_sessions.get",
            call,
            operation,
            {
                "session_id": session_id,
            },
        )

    @_methods.method
    def delete(
        self, session_id: str, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[DeletedSession | None]:
        """Remove a realtime session that is not active.

        Args:
            session_id: UUID of the session, or its `sess_` and 16 hexadecimal digits.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(realtime_sessions_delete)
        return _resources.begun(
            self._client,
            "realtime_sessions.delete",
            call,
            operation,
            {
                "session_id": session_id,
            },
        )

    @_methods.method
    def transcript(
        self, session_id: str, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[StoredTranscript]:
        """Fetch the stored transcript of a realtime session.

        Args:
            session_id: UUID of the session, or its `sess_` and 16 hexadecimal digits.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(realtime_sessions_transcript)
        return _resources.begun(
            self._client,
            "realtime_sessions.transcript",
            call,
            operation,
            {
                "session_id": session_id,
            },
        )

    @_methods.method
    def audio(
        self, session_id: str, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[AudioLink]:
        """Make a link to the stored audio of a realtime session.

        Args:
            session_id: UUID of the session, or its `sess_` and 16 hexadecimal digits.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(realtime_sessions_audio)
        return _resources.begun(
            self._client,
            "realtime_sessions.audio",
            call,
            operation,
            {
                "session_id": session_id,
            },
        )

    @_methods.method
    def export(
        self,
        session_id: str,
        format_: str,
        *,
        include_speakers: bool | None = None,
        max_line_length: int | None = None,
        max_lines: int | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _methods.Call[str]:
        """Fetch the transcript of a realtime session as a text.

        Args:
            session_id: UUID of the session, or its `sess_` and 16 hexadecimal digits.
            format_: `srt`, `vtt`, `txt`, or `json` for everything that is stored.
            include_speakers: Whether lines begin with the speaker, as far as speakers are known; true if left
                out.
            max_line_length: Characters of a subtitle line; 42 if left out.
            max_lines: Lines of a subtitle, after which it is cut with an ellipsis; 2 if left out.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(realtime_sessions_export)
        return _resources.begun(
            self._client,
            "realtime_sessions.export",
            call,
            operation,
            {
                "session_id": session_id,
                "format_": format_,
                "include_speakers": include_speakers,
                "max_line_length": max_line_length,
                "max_lines": max_lines,
            },
        )


class Resources(_base.Client):
    """The resources of the API, as attributes of its client."""

    @property
    def transcriptions(self) -> TranscriptionsResource[Self]:
        """The `transcriptions` of the API."""
        return TranscriptionsResource(self)

    @property
    def realtime_sessions(self) -> RealtimeSessionsResource[Self]:
        """The `realtime_sessions` of the API."""
        return RealtimeSessionsResource(self)

    @_methods.method
    def health(self, **call: Unpack[_base.RequestOptions]) -> _methods.Call[HealthStatus]:
        """Tell whether the server is up.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(health)
        return _resources.begun(self, "health", call, operation, {})

    @_methods.listing
    def list_jobs(
        self,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        status: str | None = None,
        since: datetime.datetime | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _methods.Pages[JobSummary]:
        """List your jobs, newest first.

        Args:
            limit: Entries of a page. Left out, 20 jobs or 50 sessions.
            cursor: The `cursor` of the page before; left out for the first one.
            status: Only jobs of this status, such as `completed`.
            since: Only jobs that were created at this moment or later.
            call: Of each page, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        paging = _paging.Paging(
            _operations.BoundOperation(list_jobs),
            "jobs",
            _x_page.XPage(
                items="$response.body#/jobs",
                cursor="$response.body#/cursor",
                parameter="cursor",
                more="$response.body#/has_more",
            ),
        )
        return _methods.Pages(
            paging,
            {
                "limit": limit,
                "cursor": cursor,
                "status": status,
                "since": since,
            },
            call,
        )

    @_methods.method
    def rename(
        self, job_id: str | UUID, *, display_name: str, **call: Unpack[_base.CallOptions]
    ) -> _methods.Call[TranscriptionJob]:
        """Change the display name of a job.

        Args:
            job_id: UUID of the job, from the answer to its submit.
            display_name: The new name.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(rename, _job_type.reader(models, "JobUpdate"))
        return _resources.begun(
            self,
            "rename",
            call,
            operation,
            {
                "job_id": job_id,
            },
            {
                "display_name": display_name,
            },
        )

    @_methods.method
    def cancel(
        self, job_id: str | UUID, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[CancelledJob]:
        """Stop a job that is pending or running.

        A task that is at work ends first; until then the job is `cancelling`.

        Args:
            job_id: UUID of the job, from the answer to its submit.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(cancel)
        return _resources.begun(
            self,
            "cancel",
            call,
            operation,
            {
                "job_id": job_id,
            },
        )

    @_methods.method
    def get_audio(
        self, job_id: str | UUID, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[AudioLink]:
        """Make a link to the recording of a job that has ended.

        Args:
            job_id: UUID of the job, from the answer to its submit.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(get_audio)
        return _resources.begun(
            self,
            "get_audio",
            call,
            operation,
            {
                "job_id": job_id,
            },
        )

    @_methods.method
    def delete_audio(
        self, job_id: str | UUID, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[None]:
        """Remove the recording of a job that has ended, and keep its transcript.

        Args:
            job_id: UUID of the job, from the answer to its submit.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(delete_audio)
        return _resources.begun(
            self,
            "delete_audio",
            call,
            operation,
            {
                "job_id": job_id,
            },
        )

    @_methods.method
    def get_redacted_audio(
        self, job_id: str | UUID, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[AudioLink]:
        """Make a link to the recording without personal data.

        Args:
            job_id: UUID of the job, from the answer to its submit.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(get_redacted_audio)
        return _resources.begun(
            self,
            "get_redacted_audio",
            call,
            operation,
            {
                "job_id": job_id,
            },
        )

    @_methods.method
    def get_realtime_status(
        self, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[RealtimeStatus]:
        """Tell how many more realtime sessions there may be.

        The numbers lag behind by up to ten seconds.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(get_realtime_status)
        return _resources.begun(self, "get_realtime_status", call, operation, {})

    @_methods.method
    def list_models(
        self,
        *,
        engine_id: str | None = None,
        stage: str | None = None,
        status: str | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _methods.Call[ModelList]:
        """List the models that the server knows.

        Args:
            engine_id: Only models of this engine.
            stage: Only models for this stage, such as `transcribe`.
            status: Only models of this status, such as `ready`.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(list_models)
        return _resources.begun(
            self,
            "list_models",
            call,
            operation,
            {
                "engine_id": engine_id,
                "stage": stage,
                "status": status,
            },
        )

    @_methods.method
    def get_model(
        self, model_id: str, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[Model]:
        """Look at a model.

        Args:
            model_id: Its id, which may have slashes.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(get_model)
        return _resources.begun(
            self,
            "get_model",
            call,
            operation,
            {
                "model_id": model_id,
            },
        )

    @_methods.method
    def list_engines(self, **call: Unpack[_base.RequestOptions]) -> _methods.Call[EngineList]:
        """List the engines that run models.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(list_engines)
        return _resources.begun(self, "list_engines", call, operation, {})

    @_methods.method
    def create_session_token(
        self,
        *,
        ttl: int | None = None,
        scopes: Sequence[str] | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _methods.Call[SessionToken]:
        """Make a token for a browser, which works for some minutes.

        Args:
            ttl: Seconds for which it works; 600 if left out.
            scopes: What it may do; `realtime` if left out.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(
            create_session_token, _job_type.reader(models, "TokenRequest")
        )
        return _resources.begun(
            self,
            "create_session_token",
            call,
            operation,
            {},
            {
                "ttl": ttl,
                "scopes": scopes,
            },
        )

    @_methods.method
    def list_pii_entity_types(
        self,
        *,
        category: str | None = None,
        defaults_only: bool | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _methods.Call[EntityTypeList]:
        """List the kinds of personal data that can be found.

        Args:
            category: Only kinds of this category: `pii`, `pci` or `phi`.
            defaults_only: Whether to list only those that are looked for unless a job says otherwise.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(list_pii_entity_types)
        return _resources.begun(
            self,
            "list_pii_entity_types",
            call,
            operation,
            {
                "category": category,
                "defaults_only": defaults_only,
            },
        )
