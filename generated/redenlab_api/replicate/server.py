"""What the embedded backend accepts and answers, validated by pydantic."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, RootModel


class Status(
    RootModel[Literal["starting", "processing", "succeeded", "failed", "canceled", "aborted"]]
):
    root: Annotated[
        Literal["starting", "processing", "succeeded", "failed", "canceled", "aborted"],
        Field(
            description="The statuses known today. Answers carry a plain string, because the service adds statuses: an unknown one counts as still running. `aborted` came in October 2025."
        ),
    ]


class WebhookEvent(RootModel[Literal["start", "output", "logs", "completed"]]):
    root: Annotated[
        Literal["start", "output", "logs", "completed"],
        Field(
            description="What a webhook can be told of; `output` and `logs` at most twice a second."
        ),
    ]


class PredictionRequest(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    input: Annotated[
        dict[str, Any],
        Field(description="What the model is given, by the model's own names."),
    ]
    webhook: Annotated[
        str | None, Field(description="https address that is told of the prediction.")
    ] = None
    webhook_events_filter: Annotated[
        list[WebhookEvent] | None,
        Field(description="Which events it is told; `output` and `completed` if nothing is said."),
    ] = None
    stream: Annotated[
        bool | None,
        Field(description="Deprecated; where a model can stream it always offers to."),
    ] = None


class VersionPredictionRequest(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    input: Annotated[
        dict[str, Any],
        Field(description="What the model is given, by the model's own names."),
    ]
    webhook: Annotated[
        str | None, Field(description="https address that is told of the prediction.")
    ] = None
    webhook_events_filter: Annotated[
        list[WebhookEvent] | None,
        Field(description="Which events it is told; `output` and `completed` if nothing is said."),
    ] = None
    stream: Annotated[
        bool | None,
        Field(description="Deprecated; where a model can stream it always offers to."),
    ] = None
    version: Annotated[
        str,
        Field(
            description="An official model as `owner/name`, a version as `owner/name:id`, or its id alone."
        ),
    ]


class TrainingRequest(BaseModel):
    model_config = ConfigDict(
        extra="forbid",
    )
    destination: Annotated[
        str,
        Field(description="A model of yours, `owner/name`, that gets the new version."),
    ]
    input: Annotated[
        dict[str, Any],
        Field(description="What the trainer is given, by the model's own names."),
    ]
    webhook: Annotated[
        str | None, Field(description="https address that is told of the training.")
    ] = None
    webhook_events_filter: Annotated[
        list[WebhookEvent] | None,
        Field(description="Which events it is told; `output` and `completed` if nothing is said."),
    ] = None


class Metrics(BaseModel):
    """
    Measures of a run; models add their own.
    """

    predict_time: Annotated[float | None, Field(description="Seconds that the model ran.")] = None
    total_time: Annotated[float | None, Field(description="Seconds from creation to end.")] = None


class PredictionUrls(BaseModel):
    get: str | None = None
    cancel: str | None = None
    web: str | None = None
    stream: Annotated[
        str | None,
        Field(description="Server-sent events; only where the model streams."),
    ] = None


class TrainingOutput(BaseModel):
    version: Annotated[str | None, Field(description="`owner/name:id` of the new version.")] = None
    weights: Annotated[str | None, Field(description="Address of the weights.")] = None


class Checksums(BaseModel):
    sha256: str | None = None
    md5: str | None = None


class FileUrls(BaseModel):
    get: Annotated[str | None, Field(description="What stands for the file in an input.")] = None


class FileRequest(BaseModel):
    content: Annotated[bytes, Field(description="The file, 100 MB at most.")]
    metadata: Annotated[
        dict[str, Any] | None, Field(description="Anything to be kept beside it.")
    ] = None
    type: Annotated[str | None, Field(description="Its content type.")] = None
    filename: Annotated[str | None, Field(description="Its name.", max_length=255)] = None


class ModelRequest(BaseModel):
    owner: str
    name: str
    visibility: Annotated[str, Field(description="`public` or `private`.")]
    hardware: Annotated[str, Field(description="The `sku` of a hardware.")]
    description: str | None = None
    github_url: str | None = None
    paper_url: str | None = None
    license_url: str | None = None
    cover_image_url: str | None = None


class ModelUpdate(BaseModel):
    description: str | None = None
    readme: Annotated[str | None, Field(description="Markdown.")] = None
    github_url: str | None = None
    paper_url: str | None = None
    weights_url: str | None = None
    license_url: str | None = None


class Version(BaseModel):
    id: str
    created_at: AwareDatetime | None = None
    cog_version: str | None = None
    openapi_schema: Annotated[
        dict[str, Any] | None,
        Field(description="Its inputs and output, below `components.schemas`."),
    ] = None


class Configuration(BaseModel):
    hardware: str | None = None
    min_instances: int | None = None
    max_instances: int | None = None


class DeploymentRequest(BaseModel):
    name: str
    model: Annotated[str, Field(description="`owner/name`.")]
    version: Annotated[str, Field(description="Id of a version of it.")]
    hardware: Annotated[str, Field(description="The `sku` of a hardware.")]
    min_instances: Annotated[int, Field(ge=0, le=5)]
    max_instances: Annotated[int, Field(ge=0, le=20)]


class DeploymentUpdate(BaseModel):
    version: Annotated[str | None, Field(description="Id of a version of its model.")] = None
    hardware: Annotated[str | None, Field(description="The `sku` of a hardware.")] = None
    min_instances: Annotated[int | None, Field(ge=0, le=5)] = None
    max_instances: Annotated[int | None, Field(ge=0, le=20)] = None


class Account(BaseModel):
    type: Annotated[str, Field(description="`organization` or `user`.")]
    username: str
    name: str | None = None
    avatar_url: str | None = None
    github_url: str | None = None


class CollectionItem(BaseModel):
    name: str | None = None
    slug: str
    description: str | None = None


class Hardware(BaseModel):
    name: str | None = None
    sku: str


class FoundMetadata(BaseModel):
    generated_description: str | None = None
    tags: list[str] | None = None
    score: float | None = None


class FoundPage(BaseModel):
    name: str | None = None
    href: str | None = None


class WebhookSecret(BaseModel):
    key: Annotated[str, Field(description="Begins with `whsec_`; a secret.")]


class Problem(BaseModel):
    """
    An error (RFC 9457); any part may be missing.
    """

    type: str | None = None
    title: str | None = None
    status: int | None = None
    detail: str | None = None
    instance: str | None = None
    retry_after: Annotated[int | None, Field(description="Seconds.")] = None
    invalid_fields: Annotated[
        list[dict[str, Any]] | None,
        Field(description="Objects with `type`, `field` and `description`."),
    ] = None


class CollectionPage(BaseModel):
    next: str | None = None
    previous: str | None = None
    results: list[CollectionItem] | None = None


class VersionPage(BaseModel):
    next: str | None = None
    previous: str | None = None
    results: list[Version] | None = None


class Prediction(BaseModel):
    """
    A run of a model.
    """

    id: str
    model: Annotated[str | None, Field(description="`owner/name`; may be an internal model.")] = (
        None
    )
    version: Annotated[str | None, Field(description="An id, or `hidden` for official models.")] = (
        None
    )
    status: Annotated[
        str,
        Field(description="One of `Status`, or a word that is newer than this file."),
    ]
    input: dict[str, Any] | None = None
    output: Annotated[
        Any | None,
        Field(
            description="Whatever the model answers; may be there before the end, and not count."
        ),
    ] = None
    error: Annotated[str | None, Field(description="Why it failed.")] = None
    logs: str | None = None
    data_removed: Annotated[
        bool | None, Field(description="Whether input and output were deleted since.")
    ] = None
    metrics: Metrics | None = None
    urls: PredictionUrls | None = None
    source: Annotated[str | None, Field(description="`api` or `web`.")] = None
    deployment: str | None = None
    created_at: AwareDatetime | None = None
    started_at: AwareDatetime | None = None
    completed_at: AwareDatetime | None = None
    deadline: Annotated[AwareDatetime | None, Field(description="When it will be stopped.")] = None


class Training(BaseModel):
    """
    A run that makes a new version.
    """

    id: str
    model: str | None = None
    version: str | None = None
    status: Annotated[
        str,
        Field(description="One of `Status`, or a word that is newer than this file."),
    ]
    input: dict[str, Any] | None = None
    output: TrainingOutput | None = None
    error: Annotated[str | None, Field(description="Why it failed.")] = None
    logs: str | None = None
    data_removed: bool | None = None
    metrics: Metrics | None = None
    urls: PredictionUrls | None = None
    source: str | None = None
    created_at: AwareDatetime | None = None
    started_at: AwareDatetime | None = None
    completed_at: AwareDatetime | None = None
    deadline: AwareDatetime | None = None


class StoredFile(BaseModel):
    id: str
    name: str | None = None
    content_type: str | None = None
    size: Annotated[int | None, Field(description="Bytes.")] = None
    etag: str | None = None
    checksums: Checksums | None = None
    metadata: dict[str, Any] | None = None
    created_at: AwareDatetime | None = None
    expires_at: AwareDatetime | None = None
    urls: FileUrls | None = None


class Model(BaseModel):
    url: str | None = None
    owner: str | None = None
    name: str | None = None
    description: str | None = None
    visibility: Annotated[str | None, Field(description="`public` or `private`.")] = None
    is_official: Annotated[
        bool | None, Field(description="Whether it runs without naming a version.")
    ] = None
    github_url: str | None = None
    paper_url: str | None = None
    license_url: str | None = None
    cover_image_url: str | None = None
    run_count: int | None = None
    default_example: Prediction | None = None
    latest_version: Version | None = None


class Release(BaseModel):
    number: Annotated[int | None, Field(description="Goes up with every change.")] = None
    model: str | None = None
    version: str | None = None
    created_at: AwareDatetime | None = None
    created_by: Account | None = None
    configuration: Configuration | None = None


class Collection(BaseModel):
    name: str | None = None
    slug: str
    description: str | None = None
    full_description: Annotated[str | None, Field(description="Markdown.")] = None
    models: list[Model] | None = None


class FoundModel(BaseModel):
    model: Model | None = None
    metadata: FoundMetadata | None = None


class FilePage(BaseModel):
    next: str | None = None
    previous: str | None = None
    results: list[StoredFile] | None = None


class ModelPage(BaseModel):
    next: str | None = None
    previous: str | None = None
    results: list[Model] | None = None


class PredictionPage(BaseModel):
    next: str | None = None
    previous: str | None = None
    results: list[Prediction] | None = None


class TrainingPage(BaseModel):
    next: str | None = None
    previous: str | None = None
    results: list[Training] | None = None


class Deployment(BaseModel):
    owner: str | None = None
    name: str | None = None
    current_release: Release | None = None


class SearchResponse(BaseModel):
    query: str | None = None
    models: list[FoundModel] | None = None
    collections: list[CollectionItem] | None = None
    pages: list[FoundPage] | None = None


class DeploymentPage(BaseModel):
    next: str | None = None
    previous: str | None = None
    results: list[Deployment] | None = None
