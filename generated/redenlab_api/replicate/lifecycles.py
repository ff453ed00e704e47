"""How the jobs of this API live, as data: settings, steps, statuses, models and their parameters.

Written from ``x-job`` and ``x-client`` in the spec. `redenlab.core` runs what is described here.
"""

from collections.abc import Mapping
from typing import Final

from redenlab.core.spec.grammar import (
    InputFiles,
    ModelReference,
    ModelSchemas,
    Option,
    OutputStream,
    Resolution,
    Result,
    Submit,
    XJob,
)
from redenlab.core.spec.job_spec import JobSpec, Parameter
from redenlab.core.spec.profile import Key, Profile
from redenlab.core.spec.signatures import Signature
from redenlab.core.spec.steps import (
    Interval,
    Lookup,
    Polling,
    Step,
    UploadStep,
)

KEY: Final = Key(name="Authorization", prefix="Bearer")
"""Where the key stands in a request."""

PROFILE: Final = Profile(
    variables={
        "api_key": ("REPLICATE_API_KEY", "REPLICATE_API_TOKEN"),
        "base_url": ("REPLICATE_BASE_URL",),
        "model_name": ("REPLICATE_MODEL",),
        "timeout": ("REPLICATE_TIMEOUT",),
        "http_timeout": ("REPLICATE_HTTP_TIMEOUT",),
        "max_retries": ("REPLICATE_MAX_RETRIES",),
        "poll_initial": ("REPLICATE_POLL_INITIAL",),
        "poll_factor": ("REPLICATE_POLL_FACTOR",),
        "poll_max": ("REPLICATE_POLL_MAX",),
        "strict": ("REPLICATE_STRICT",),
        "send_filenames": ("REPLICATE_SEND_FILENAMES",),
        "transport": ("REPLICATE_TRANSPORT", "REDENLAB_TRANSPORT"),
    },
    file=".replicate/config.yaml",
    defaults={"base_url": "https://api.replicate.com/v1", "timeout": 1800.0, "http_timeout": 30.0},
    base_path="/v1",
    retry={"initial": 5, "factor": 3, "max_delay": 45, "jitter": 0, "wait_out_429": True},
)
"""Where settings come from when they are no arguments."""

SIGNATURES: Final[Mapping[str, Signature]] = {
    "prediction": Signature(
        header="webhook-signature",
        value="v1,{base64}",
        signed="{id}.{timestamp}.{body}",
        timestamp="webhook-timestamp",
        id="webhook-id",
    )
}
"""How webhooks are signed, by their names."""

SECRETS: Final[Mapping[str, Lookup]] = {
    "prediction": Lookup(url="/webhooks/default/secret", value="$response.body#/key")
}
"""How the secrets of webhooks are fetched, by the names of the webhooks."""

PREDICT: Final = JobSpec(
    service="replicate",
    submit="predictions.create",
    x_job=XJob(
        version=2,
        name="predict",
        idempotency="never",
        id="$response.body#/id",
        poll=Polling(
            operation="predictions.get",
            parameters={"prediction_id": "$job.id"},
            status="$response.body#/status",
            interval=Interval(initial=0.5, max=5),
            timeout=1800,
            error="$response.body#/error",
            progress="$response.body#/logs",
            logs="$response.body#/logs",
        ),
        result=Result(
            value="$response.body#/output",
            name="Predicted",
            files="any",
            hosts=("replicate.delivery", "replicate.com"),
            type="any",
        ),
        model=ModelReference(
            place="$request.body#/version",
            pattern="(?:(?P<model>[^/:\\s]+/[^/:\\s]+)(?::(?P<version>[^/:\\s]+))?|[0-9a-f]{64})",
            description="``owner/name``, ``owner/name:version``, or the 64 digits of a version.",
            resolve=Resolution(
                url="/models/{$model.model}",
                when="$statusCode == 422 && $response.body#/invalid_fields == null && $model.model != null && $model.version == null",
                value="$response.body#/latest_version/id",
            ),
            schemas=ModelSchemas(
                place="$request.body#/input",
                lookups=(
                    Lookup(
                        url="/models/{$model.model}/versions/{$model.version}",
                        value="$response.body#/openapi_schema/components/schemas",
                        when="$model.version != null",
                    ),
                    Lookup(
                        url="/models/{$model.model}",
                        value="$response.body#/latest_version/openapi_schema/components/schemas",
                        when="$model.model != null",
                    ),
                ),
                input="Input",
                output="Output",
                joined={"x-cog-array-display": "concatenate"},
            ),
        ),
        files=InputFiles(
            place="$request.body#/input",
            inline=190000,
            max=100000000,
            upload=(
                UploadStep(
                    operation="files.create",
                    body={
                        "content": "$file",
                        "filename": "$file.name",
                        "type": "$file.content_type",
                    },
                    keep={"url": "$response.body#/urls/get"},
                ),
            ),
            value="$upload.url",
        ),
        submit=Submit(
            options={
                "wait": Option(
                    place="$request.header.Prefer",
                    value="wait={$option}",
                    description="Seconds for which the service may hold its response back; `True` leaves it to the service.",
                    type="integer",
                    minimum=1,
                    maximum=60,
                    hold=True,
                    flag="wait",
                ),
                "cancel_after": Option(
                    place="$request.header.Cancel-After",
                    description="When the service stops it, counted from its creation: `90`, `5m`, `1h30m45s`; `True` for the deadline of the call.",
                    pattern="(?=\\d)(\\d+h)?(\\d+m)?(\\d+s?)?",
                    deadline=5,
                ),
            }
        ),
        stream=OutputStream(
            url="$response.body#/urls/stream",
            hosts=("replicate.com", "replicate.net"),
            output=("output",),
            done=("done",),
            failed=("error",),
            reason=("$response.body#/detail", "$response.body#/reason"),
        ),
        cancel=Step(operation="predictions.cancel", parameters={"prediction_id": "$job.id"}),
    ),
    states={
        "starting": "running",
        "processing": "running",
        "succeeded": "succeeded",
        "failed": "failed",
        "canceled": "cancelled",
        "aborted": "cancelled",
    },
    envelope="Prediction",
    parameters={
        "input": Parameter(required=True, schema={"type": "object"}),
        "webhook": Parameter(schema={"type": "string"}),
        "webhook_events_filter": Parameter(
            schema={"type": "array", "items": {"$ref": "#/components/schemas/WebhookEvent"}}
        ),
        "stream": Parameter(schema={"type": "boolean"}),
    },
    definitions={
        "#/components/schemas/WebhookEvent": {
            "type": "string",
            "enum": ["start", "output", "logs", "completed"],
        }
    },
)

