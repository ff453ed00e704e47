"""How the jobs of this API live, as data: settings, steps, statuses, models and their parameters.

Written from ``x-job`` and ``x-client`` in the spec. `redenlab.core` runs what is described here.
"""

from typing import Final

from redenlab.core.spec.grammar import (
    FileOrUrl,
    Result,
    StateRule,
    Submit,
    XJob,
)
from redenlab.core.spec.job_spec import JobSpec, Parameter
from redenlab.core.spec.profile import Key, Profile
from redenlab.core.spec.steps import (
    Interval,
    Polling,
    Step,
)

KEY: Final = Key(name="Authorization", prefix="Bearer", optional=True)
"""Where the key stands in a request."""

PROFILE: Final = Profile(
    variables={
        "api_key": ("DALSTON_API_KEY",),
        "base_url": ("DALSTON_BASE_URL",),
        "model_name": ("DALSTON_MODEL",),
        "timeout": ("DALSTON_TIMEOUT",),
        "http_timeout": ("DALSTON_HTTP_TIMEOUT",),
        "max_retries": ("DALSTON_MAX_RETRIES",),
        "poll_initial": ("DALSTON_POLL_INITIAL",),
        "poll_factor": ("DALSTON_POLL_FACTOR",),
        "poll_max": ("DALSTON_POLL_MAX",),
        "strict": ("DALSTON_STRICT",),
        "send_filenames": ("DALSTON_SEND_FILENAMES",),
        "transport": ("DALSTON_TRANSPORT", "REDENLAB_TRANSPORT"),
    },
    file=".dalston/config.yaml",
    defaults={"base_url": "http://localhost:8000", "timeout": 3600.0, "http_timeout": 30.0},
)
"""Where settings come from when they are no arguments."""

TRANSCRIPTION: Final = JobSpec(
    service="dalston",
    submit="transcriptions.create",
    x_job=XJob(
        version=2,
        name="transcription",
        idempotency="never",
        id="$response.body#/id",
        poll=Polling(
            operation="transcriptions.get",
            parameters={"job_id": "$job.id"},
            status="$response.body#/status",
            interval=Interval(max=10),
            error="$response.body#/error",
            progress={
                "progress": "$response.body#/progress",
                "current_stage": "$response.body#/current_stage",
                "stages": "$response.body#/stages",
            },
        ),
        result=Result(name="Transcribed", type="TranscriptionJob"),
        file=FileOrUrl(instead="$request.body#/audio_url"),
        submit=Submit(bind={"$request.body#/file": "$file"}, inline="$statusCode == 200"),
        keep={
            "created_at": "$response.body#/created_at",
            "display_name": "$response.body#/display_name",
        },
        states=(
            StateRule(
                when="$response.body#/status == completed && ($response.body#/stages/*/status == pending || $response.body#/stages/*/status == ready || $response.body#/stages/*/status == running)",
                state="running",
            ),
            StateRule(
                when="$response.body#/status == completed && $response.body#/pii/enabled == true && $response.body#/stages/0/stage != null && !($response.body#/stages/*/stage == pii_detect) && $response.body#/redacted_text == null",
                state="running",
            ),
        ),
        cancel=Step(operation="cancel", parameters={"job_id": "$job.id"}),
        delete=Step(operation="delete", parameters={"job_id": "$job.id"}),
    ),
    states={
        "pending": "running",
        "running": "running",
        "cancelling": "running",
        "completed": "succeeded",
        "failed": "failed",
        "cancelled": "cancelled",
    },
    envelope="TranscriptionJob",
    parameters={
        "audio_url": Parameter(schema={"type": "string"}),
        "name": Parameter(schema={"type": "string"}),
        "model": Parameter(schema={"type": "string"}),
        "model_diarize": Parameter(schema={"type": "string"}),
        "model_align": Parameter(schema={"type": "string"}),
        "model_pii_detect": Parameter(schema={"type": "string"}),
        "language": Parameter(schema={"type": "string"}),
        "vocabulary": Parameter(
            schema={"type": "array", "items": {"type": "string"}, "maxItems": 100}
        ),
        "speaker_detection": Parameter(schema={"type": "string"}),
        "num_speakers": Parameter(schema={"type": "integer", "minimum": 1, "maximum": 32}),
        "min_speakers": Parameter(schema={"type": "integer", "minimum": 1, "maximum": 32}),
        "max_speakers": Parameter(schema={"type": "integer", "minimum": 1, "maximum": 32}),
        "timestamps_granularity": Parameter(schema={"type": "string"}),
        "pii_detection": Parameter(schema={"type": "boolean"}),
        "pii_entity_types": Parameter(schema={"type": "array", "items": {"type": "string"}}),
        "redact_pii_audio": Parameter(schema={"type": "boolean"}),
        "pii_redaction_mode": Parameter(schema={"type": "string"}),
        "retention": Parameter(schema={"type": "integer", "minimum": -1, "maximum": 3650}),
        "lite_profile": Parameter(schema={"type": "string"}),
        "webhook_url": Parameter(schema={"type": "string"}),
        "webhook_metadata": Parameter(schema={"type": "object"}),
        "pii_detection_tier": Parameter(schema={"type": "string"}),
    },
)
