"""How the jobs of this API live, as data: settings, steps, statuses, models and their parameters.

Written from ``x-job`` and ``x-client`` in the spec. `redenlab.core` runs what is described here.
"""

from typing import Final

from redenlab.core.spec.grammar import (
    Result,
    XJob,
)
from redenlab.core.spec.job_spec import JobSpec, Parameter
from redenlab.core.spec.profile import Key, Profile
from redenlab.core.spec.steps import (
    Interval,
    Polling,
    Start,
    Step,
)

KEY: Final = Key(name="Authorization", prefix="Bearer", optional=True)
"""Where the key stands in a request."""

PROFILE: Final = Profile(
    variables={
        "api_key": ("ARTIFICER_API_KEY",),
        "base_url": ("ARTIFICER_BASE_URL",),
        "model_name": ("ARTIFICER_MODEL",),
        "timeout": ("ARTIFICER_TIMEOUT",),
        "http_timeout": ("ARTIFICER_HTTP_TIMEOUT",),
        "max_retries": ("ARTIFICER_MAX_RETRIES",),
        "poll_initial": ("ARTIFICER_POLL_INITIAL",),
        "poll_factor": ("ARTIFICER_POLL_FACTOR",),
        "poll_max": ("ARTIFICER_POLL_MAX",),
        "strict": ("ARTIFICER_STRICT",),
        "send_filenames": ("ARTIFICER_SEND_FILENAMES",),
        "transport": ("ARTIFICER_TRANSPORT", "REDENLAB_TRANSPORT"),
    },
    file=".artificer/config.yaml",
    defaults={"base_url": "http://localhost:3001", "timeout": 3600.0, "http_timeout": 30.0},
    retry={"initial": 1, "max_delay": 60, "jitter": 0.5},
)
"""Where settings come from when they are no arguments."""

RUN_BATCH: Final = JobSpec(
    service="artificer",
    submit="batch.create",
    x_job=XJob(
        version=2,
        name="run_batch",
        idempotency="never",
        id="$response.body#/id",
        poll=Polling(
            operation="batch.get",
            parameters={"jobId": "$job.id"},
            status="$response.body#/status",
            interval=Interval(initial=2),
            error="$response.body#/error",
            progress={
                "done": "$response.body#/completedItems",
                "failed": "$response.body#/failedItems",
                "total": "$response.body#/totalItems",
            },
        ),
        result=Result(
            operation="batch.get_results",
            parameters={"jobId": "$job.id"},
            name="Batch",
            type="BatchJobResults",
        ),
        start=Start(
            operation="batch.start",
            parameters={"jobId": "$job.id"},
            unless="$request.body#/options/autoStart != false",
        ),
        cancel=Step(operation="batch.cancel", parameters={"jobId": "$job.id"}),
        pause=Step(operation="batch.pause", parameters={"jobId": "$job.id"}),
        resume=Step(operation="batch.resume", parameters={"jobId": "$job.id"}),
        delete=Step(operation="batch.delete", parameters={"jobId": "$job.id"}),
        lost='look for it by its name: client.batch.list(status="PENDING")',
    ),
    states={
        "PENDING": "unsubmitted",
        "RUNNING": "running",
        "PAUSED": "running",
        "COMPLETED": "succeeded",
        "FAILED": "failed",
        "CANCELLED": "cancelled",
    },
    envelope="BatchJob",
    parameters={
        "name": Parameter(
            required=True, schema={"type": "string", "minLength": 1, "maxLength": 200}
        ),
        "items": Parameter(
            required=True,
            schema={
                "type": "array",
                "items": {"$ref": "#/components/schemas/BatchItem"},
                "minItems": 1,
                "maxItems": 10000,
            },
        ),
        "phases": Parameter(
            required=True,
            schema={
                "type": "array",
                "items": {"$ref": "#/components/schemas/PhaseConfig"},
                "minItems": 1,
                "maxItems": 10,
            },
        ),
        "projectId": Parameter(schema={"type": "string"}),
        "options": Parameter(schema={"$ref": "#/components/schemas/BatchOptions"}),
    },
    definitions={
        "#/components/schemas/BatchItem": {
            "type": "object",
            "required": ["input"],
            "properties": {
                "input": {"type": "string", "minLength": 1, "maxLength": 100000},
                "metadata": {"type": "object"},
            },
        },
        "#/components/schemas/PhaseConfig": {
            "type": "object",
            "required": ["name"],
            "properties": {
                "name": {"type": "string", "minLength": 1},
                "taskType": {"type": "string"},
                "model": {"type": "string"},
                "useRAG": {"type": "boolean"},
                "validation": {"$ref": "#/components/schemas/ValidationConfig"},
            },
        },
        "#/components/schemas/ValidationConfig": {
            "type": "object",
            "required": ["enabled"],
            "properties": {
                "enabled": {"type": "boolean"},
                "minScore": {"type": "number", "minimum": 0, "maximum": 10},
                "maxRetries": {"type": "integer", "minimum": 0},
            },
        },
        "#/components/schemas/BatchOptions": {
            "type": "object",
            "properties": {
                "concurrency": {"type": "integer", "minimum": 1, "maximum": 50},
                "checkpointFrequency": {"type": "integer", "minimum": 1, "maximum": 100},
                "autoStart": {"type": "boolean"},
            },
        },
    },
)
