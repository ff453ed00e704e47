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
    """
    What to run; the path says which model.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    input: Annotated[
        dict[str, Any],
        Field(description="What the model is given, by the model's own names."),
    ]
    webhook: Annotated[
        str | None,
        Field(description="https address that is told of the prediction; left out, none is."),
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
    """
    What to run, and which model.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    input: Annotated[
        dict[str, Any],
        Field(description="What the model is given, by the model's own names."),
    ]
    webhook: Annotated[
        str | None,
        Field(description="https address that is told of the prediction; left out, none is."),
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
    """
    What to train with; the path says which version of which model is the trainer.
    """

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
        str | None,
        Field(description="https address that is told of the training; left out, none is."),
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
    """
    Where a run can be looked at, followed and stopped.
    """

    get: Annotated[str | None, Field(description="Answers how it stands, by GET.")] = None
    cancel: Annotated[str | None, Field(description="Stops it, by POST.")] = None
    web: Annotated[str | None, Field(description="Its page on the website; not always sent.")] = (
        None
    )
    stream: Annotated[
        str | None,
        Field(description="Server-sent events; only where the model streams."),
    ] = None


class TrainingOutput(BaseModel):
    """
    What a training makes.
    """

    version: Annotated[str | None, Field(description="`owner/name:id` of the new version.")] = None
    weights: Annotated[str | None, Field(description="Address of the weights.")] = None


class Checksums(BaseModel):
    """
    Digests of the content of a file.
    """

    sha256: Annotated[str | None, Field(description="SHA-256, 64 hexadecimal digits.")] = None
    md5: Annotated[
        str | None,
        Field(description="MD5, by its name; not always sent, and its form is not documented."),
    ] = None


class FileUrls(BaseModel):
    """
    Addresses of a file.
    """

    get: Annotated[str | None, Field(description="What stands for the file in an input.")] = None


class FileRequest(BaseModel):
    """
    A file to be kept for 24 hours.
    """

    content: Annotated[bytes, Field(description="The file, 100 MB at most.")]
    metadata: Annotated[
        dict[str, Any] | None, Field(description="Anything to be kept beside it.")
    ] = None
    type: Annotated[
        str | None, Field(description="Media type of the content, such as `image/png`.")
    ] = None
    filename: Annotated[
        str | None,
        Field(description="What it is to be called; 255 bytes at most.", max_length=255),
    ] = None


class ModelRequest(BaseModel):
    """
    A model to be made; it has no version yet.
    """

    owner: Annotated[
        str, Field(description="User or organization: the first part of `owner/name`.")
    ]
    name: Annotated[str, Field(description="The second part of `owner/name`.")]
    visibility: Annotated[str, Field(description="`public` or `private`.")]
    hardware: Annotated[str, Field(description="The `sku` of a hardware.")]
    description: Annotated[str | None, Field(description="What it does.")] = None
    github_url: Annotated[str | None, Field(description="Address of its source code.")] = None
    paper_url: Annotated[str | None, Field(description="Address of an article about it.")] = None
    license_url: Annotated[str | None, Field(description="Address of its licence.")] = None
    cover_image_url: Annotated[
        str | None, Field(description="Address of the picture on its page.")
    ] = None


class ModelUpdate(BaseModel):
    """
    What to change of a model; what is left out stays as it is.
    """

    description: Annotated[str | None, Field(description="What it does.")] = None
    readme: Annotated[str | None, Field(description="Markdown.")] = None
    github_url: Annotated[str | None, Field(description="Address of its source code.")] = None
    paper_url: Annotated[str | None, Field(description="Address of an article about it.")] = None
    weights_url: Annotated[str | None, Field(description="Address of its weights.")] = None
    license_url: Annotated[str | None, Field(description="Address of its licence.")] = None


class Version(BaseModel):
    """
    A model as it was at one time; it does not change.
    """

    id: Annotated[str, Field(description="64 hexadecimal digits.")]
    created_at: Annotated[AwareDatetime | None, Field(description="When it was made, in UTC.")] = (
        None
    )
    cog_version: Annotated[
        str | None,
        Field(description="The Cog that it was built with, such as `0.8.6`."),
    ] = None
    openapi_schema: Annotated[
        dict[str, Any] | None,
        Field(description="Its inputs and output, below `components.schemas`."),
    ] = None


class Configuration(BaseModel):
    """
    On what a deployment runs, and how often at once.
    """

    hardware: Annotated[str | None, Field(description="The `sku` of a hardware.")] = None
    min_instances: Annotated[
        int | None, Field(description="Least number of instances, 0 to 5.")
    ] = None
    max_instances: Annotated[
        int | None, Field(description="Greatest number of instances, 0 to 20.")
    ] = None


class DeploymentRequest(BaseModel):
    """
    A deployment to be made.
    """

    name: Annotated[str, Field(description="The second part of its `owner/name`.")]
    model: Annotated[str, Field(description="`owner/name`.")]
    version: Annotated[str, Field(description="Id of a version of it.")]
    hardware: Annotated[str, Field(description="The `sku` of a hardware.")]
    min_instances: Annotated[int, Field(description="Least number of instances.", ge=0, le=5)]
    max_instances: Annotated[int, Field(description="Greatest number of instances.", ge=0, le=20)]


class DeploymentUpdate(BaseModel):
    """
    What to change of a deployment; what is left out stays as it is.
    """

    version: Annotated[str | None, Field(description="Id of a version of its model.")] = None
    hardware: Annotated[str | None, Field(description="The `sku` of a hardware.")] = None
    min_instances: Annotated[
        int | None, Field(description="Least number of instances.", ge=0, le=5)
    ] = None
    max_instances: Annotated[
        int | None, Field(description="Greatest number of instances.", ge=0, le=20)
    ] = None


class Account(BaseModel):
    """
    A user or an organization.
    """

    type: Annotated[str, Field(description="`organization` or `user`.")]
    username: Annotated[str, Field(description="The first part of `owner/name`.")]
    name: Annotated[str | None, Field(description="What people are shown.")] = None
    avatar_url: Annotated[str | None, Field(description="Address of a picture.")] = None
    github_url: Annotated[str | None, Field(description="Address of its page on GitHub.")] = None


class CollectionItem(BaseModel):
    """
    A collection without its models.
    """

    name: Annotated[str | None, Field(description="What people are shown.")] = None
    slug: Annotated[str, Field(description="The last part of its path, such as `text-to-image`.")]
    description: Annotated[str | None, Field(description="What its models are for.")] = None


class Hardware(BaseModel):
    """
    What a model can run on; new ones come.
    """

    name: Annotated[
        str | None, Field(description="What people are shown, such as `Nvidia T4 GPU`.")
    ] = None
    sku: Annotated[str, Field(description="What requests say, such as `gpu-t4`.")]


class FoundMetadata(BaseModel):
    """
    What the search knows of a model.
    """

    generated_description: Annotated[
        str | None,
        Field(description="What the model does, in words that a program wrote."),
    ] = None
    tags: Annotated[
        list[str] | None, Field(description="What the model is for, such as `image`.")
    ] = None
    score: Annotated[
        float | None,
        Field(description="How well the model fits; the range is not documented."),
    ] = None


class FoundPage(BaseModel):
    """
    A page of the website that fits what was searched for.
    """

    name: Annotated[str | None, Field(description="Its title.")] = None
    href: Annotated[
        str | None,
        Field(description="Its address, which may be a path alone, such as `/pricing`."),
    ] = None


class WebhookSecret(BaseModel):
    """
    What deliveries of webhooks are signed with.
    """

    key: Annotated[
        str,
        Field(description="`whsec_` and base64, whose bytes are the key of the HMAC; a secret."),
    ]


class Problem(BaseModel):
    """
    An error (RFC 9457); any part may be missing.
    """

    type: Annotated[str | None, Field(description="URI of the kind of problem.")] = None
    title: Annotated[str | None, Field(description="What kind of problem it is.")] = None
    status: Annotated[int | None, Field(description="The HTTP status once more.")] = None
    detail: Annotated[str | None, Field(description="What is wrong, and often what to do.")] = None
    instance: Annotated[str | None, Field(description="URI of this very problem.")] = None
    retry_after: Annotated[
        int | None, Field(description="Seconds to wait before the next request.")
    ] = None
    invalid_fields: Annotated[
        list[dict[str, Any]] | None,
        Field(description="Objects with `type`, `field` and `description`."),
    ] = None


class CollectionPage(BaseModel):
    """
    Some of the collections.
    """

    next: Annotated[
        str | None,
        Field(
            description="Address of the next page, to be followed as it is; null on the last one."
        ),
    ] = None
    previous: Annotated[
        str | None,
        Field(
            description="Address of the page before, to be followed as it is; null on the first one."
        ),
    ] = None
    results: Annotated[
        list[CollectionItem] | None,
        Field(description="Collections without their models."),
    ] = None


class VersionPage(BaseModel):
    """
    Some of the versions.
    """

    next: Annotated[
        str | None,
        Field(
            description="Address of the next page, to be followed as it is; null on the last one."
        ),
    ] = None
    previous: Annotated[
        str | None,
        Field(
            description="Address of the page before, to be followed as it is; null on the first one."
        ),
    ] = None
    results: Annotated[list[Version] | None, Field(description="The newest first.")] = None


class Prediction(BaseModel):
    """
    A run of a model. An hour after the end its input, output and logs are removed, if it came by the API.
    """

    id: Annotated[
        str,
        Field(
            description="26 lower-case letters and digits where seen.",
            examples=["rrr4z55ocneqzikepnug6xezpe"],
        ),
    ]
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
    input: Annotated[
        dict[str, Any] | None,
        Field(description="What the model was given; the order of its keys is not kept."),
    ] = None
    output: Annotated[
        Any | None,
        Field(
            description="Whatever the model answers; may be there before the end, and not count."
        ),
    ] = None
    error: Annotated[str | None, Field(description="Why it failed.")] = None
    logs: Annotated[
        str | None,
        Field(
            description="What the model has printed so far, with its progress; empty if nothing."
        ),
    ] = None
    data_removed: Annotated[
        bool | None, Field(description="Whether input and output were deleted since.")
    ] = None
    metrics: Annotated[
        Metrics | None,
        Field(description="How long it took; empty or absent before the end."),
    ] = None
    urls: Annotated[
        PredictionUrls | None,
        Field(description="Where to look at it and how to stop it."),
    ] = None
    source: Annotated[str | None, Field(description="`api` or `web`.")] = None
    deployment: Annotated[
        str | None,
        Field(description="What ran it, if that was a deployment; the form is not documented."),
    ] = None
    created_at: Annotated[
        AwareDatetime | None,
        Field(description="When it was made, in UTC; sent with up to nine digits of a second."),
    ] = None
    started_at: Annotated[
        AwareDatetime | None,
        Field(description="When the model began to run, in UTC; absent or null before that."),
    ] = None
    completed_at: Annotated[
        AwareDatetime | None,
        Field(description="When it ended, well or badly, in UTC; absent or null before that."),
    ] = None
    deadline: Annotated[
        AwareDatetime | None,
        Field(description="When it will be stopped, in UTC; `Cancel-After` sets it."),
    ] = None


class Training(BaseModel):
    """
    A run that makes a new version.
    """

    id: Annotated[
        str,
        Field(
            description="26 lower-case letters and digits where seen.",
            examples=["zz4ibbonubfz7carwiefibzgga"],
        ),
    ]
    model: Annotated[str | None, Field(description="The trainer, as `owner/name`.")] = None
    version: Annotated[
        str | None,
        Field(description="The version of the trainer: 64 hexadecimal digits."),
    ] = None
    status: Annotated[
        str,
        Field(description="One of `Status`, or a word that is newer than this file."),
    ]
    input: Annotated[
        dict[str, Any] | None,
        Field(description="What the trainer was given; the order of its keys is not kept."),
    ] = None
    output: Annotated[
        TrainingOutput | None, Field(description="What was made; null before the end.")
    ] = None
    error: Annotated[str | None, Field(description="Why it failed.")] = None
    logs: Annotated[
        str | None,
        Field(
            description="What the trainer has printed so far, with its progress; empty if nothing."
        ),
    ] = None
    data_removed: Annotated[
        bool | None, Field(description="Whether input and output were deleted since.")
    ] = None
    metrics: Annotated[
        Metrics | None,
        Field(description="How long it took; empty or absent before the end."),
    ] = None
    urls: Annotated[
        PredictionUrls | None,
        Field(description="Where to look at it and how to stop it."),
    ] = None
    source: Annotated[str | None, Field(description="`api` or `web`.")] = None
    created_at: Annotated[AwareDatetime | None, Field(description="When it was made, in UTC.")] = (
        None
    )
    started_at: Annotated[
        AwareDatetime | None,
        Field(description="When the trainer began to run, in UTC; absent or null before that."),
    ] = None
    completed_at: Annotated[
        AwareDatetime | None,
        Field(description="When it ended, well or badly, in UTC; absent or null before that."),
    ] = None
    deadline: Annotated[
        AwareDatetime | None,
        Field(description="When it will be stopped, in UTC; `Cancel-After` sets it."),
    ] = None


class StoredFile(BaseModel):
    """
    A file that was uploaded; it is kept for 24 hours.
    """

    id: Annotated[
        str,
        Field(
            description="About 48 characters that look like base64.",
            examples=["Zjc0NDA0YWUtZTZlZi00ZDRkLTk5ZGUtMzJkMjAxZmYyZWQx"],
        ),
    ]
    name: Annotated[
        str | None,
        Field(description="What it was called in the upload; not always sent."),
    ] = None
    content_type: Annotated[str | None, Field(description="Media type, such as `image/png`.")] = (
        None
    )
    size: Annotated[int | None, Field(description="Bytes.")] = None
    etag: Annotated[
        str | None,
        Field(description="Entity tag, whose form is not documented; not always sent."),
    ] = None
    checksums: Annotated[Checksums | None, Field(description="Digests of the content.")] = None
    metadata: Annotated[
        dict[str, Any] | None,
        Field(description="What was to be kept beside it; empty if nothing."),
    ] = None
    created_at: Annotated[
        AwareDatetime | None, Field(description="When it was uploaded, in UTC.")
    ] = None
    expires_at: Annotated[
        AwareDatetime | None,
        Field(description="When it will be deleted, in UTC: 24 hours after the upload."),
    ] = None
    urls: Annotated[FileUrls | None, Field(description="Where it is.")] = None


class Model(BaseModel):
    """
    A model. An official one is run as it is, any other by one of its versions.
    """

    url: Annotated[str | None, Field(description="Its page on the website.")] = None
    owner: Annotated[
        str | None,
        Field(description="User or organization: the first part of `owner/name`."),
    ] = None
    name: Annotated[str | None, Field(description="The second part of `owner/name`.")] = None
    description: Annotated[
        str | None, Field(description="What it does, in the words of its owner.")
    ] = None
    visibility: Annotated[str | None, Field(description="`public` or `private`.")] = None
    is_official: Annotated[
        bool | None, Field(description="Whether it runs without naming a version.")
    ] = None
    github_url: Annotated[str | None, Field(description="Address of its source code.")] = None
    paper_url: Annotated[str | None, Field(description="Address of an article about it.")] = None
    license_url: Annotated[str | None, Field(description="Address of its licence.")] = None
    cover_image_url: Annotated[
        str | None, Field(description="Address of the picture on its page.")
    ] = None
    run_count: Annotated[int | None, Field(description="How often anybody has run it.")] = None
    default_example: Annotated[
        Prediction | None,
        Field(description="A prediction that shows what it can do; null where there is none."),
    ] = None
    latest_version: Annotated[
        Version | None,
        Field(description="The newest version; null where there is none."),
    ] = None


class Release(BaseModel):
    """
    What a deployment runs, from one change to the next.
    """

    number: Annotated[int | None, Field(description="Goes up with every change.")] = None
    model: Annotated[str | None, Field(description="`owner/name`.")] = None
    version: Annotated[
        str | None, Field(description="Which version of it: 64 hexadecimal digits.")
    ] = None
    created_at: Annotated[
        AwareDatetime | None, Field(description="When the change was made, in UTC.")
    ] = None
    created_by: Annotated[Account | None, Field(description="Who made the change.")] = None
    configuration: Annotated[Configuration | None, Field(description="On what it runs.")] = None


class Collection(BaseModel):
    """
    Models for one purpose.
    """

    name: Annotated[str | None, Field(description="What people are shown.")] = None
    slug: Annotated[str, Field(description="The last part of its path, such as `text-to-image`.")]
    description: Annotated[str | None, Field(description="What its models are for.")] = None
    full_description: Annotated[str | None, Field(description="Markdown.")] = None
    models: Annotated[list[Model] | None, Field(description="All that are in it.")] = None


class FoundModel(BaseModel):
    """
    A model that fits what was searched for.
    """

    model: Model | None = None
    metadata: Annotated[FoundMetadata | None, Field(description="How well it fits.")] = None


class FilePage(BaseModel):
    """
    Some of the files.
    """

    next: Annotated[
        str | None,
        Field(
            description="Address of the next page, to be followed as it is; null on the last one."
        ),
    ] = None
    previous: Annotated[
        str | None,
        Field(
            description="Address of the page before, to be followed as it is; null on the first one."
        ),
    ] = None
    results: Annotated[list[StoredFile] | None, Field(description="The newest first.")] = None


class ModelPage(BaseModel):
    """
    Some of the models.
    """

    next: Annotated[
        str | None,
        Field(
            description="Address of the next page, to be followed as it is; null on the last one."
        ),
    ] = None
    previous: Annotated[
        str | None,
        Field(
            description="Address of the page before, to be followed as it is; null on the first one."
        ),
    ] = None
    results: Annotated[
        list[Model] | None,
        Field(description="25 of them where seen, in the order that was asked for."),
    ] = None


class PredictionPage(BaseModel):
    """
    Some of the predictions.
    """

    next: Annotated[
        str | None,
        Field(
            description="Address of the next page, to be followed as it is; null on the last one."
        ),
    ] = None
    previous: Annotated[
        str | None,
        Field(
            description="Address of the page before, to be followed as it is; null on the first one."
        ),
    ] = None
    results: Annotated[
        list[Prediction] | None,
        Field(description="In a list of your own, 100 of them, the newest first."),
    ] = None


class TrainingPage(BaseModel):
    """
    Some of the trainings.
    """

    next: Annotated[
        str | None,
        Field(
            description="Address of the next page, to be followed as it is; null on the last one."
        ),
    ] = None
    previous: Annotated[
        str | None,
        Field(
            description="Address of the page before, to be followed as it is; null on the first one."
        ),
    ] = None
    results: Annotated[
        list[Training] | None, Field(description="100 of them, the newest first.")
    ] = None


class Deployment(BaseModel):
    """
    A model on hardware of one's own.
    """

    owner: Annotated[
        str | None,
        Field(description="User or organization: the first part of `owner/name`."),
    ] = None
    name: Annotated[str | None, Field(description="The second part of `owner/name`.")] = None
    current_release: Annotated[Release | None, Field(description="What it runs now.")] = None


class SearchResponse(BaseModel):
    """
    What was found, by its kind.
    """

    query: Annotated[str | None, Field(description="The words that were searched for.")] = None
    models: Annotated[list[FoundModel] | None, Field(description="Those that fit.")] = None
    collections: Annotated[list[CollectionItem] | None, Field(description="Those that fit.")] = None
    pages: Annotated[
        list[FoundPage] | None, Field(description="Pages of the website that fit.")
    ] = None


class DeploymentPage(BaseModel):
    """
    Some of the deployments.
    """

    next: Annotated[
        str | None,
        Field(
            description="Address of the next page, to be followed as it is; null on the last one."
        ),
    ] = None
    previous: Annotated[
        str | None,
        Field(
            description="Address of the page before, to be followed as it is; null on the first one."
        ),
    ] = None
    results: Annotated[list[Deployment] | None, Field(description="The newest first.")] = None