RUN_DEPLOYMENT: Final = JobSpec(
    service="replicate",
    submit="deployments.predictions.create",
    x_job=XJob(
        version=2,
        name="run_deployment",
        idempotency="never",
        id="$response.body#/id",
        poll=Polling(
            operation="predictions.get",
            parameters={"prediction_id": "$job.id"},
            status="$response.body#/status",
            interval=Interval(initial=0.5, max=5),
            timeout=1800,
            error="$response.body#/error",
            progress="$response.body#/logs",
            logs="$response.body#/logs",
        ),
        result=Result(
            value="$response.body#/output",
            name="DeploymentPredicted",
            files="any",
            hosts=("replicate.delivery", "replicate.com"),
            type="any",
        ),
        files=InputFiles(
            place="$request.body#/input",
            inline=190000,
            max=100000000,
            upload=(
                UploadStep(
                    operation="files.create",
                    body={
                        "content": "$file",
                        "filename": "$file.name",
                        "type": "$file.content_type",
                    },
                    keep={"url": "$response.body#/urls/get"},
                ),
            ),
            value="$upload.url",
        ),
        submit=Submit(
            options={
                "wait": Option(
                    place="$request.header.Prefer",
                    value="wait={$option}",
                    description="Seconds for which the service may hold its response back; `True` leaves it to the service.",
                    type="integer",
                    minimum=1,
                    maximum=60,
                    hold=True,
                    flag="wait",
                ),
                "cancel_after": Option(
                    place="$request.header.Cancel-After",
                    description="When the service stops it, counted from its creation: `90`, `5m`, `1h30m45s`; `True` for the deadline of the call.",
                    pattern="(?=\\d)(\\d+h)?(\\d+m)?(\\d+s?)?",
                    deadline=5,
                ),
            }
        ),
        stream=OutputStream(
            url="$response.body#/urls/stream",
            hosts=("replicate.com", "replicate.net"),
            output=("output",),
            done=("done",),
            failed=("error",),
            reason=("$response.body#/detail", "$response.body#/reason"),
        ),
        cancel=Step(operation="predictions.cancel", parameters={"prediction_id": "$job.id"}),
    ),
    states={
        "starting": "running",
        "processing": "running",
        "succeeded": "succeeded",
        "failed": "failed",
        "canceled": "cancelled",
        "aborted": "cancelled",
    },
    envelope="Prediction",
    arguments={
        "deployment_owner": Parameter(required=True, schema={"type": "string"}),
        "deployment_name": Parameter(required=True, schema={"type": "string"}),
    },
    parameters={
        "input": Parameter(required=True, schema={"type": "object"}),
        "webhook": Parameter(schema={"type": "string"}),
        "webhook_events_filter": Parameter(
            schema={"type": "array", "items": {"$ref": "#/components/schemas/WebhookEvent"}}
        ),
        "stream": Parameter(schema={"type": "boolean"}),
    },
    definitions={
        "#/components/schemas/WebhookEvent": {
            "type": "string",
            "enum": ["start", "output", "logs", "completed"],
        }
    },
)

TRAIN: Final = JobSpec(
    service="replicate",
    submit="trainings.create",
    x_job=XJob(
        version=2,
        name="train",
        idempotency="never",
        id="$response.body#/id",
        poll=Polling(
            operation="trainings.get",
            parameters={"training_id": "$job.id"},
            status="$response.body#/status",
            interval=Interval(initial=5, max=60),
            timeout=21600,
            error="$response.body#/error",
            progress="$response.body#/logs",
            logs="$response.body#/logs",
        ),
        result=Result(value="$response.body#/output", name="Trained", type="TrainingOutput"),
        cancel=Step(operation="trainings.cancel", parameters={"training_id": "$job.id"}),
    ),
    states={
        "starting": "running",
        "processing": "running",
        "succeeded": "succeeded",
        "failed": "failed",
        "canceled": "cancelled",
        "aborted": "cancelled",
    },
    envelope="Training",
    arguments={
        "model_owner": Parameter(required=True, schema={"type": "string"}),
        "model_name": Parameter(required=True, schema={"type": "string"}),
        "version_id": Parameter(required=True, schema={"type": "string"}),
    },
    parameters={
        "destination": Parameter(required=True, schema={"type": "string"}),
        "input": Parameter(required=True, schema={"type": "object"}),
        "webhook": Parameter(schema={"type": "string"}),
        "webhook_events_filter": Parameter(
            schema={"type": "array", "items": {"$ref": "#/components/schemas/WebhookEvent"}}
        ),
    },
    definitions={
        "#/components/schemas/WebhookEvent": {
            "type": "string",
            "enum": ["start", "output", "logs", "completed"],
        }
    },
)
