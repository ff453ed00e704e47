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
    Step,
)

KEY: Final = Key(name="Authorization", prefix="Bearer")
"""Where the key stands in a request."""

PROFILE: Final = Profile(
    variables={
        "api_key": ("MODELRED_API_KEY",),
        "base_url": ("MODELRED_BASE_URL",),
        "model_name": ("MODELRED_MODEL",),
        "timeout": ("MODELRED_TIMEOUT",),
        "http_timeout": ("MODELRED_HTTP_TIMEOUT",),
        "max_retries": ("MODELRED_MAX_RETRIES",),
        "poll_initial": ("MODELRED_POLL_INITIAL",),
        "poll_factor": ("MODELRED_POLL_FACTOR",),
        "poll_max": ("MODELRED_POLL_MAX",),
        "strict": ("MODELRED_STRICT",),
        "send_filenames": ("MODELRED_SEND_FILENAMES",),
        "transport": ("MODELRED_TRANSPORT", "REDENLAB_TRANSPORT"),
    },
    file=".modelred/config.yaml",
    defaults={"base_url": "https://app.modelred.ai", "timeout": 3600.0, "http_timeout": 30.0},
)
"""Where settings come from when they are no arguments."""

ASSESS: Final = JobSpec(
    service="modelred",
    submit="assessments.create",
    x_job=XJob(
        version=2,
        name="assess",
        idempotency="never",
        id=("$response.body#/data/id", "$response.body#/data/assessment_id"),
        poll=Polling(
            operation="assessments.retrieve",
            parameters={"assessment_id": "$job.id"},
            status="$response.body#/data/status",
            interval=Interval(initial=10, factor=1, max=10),
            error="$response.body#/data/errorMessage",
            progress="$response.body#/data/progress",
        ),
        result=Result(
            value=("$response.body#/data/detailedReport", "$response.body#/data/report"),
            name="Assessed",
            type="Report",
        ),
        lost="look for it before you start another: client.assessments.find(model=…, test_types=…)",
    ),
    states={
        "queued": "running",
        "running": "running",
        "completed": "succeeded",
        "failed": "failed",
        "cancelled": "cancelled",
    },
    envelope="AssessmentAnswer",
    parameters={
        "model": Parameter(required=True, schema={"type": "string", "minLength": 1}),
        "testTypes": Parameter(
            required=True, schema={"type": "array", "minItems": 1, "items": {"type": "string"}}
        ),
        "priority": Parameter(schema={"$ref": "#/components/schemas/Priority"}),
    },
    definitions={
        "#/components/schemas/Priority": {
            "type": "string",
            "pattern": "^(low|normal|high|critical)$",
        }
    },
)

ASSESS_PACKS: Final = JobSpec(
    service="modelred",
    submit="assessments_v2.create",
    x_job=XJob(
        version=2,
        name="assess_packs",
        idempotency="never",
        id=("$response.body#/data/id", "$response.body#/data/assessment_id"),
        poll=Polling(
            operation="assessments_v2.retrieve",
            parameters={"assessment_id": "$job.id"},
            status="$response.body#/data/status",
            interval=Interval(initial=10, factor=1, max=10),
            error="$response.body#/data/errorMessage",
            progress="$response.body#/data/progress",
        ),
        result=Result(
            value=("$response.body#/data/detailedReport", "$response.body#/data/report"),
            name="PackAssessed",
            type="Report",
        ),
        cancel=Step(
            operation="assessments_v2.cancel",
            parameters={"assessment_id": "$job.id"},
            body={"action": "cancel"},
        ),
        lost="look for it before you start another: client.assessments_v2.find(model=…, probe_pack_ids=…)",
    ),
    states={
        "queued": "running",
        "running": "running",
        "completed": "succeeded",
        "failed": "failed",
        "cancelled": "cancelled",
    },
    envelope="AssessmentAnswer",
    parameters={
        "model": Parameter(schema={"type": "string"}),
        "modelId": Parameter(schema={"type": "string"}),
        "probePackIds": Parameter(
            required=True, schema={"type": "array", "minItems": 1, "items": {"type": "string"}}
        ),
        "priority": Parameter(schema={"$ref": "#/components/schemas/Priority"}),
    },
    definitions={
        "#/components/schemas/Priority": {
            "type": "string",
            "pattern": "^(low|normal|high|critical)$",
        }
    },
)
