"""How the jobs of this API live, as data: settings, steps, statuses, models and their parameters.

Written from ``x-job`` and ``x-client`` in the spec. `redenlab.core` runs what is described here.
"""

from typing import Final

from redenlab.core.spec.grammar import (
    Result,
    Segments,
    Submit,
    XJob,
)
from redenlab.core.spec.job_spec import JobSpec, Model, Parameter
from redenlab.core.spec.profile import Key, Profile, SignIn
from redenlab.core.spec.steps import (
    Grace,
    Health,
    Interval,
    Pending,
    Polling,
    UploadStep,
)

KEY: Final = Key(name="X-Api-Key")
"""Where the key stands in a request."""

PROFILE: Final = Profile(
    variables={
        "api_key": ("REDENLAB_ML_API_KEY",),
        "base_url": ("REDENLAB_ML_BASE_URL",),
        "model_name": ("REDENLAB_ML_MODEL",),
        "timeout": ("REDENLAB_ML_TIMEOUT",),
        "http_timeout": ("REDENLAB_ML_HTTP_TIMEOUT",),
        "max_retries": ("REDENLAB_ML_MAX_RETRIES",),
        "poll_initial": ("REDENLAB_ML_POLL_INITIAL",),
        "poll_factor": ("REDENLAB_ML_POLL_FACTOR",),
        "poll_max": ("REDENLAB_ML_POLL_MAX",),
        "strict": ("REDENLAB_ML_STRICT",),
        "send_filenames": ("REDENLAB_ML_SEND_FILENAMES",),
        "transport": ("REDENLAB_ML_TRANSPORT", "REDENLAB_TRANSPORT"),
        "client_id": ("REDENLAB_CLIENT_ID",),
        "client_secret": ("REDENLAB_CLIENT_SECRET",),
        "token_url": ("REDENLAB_ML_TOKEN_URL",),
        "discovery_url": ("REDENLAB_ML_DISCOVERY_URL",),
        "token_store": ("REDENLAB_ML_TOKEN_STORE",),
    },
    file=".redenlab-ml/config.yaml",
    defaults={"timeout": 3600.0, "http_timeout": 30.0, "model_name": "intelligibility"},
    sign_in=SignIn(
        discovery="https://d8eq7mphxcvfl.cloudfront.net/endpoint.json",
        hosts=(".amazonaws.com", ".amazoncognito.com"),
        scopes=(
            "ml-api/als-intelligibility-mtpa",
            "ml-api/als-intelligibility-eals",
            "ml-api/ataxia-intelligibility",
            "ml-api/als-naturalness-mtpa",
            "ml-api/als-naturalness-eals",
            "ml-api/ataxia-naturalness",
            "ml-api/speaker_counter",
            "ml-api/speaker_diarisation_workflow",
            "ml-api/transcribe",
            "ml-api/whisperx",
            "ml-api/sylber-time",
        ),
        login_scopes=("openid", "email"),
        callback="http://localhost:9999/callback",
        tokens=".redenlab-ml/credentials.yaml",
        cache=".redenlab-ml/discovery.yaml",
    ),
)
"""Where settings come from when they are no arguments."""

PREDICT: Final = JobSpec(
    service="ml",
    submit="predict",
    x_job=XJob(
        version=2,
        name="predict",
        idempotency="reconcile",
        id=("$response.body#/job_id", "$upload.job_id"),
        poll=Polling(
            operation="get_result",
            parameters={"job_id": "$job.id", "model": "$job.model"},
            status="$response.body#/status",
            interval=Interval(initial=5, factor=2, max=60),
            error="$response.body#/error",
            grace=Grace(statuses=(404,), seconds=30),
        ),
        result=Result(
            url="$poll.body#/result_url",
            key="none",
            value=(
                "$poll.body#/result",
                "$poll.body#/summary",
                {
                    "transcript": "$poll.body#/transcript",
                    "word_count": "$poll.body#/word_count",
                    "duration": "$poll.body#/duration",
                    "speaker_count": "$poll.body#/speaker_count",
                    "subtitle_urls": "$poll.body#/subtitle_urls",
                },
                "$response.body",
            ),
            name="Prediction",
            linked=("speaker_diarisation_workflow", "transcribe", "whisperx"),
        ),
        aliases={"get_job_status": "get_status"},
        model="$request.path.model_name",
        upload=(
            UploadStep(
                operation="create_upload_url",
                body={
                    "filename": "$file.name",
                    "content_type": "$file.content_type",
                    "parent_asset_id": "$file.parent",
                    "chunk_index": "$file.index",
                },
                keep={
                    "job_id": "$response.body#/job_id",
                    "file_key": "$response.body#/file_key",
                    "asset_id": "$response.body#/asset_id",
                },
            ),
            UploadStep(
                url="$response.body#/upload_url",
                method="PUT",
                key="none",
                headers={"Content-Type": "$file.content_type"},
                body="$file",
                expires_in="$response.body#/expires_in",
            ),
        ),
        asset="$upload.asset_id",
        submit=Submit(
            bind={
                "$request.body#/job_id": "$upload.job_id",
                "$request.body#/file_key": "$upload.file_key",
                "$request.body#/asset_id": "$upload.asset_id",
            },
            pending=Pending(statuses=(409,), waits=(2, 4, 8, 16)),
        ),
        health=Health(
            operation="get_health",
            parameters={"model_name": "$job.model"},
            status="$response.body#/status",
            ready="$response.body#/ready",
        ),
        segments=Segments(
            seconds=50,
            overlap=1,
            scores={
                "IntelligibilityResult": "intelligibility_score",
                "NaturalnessResult": "naturalness_score",
            },
        ),
    ),
    states={
        "upload_pending": "unsubmitted",
        "processing": "running",
        "submitted": "running",
        "completed": "succeeded",
        "failed": "failed",
    },
    envelope="JobResult",
    models={
        "intelligibility": Model(result="IntelligibilityResult"),
        "als-intelligibility-mtpa": Model(result="IntelligibilityResult"),
        "als-intelligibility-eals": Model(result="IntelligibilityResult"),
        "ataxia-intelligibility": Model(result="IntelligibilityResult"),
        "als-naturalness-mtpa": Model(result="NaturalnessResult"),
        "als-naturalness-eals": Model(result="NaturalnessResult"),
        "ataxia-naturalness": Model(result="NaturalnessResult"),
        "speaker_counter": Model(result="SpeakerCountResult"),
        "speaker_diarisation_workflow": Model(
            result="SpeakerDiarisationResult",
            schema="SpeakerDiarisationParameters",
            parameters={
                "num_speakers": Parameter(schema={"type": "integer", "minimum": 1, "maximum": 10})
            },
        ),
        "transcribe": Model(
            result="TranscribeResult",
            schema="TranscribeParameters",
            parameters={
                "language_code": Parameter(
                    required=True, schema={"type": "string", "minLength": 2}
                ),
                "max_speaker_count": Parameter(
                    required=True,
                    default=10,
                    schema={"type": "integer", "minimum": 2, "maximum": 10},
                ),
            },
        ),
        "whisperx": Model(
            result="WhisperxResult",
            schema="WhisperxParameters",
            parameters={
                "diarize": Parameter(required=True, default=False, schema={"type": "boolean"}),
                "batch_size": Parameter(
                    required=True, default=16, schema={"type": "integer", "minimum": 1}
                ),
            },
        ),
        "sylber-time": Model(result="SyllableTimingResult"),
    },
    free=True,
)
