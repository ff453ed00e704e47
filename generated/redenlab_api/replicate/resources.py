"""Resources of this API: its operations as methods of a client, by the dots of their ids.

``models.versions.list`` is ``client.models.versions.list()``.
"""

from __future__ import annotations

import builtins
import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Unpack, cast

from redenlab.core import events as _events
from redenlab.core.calls import extras as _extras
from redenlab.core.clients import base as _base
from redenlab.core.clients import paging as _paging
from redenlab.core.clients import resources as _resources
from redenlab.core.files import sources as _sources
from redenlab.core.jobs import handles as _handles
from redenlab.core.jobs import job_type as _job_type
from redenlab.core.spec import operations as _operations
from redenlab.core.spec import paging as _x_page

from . import models
from .api.account import account_get
from .api.collections import collections_get, collections_list
from .api.deployments import (
    deployments_create,
    deployments_delete,
    deployments_get,
    deployments_list,
    deployments_predictions_create,
    deployments_update,
)
from .api.files import files_create, files_delete, files_download, files_get, files_list
from .api.hardware import hardware_list
from .api.models import (
    models_create,
    models_delete,
    models_examples_list,
    models_get,
    models_list,
    models_predictions_create,
    models_readme_get,
    models_update,
    models_versions_delete,
    models_versions_get,
    models_versions_list,
)
from .api.predictions import (
    predictions_cancel,
    predictions_create,
    predictions_get,
    predictions_list,
)
from .api.search import search
from .api.trainings import trainings_cancel, trainings_create, trainings_get, trainings_list
from .api.webhooks import webhooks_default_secret_get

if TYPE_CHECKING:
    from .models import (
        Account,
        Collection,
        CollectionItem,
        Deployment,
        Hardware,
        Model,
        Prediction,
        SearchResponse,
        StoredFile,
        Training,
        Version,
        WebhookEvent,
        WebhookSecret,
    )


class PredictionsResource(_resources.Resource[_base.BlockingClient]):
    """The `predictions` of the API."""

    def wait(
        self,
        prediction: Prediction | str,
        timeout: float | None = None,
        *,
        on_event: _events.Listener | None = None,
        **extra: Unpack[_extras.ExtraOptions],
    ) -> Prediction:
        """Wait for the end, good or bad.

        Args:
            prediction: What to wait for, or its id.
            timeout: Seconds; ``None`` takes the client's.
            on_event: Called with the event of each poll.
            extra: Headers and query parameters of the requests.

        Raises:
            JobTimeout: It still runs; waiting again is fine.
            APIError: Its status could not be fetched.
        """
        ref = _job_type.JobRef(prediction if isinstance(prediction, str) else prediction.id, None)
        job = _handles.Job[Any](self._client, "replicate", "predict", ref)
        return cast("Prediction", (job.wait(timeout, on_event=on_event, **extra)).end.envelope)

    def list(
        self,
        *,
        cursor: str | None = None,
        created_after: datetime.datetime | None = None,
        created_before: datetime.datetime | None = None,
        source: str | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _paging.Listing[Prediction]:
        """List your predictions, newest first.

        Args:
            cursor: From the `next` of a page; opaque. Left out, the first page.
            created_after: Only those made from this moment on.
            created_before: Only those made before this moment.
            source: `web` for those of the website, of the last 14 days. Left out, all.
            call: Of each page, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        return _paging.Listing(
            self._client,
            _paging.Paging(
                _operations.BoundOperation(predictions_list),
                "results",
                _x_page.XPage(items="$response.body#/results", next="$response.body#/next"),
            ),
            {
                "cursor": cursor,
                "created_after": created_after,
                "created_before": created_before,
                "source": source,
            },
            **call,
        )

    def create(
        self,
        *,
        input: Mapping[str, Any],
        version: str,
        prefer: str | None = None,
        cancel_after: str | None = None,
        webhook: str | None = None,
        webhook_events_filter: Sequence[WebhookEvent] | None = None,
        stream: bool | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> Prediction:
        """Run a version of a model, or an official model.

        With `Prefer: wait` the answer may already have output while the status still says
        processing; it can fail later, so only a final status counts.

        Args:
            input: What the model is given, by the model's own names.
            version: An official model as `owner/name`, a version as `owner/name:id`, or its id alone.
            prefer: `wait=n`: answer when there is output, or after n seconds, 1 to 60. Left out, at
                once.
            cancel_after: Stop it so long after its creation, at least 5 seconds: `90`, `5m`, `1h30m45s`.
            webhook: https address that is told of the prediction; left out, none is.
            webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
            stream: Deprecated; where a model can stream it always offers to.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("predictions.create", **call)
        return cast(
            "Prediction",
            self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(
                        predictions_create, _job_type.reader(models, "VersionPredictionRequest")
                    ),
                    {
                        "prefer": prefer,
                        "cancel_after": cancel_after,
                    },
                    {
                        "input": input,
                        "version": version,
                        "webhook": webhook,
                        "webhook_events_filter": webhook_events_filter,
                        "stream": stream,
                    },
                ),
            ),
        )

    def get(self, prediction_id: str, **call: Unpack[_base.RequestOptions]) -> Prediction:
        """Look at a prediction.

        Args:
            prediction_id: 26 lower-case letters and digits, from the response that made it.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("predictions.get", **call)
        return cast(
            "Prediction",
            self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(predictions_get),
                    {
                        "prediction_id": prediction_id,
                    },
                ),
            ),
        )

    def cancel(self, prediction_id: str, **call: Unpack[_base.RequestOptions]) -> Prediction:
        """Stop a prediction.

        Args:
            prediction_id: 26 lower-case letters and digits, from the response that made it.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("predictions.cancel", **call)
        return cast(
            "Prediction",
            self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(predictions_cancel),
                    {
                        "prediction_id": prediction_id,
                    },
                ),
            ),
        )


class AccountResource(_resources.Resource[_base.BlockingClient]):
    """The `account` of the API."""

    def get(self, **call: Unpack[_base.RequestOptions]) -> Account:
        """Tell who is calling.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("account.get", **call)
        return cast(
            "Account",
            self._client.finish(
                context,
                _resources.request(
                    context, self._client, _operations.BoundOperation(account_get), {}
                ),
            ),
        )


class CollectionsResource(_resources.Resource[_base.BlockingClient]):
    """The `collections` of the API."""

    def list(
        self, *, cursor: str | None = None, **call: Unpack[_base.RequestOptions]
    ) -> _paging.Listing[CollectionItem]:
        """List the collections of models.

        Args:
            cursor: From the `next` of a page; opaque. Left out, the first page.
            call: Of each page, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        return _paging.Listing(
            self._client,
            _paging.Paging(
                _operations.BoundOperation(collections_list),
                "results",
                _x_page.XPage(items="$response.body#/results", next="$response.body#/next"),
            ),
            {
                "cursor": cursor,
            },
            **call,
        )

    def get(self, collection_slug: str, **call: Unpack[_base.RequestOptions]) -> Collection:
        """Look at a collection and its models.

        Args:
            collection_slug: The last part of its path, such as `text-to-image`.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("collections.get", **call)
        return cast(
            "Collection",
            self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(collections_get),
                    {
                        "collection_slug": collection_slug,
                    },
                ),
            ),
        )


class DeploymentsPredictionsResource(_resources.Resource[_base.BlockingClient]):
    """The `deployments.predictions` of the API."""

    def create(
        self,
        deployment_owner: str,
        deployment_name: str,
        *,
        input: Mapping[str, Any],
        prefer: str | None = None,
        cancel_after: str | None = None,
        webhook: str | None = None,
        webhook_events_filter: Sequence[WebhookEvent] | None = None,
        stream: bool | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> Prediction:
        """Run a deployment.

        Args:
            deployment_owner: User or organization: the first part of `owner/name`.
            deployment_name: The second part of `owner/name`.
            input: What the model is given, by the model's own names.
            prefer: `wait=n`: answer when there is output, or after n seconds, 1 to 60. Left out, at
                once.
            cancel_after: Stop it so long after its creation, at least 5 seconds: `90`, `5m`, `1h30m45s`.
            webhook: https address that is told of the prediction; left out, none is.
            webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
            stream: Deprecated; where a model can stream it always offers to.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("deployments.predictions.create", **call)
        return cast(
            "Prediction",
            self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(
                        deployments_predictions_create,
                        _job_type.reader(models, "PredictionRequest"),
                    ),
                    {
                        "deployment_owner": deployment_owner,
                        "deployment_name": deployment_name,
                        "prefer": prefer,
                        "cancel_after": cancel_after,
                    },
                    {
                        "input": input,
                        "webhook": webhook,
                        "webhook_events_filter": webhook_events_filter,
                        "stream": stream,
                    },
                ),
            ),
        )


class DeploymentsResource(_resources.Resource[_base.BlockingClient]):
    """The `deployments` of the API."""

    @property
    def predictions(self) -> DeploymentsPredictionsResource:
        """The `deployments.predictions` of the API."""
        return DeploymentsPredictionsResource(self._client)

    def list(
        self, *, cursor: str | None = None, **call: Unpack[_base.RequestOptions]
    ) -> _paging.Listing[Deployment]:
        """List your deployments, newest first.

        Args:
            cursor: From the `next` of a page; opaque. Left out, the first page.
            call: Of each page, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        return _paging.Listing(
            self._client,
            _paging.Paging(
                _operations.BoundOperation(deployments_list),
                "results",
                _x_page.XPage(items="$response.body#/results", next="$response.body#/next"),
            ),
            {
                "cursor": cursor,
            },
            **call,
        )

    def create(
        self,
        *,
        name: str,
        model: str,
        version: str,
        hardware: str,
        min_instances: int,
        max_instances: int,
        **call: Unpack[_base.CallOptions],
    ) -> Deployment:
        """Make a deployment.

        Args:
            name: The second part of its `owner/name`.
            model: `owner/name`.
            version: Id of a version of it.
            hardware: The `sku` of a hardware.
            min_instances: Least number of instances.
            max_instances: Greatest number of instances.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("deployments.create", **call)
        return cast(
            "Deployment",
            self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(
                        deployments_create, _job_type.reader(models, "DeploymentRequest")
                    ),
                    {},
                    {
                        "name": name,
                        "model": model,
                        "version": version,
                        "hardware": hardware,
                        "min_instances": min_instances,
                        "max_instances": max_instances,
                    },
                ),
            ),
        )

    def get(
        self, deployment_owner: str, deployment_name: str, **call: Unpack[_base.RequestOptions]
    ) -> Deployment:
        """Look at a deployment.

        Args:
            deployment_owner: User or organization: the first part of `owner/name`.
            deployment_name: The second part of `owner/name`.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("deployments.get", **call)
        return cast(
            "Deployment",
            self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(deployments_get),
                    {
                        "deployment_owner": deployment_owner,
                        "deployment_name": deployment_name,
                    },
                ),
            ),
        )

    def update(
        self,
        deployment_owner: str,
        deployment_name: str,
        *,
        version: str | None = None,
        hardware: str | None = None,
        min_instances: int | None = None,
        max_instances: int | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> Deployment:
        """Change a deployment, which makes a new release.

        Args:
            deployment_owner: User or organization: the first part of `owner/name`.
            deployment_name: The second part of `owner/name`.
            version: Id of a version of its model.
            hardware: The `sku` of a hardware.
            min_instances: Least number of instances.
            max_instances: Greatest number of instances.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("deployments.update", **call)
        return cast(
            "Deployment",
            self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(
                        deployments_update, _job_type.reader(models, "DeploymentUpdate")
                    ),
                    {
                        "deployment_owner": deployment_owner,
                        "deployment_name": deployment_name,
                    },
                    {
                        "version": version,
                        "hardware": hardware,
                        "min_instances": min_instances,
                        "max_instances": max_instances,
                    },
                ),
            ),
        )

    def delete(
        self, deployment_owner: str, deployment_name: str, **call: Unpack[_base.RequestOptions]
    ) -> None:
        """Remove a deployment that is offline and has been idle for 15 minutes.

        Args:
            deployment_owner: User or organization: the first part of `owner/name`.
            deployment_name: The second part of `owner/name`.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("deployments.delete", **call)
        self._client.finish(
            context,
            _resources.request(
                context,
                self._client,
                _operations.BoundOperation(deployments_delete),
                {
                    "deployment_owner": deployment_owner,
                    "deployment_name": deployment_name,
                },
            ),
        )


class FilesResource(_resources.Resource[_base.BlockingClient]):
    """The `files` of the API."""

    def list(
        self, *, cursor: str | None = None, **call: Unpack[_base.RequestOptions]
    ) -> _paging.Listing[StoredFile]:
        """List your files, newest first.

        Args:
            cursor: From the `next` of a page; opaque. Left out, the first page.
            call: Of each page, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        return _paging.Listing(
            self._client,
            _paging.Paging(
                _operations.BoundOperation(files_list),
                "results",
                _x_page.XPage(items="$response.body#/results", next="$response.body#/next"),
            ),
            {
                "cursor": cursor,
            },
            **call,
        )

    def create(
        self,
        *,
        content: _sources.Source,
        metadata: Mapping[str, Any] | None = None,
        type: str | None = None,
        filename: str | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> StoredFile:
        """Upload a file, which is kept for 24 hours.

        Args:
            content: The file, 100 MB at most.
            metadata: Anything to be kept beside it.
            type: Media type of the content, such as `image/png`.
            filename: What it is to be called; 255 bytes at most.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("files.create", **call)
        return cast(
            "StoredFile",
            self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(
                        files_create, _job_type.reader(models, "FileRequest")
                    ),
                    {},
                    {
                        "content": content,
                        "metadata": metadata,
                        "type": type,
                        "filename": filename,
                    },
                    files=["content"],
                ),
            ),
        )

    def get(self, file_id: str, **call: Unpack[_base.RequestOptions]) -> StoredFile:
        """Look at a file.

        Args:
            file_id: About 48 characters, from the response to the upload.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("files.get", **call)
        return cast(
            "StoredFile",
            self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(files_get),
                    {
                        "file_id": file_id,
                    },
                ),
            ),
        )

    def delete(self, file_id: str, **call: Unpack[_base.RequestOptions]) -> None:
        """Remove a file.

        Args:
            file_id: About 48 characters, from the response to the upload.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("files.delete", **call)
        self._client.finish(
            context,
            _resources.request(
                context,
                self._client,
                _operations.BoundOperation(files_delete),
                {
                    "file_id": file_id,
                },
            ),
        )

    def download(
        self,
        file_id: str,
        *,
        owner: str,
        expiry: int,
        signature: str,
        **call: Unpack[_base.RequestOptions],
    ) -> bytes:
        """Fetch the bytes of a file by a signed address.

        Args:
            file_id: About 48 characters, from the response to the upload.
            owner: User or organization that owns the file.
            expiry: Unix seconds until which the address works.
            signature: Base64 of HMAC-SHA256 over `owner id expiry`.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("files.download", **call)
        return cast(
            "bytes",
            self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(files_download),
                    {
                        "file_id": file_id,
                        "owner": owner,
                        "expiry": expiry,
                        "signature": signature,
                    },
                ),
            ),
        )


class HardwareResource(_resources.Resource[_base.BlockingClient]):
    """The `hardware` of the API."""

    def list(self, **call: Unpack[_base.RequestOptions]) -> builtins.list[Hardware]:
        """List what models can run on.

        The answer is a bare array, not a page.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("hardware.list", **call)
        return cast(
            "builtins.list[Hardware]",
            self._client.finish(
                context,
                _resources.request(
                    context, self._client, _operations.BoundOperation(hardware_list), {}
                ),
            ),
        )


class ModelsExamplesResource(_resources.Resource[_base.BlockingClient]):
    """The `models.examples` of the API."""

    def list(
        self,
        model_owner: str,
        model_name: str,
        *,
        cursor: str | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _paging.Listing[Prediction]:
        """List predictions that show what a model can do.

        Args:
            model_owner: User or organization: the first part of `owner/name`.
            model_name: The second part of `owner/name`.
            cursor: From the `next` of a page; opaque. Left out, the first page.
            call: Of each page, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        return _paging.Listing(
            self._client,
            _paging.Paging(
                _operations.BoundOperation(models_examples_list),
                "results",
                _x_page.XPage(items="$response.body#/results", next="$response.body#/next"),
            ),
            {
                "model_owner": model_owner,
                "model_name": model_name,
                "cursor": cursor,
            },
            **call,
        )


class ModelsPredictionsResource(_resources.Resource[_base.BlockingClient]):
    """The `models.predictions` of the API."""

    def create(
        self,
        model_owner: str,
        model_name: str,
        *,
        input: Mapping[str, Any],
        prefer: str | None = None,
        cancel_after: str | None = None,
        webhook: str | None = None,
        webhook_events_filter: Sequence[WebhookEvent] | None = None,
        stream: bool | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> Prediction:
        """Run an official model.

        Args:
            model_owner: User or organization: the first part of `owner/name`.
            model_name: The second part of `owner/name`.
            input: What the model is given, by the model's own names.
            prefer: `wait=n`: answer when there is output, or after n seconds, 1 to 60. Left out, at
                once.
            cancel_after: Stop it so long after its creation, at least 5 seconds: `90`, `5m`, `1h30m45s`.
            webhook: https address that is told of the prediction; left out, none is.
            webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
            stream: Deprecated; where a model can stream it always offers to.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("models.predictions.create", **call)
        return cast(
            "Prediction",
            self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(
                        models_predictions_create, _job_type.reader(models, "PredictionRequest")
                    ),
                    {
                        "model_owner": model_owner,
                        "model_name": model_name,
                        "prefer": prefer,
                        "cancel_after": cancel_after,
                    },
                    {
                        "input": input,
                        "webhook": webhook,
                        "webhook_events_filter": webhook_events_filter,
                        "stream": stream,
                    },
                ),
            ),
        )


class ModelsReadmeResource(_resources.Resource[_base.BlockingClient]):
    """The `models.readme` of the API."""

    def get(self, model_owner: str, model_name: str, **call: Unpack[_base.RequestOptions]) -> str:
        """Read what the authors of a model say, in Markdown.

        Args:
            model_owner: User or organization: the first part of `owner/name`.
            model_name: The second part of `owner/name`.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("models.readme.get", **call)
        return cast(
            "str",
            self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(models_readme_get),
                    {
                        "model_owner": model_owner,
                        "model_name": model_name,
                    },
                ),
            ),
        )


class ModelsVersionsResource(_resources.Resource[_base.BlockingClient]):
    """The `models.versions` of the API."""

    def list(
        self,
        model_owner: str,
        model_name: str,
        *,
        cursor: str | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _paging.Listing[Version]:
        """List the versions of a model, newest first.

        Official models have none, and are answered 404.

        Args:
            model_owner: User or organization: the first part of `owner/name`.
            model_name: The second part of `owner/name`.
            cursor: From the `next` of a page; opaque. Left out, the first page.
            call: Of each page, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        return _paging.Listing(
            self._client,
            _paging.Paging(
                _operations.BoundOperation(models_versions_list),
                "results",
                _x_page.XPage(items="$response.body#/results", next="$response.body#/next"),
            ),
            {
                "model_owner": model_owner,
                "model_name": model_name,
                "cursor": cursor,
            },
            **call,
        )

    def get(
        self,
        model_owner: str,
        model_name: str,
        version_id: str,
        **call: Unpack[_base.RequestOptions],
    ) -> Version:
        """Look at a version.

        Args:
            model_owner: User or organization: the first part of `owner/name`.
            model_name: The second part of `owner/name`.
            version_id: 64 hexadecimal digits.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("models.versions.get", **call)
        return cast(
            "Version",
            self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(models_versions_get),
                    {
                        "model_owner": model_owner,
                        "model_name": model_name,
                        "version_id": version_id,
                    },
                ),
            ),
        )

    def delete(
        self,
        model_owner: str,
        model_name: str,
        version_id: str,
        **call: Unpack[_base.RequestOptions],
    ) -> None:
        """Remove a version and its output; it happens later.

        Args:
            model_owner: User or organization: the first part of `owner/name`.
            model_name: The second part of `owner/name`.
            version_id: 64 hexadecimal digits.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("models.versions.delete", **call)
        self._client.finish(
            context,
            _resources.request(
                context,
                self._client,
                _operations.BoundOperation(models_versions_delete),
                {
                    "model_owner": model_owner,
                    "model_name": model_name,
                    "version_id": version_id,
                },
            ),
        )


class ModelsResource(_resources.Resource[_base.BlockingClient]):
    """The `models` of the API."""

    @property
    def examples(self) -> ModelsExamplesResource:
        """The `models.examples` of the API."""
        return ModelsExamplesResource(self._client)

    @property
    def predictions(self) -> ModelsPredictionsResource:
        """The `models.predictions` of the API."""
        return ModelsPredictionsResource(self._client)

    @property
    def readme(self) -> ModelsReadmeResource:
        """The `models.readme` of the API."""
        return ModelsReadmeResource(self._client)

    @property
    def versions(self) -> ModelsVersionsResource:
        """The `models.versions` of the API."""
        return ModelsVersionsResource(self._client)

    def list(
        self,
        *,
        cursor: str | None = None,
        sort_by: str | None = None,
        sort_direction: str | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _paging.Listing[Model]:
        """List public models.

        Args:
            cursor: From the `next` of a page; opaque. Left out, the first page.
            sort_by: `latest_version_created_at` (the default) or `model_created_at`.
            sort_direction: `desc` (the default) or `asc`.
            call: Of each page, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        return _paging.Listing(
            self._client,
            _paging.Paging(
                _operations.BoundOperation(models_list),
                "results",
                _x_page.XPage(items="$response.body#/results", next="$response.body#/next"),
            ),
            {
                "cursor": cursor,
                "sort_by": sort_by,
                "sort_direction": sort_direction,
            },
            **call,
        )

    def create(
        self,
        *,
        owner: str,
        name: str,
        visibility: str,
        hardware: str,
        description: str | None = None,
        github_url: str | None = None,
        paper_url: str | None = None,
        license_url: str | None = None,
        cover_image_url: str | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> Model:
        """Make a model.

        Args:
            owner: User or organization: the first part of `owner/name`.
            name: The second part of `owner/name`.
            visibility: `public` or `private`.
            hardware: The `sku` of a hardware.
            description: What it does.
            github_url: Address of its source code.
            paper_url: Address of an article about it.
            license_url: Address of its licence.
            cover_image_url: Address of the picture on its page.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("models.create", **call)
        return cast(
            "Model",
            self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(
                        models_create, _job_type.reader(models, "ModelRequest")
                    ),
                    {},
                    {
                        "owner": owner,
                        "name": name,
                        "visibility": visibility,
                        "hardware": hardware,
                        "description": description,
                        "github_url": github_url,
                        "paper_url": paper_url,
                        "license_url": license_url,
                        "cover_image_url": cover_image_url,
                    },
                ),
            ),
        )

    def get(self, model_owner: str, model_name: str, **call: Unpack[_base.RequestOptions]) -> Model:
        """Look at a model.

        Args:
            model_owner: User or organization: the first part of `owner/name`.
            model_name: The second part of `owner/name`.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("models.get", **call)
        return cast(
            "Model",
            self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(models_get),
                    {
                        "model_owner": model_owner,
                        "model_name": model_name,
                    },
                ),
            ),
        )

    def update(
        self,
        model_owner: str,
        model_name: str,
        *,
        description: str | None = None,
        readme: str | None = None,
        github_url: str | None = None,
        paper_url: str | None = None,
        weights_url: str | None = None,
        license_url: str | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> Model:
        """Change what is said of a model.

        Args:
            model_owner: User or organization: the first part of `owner/name`.
            model_name: The second part of `owner/name`.
            description: What it does.
            readme: Markdown.
            github_url: Address of its source code.
            paper_url: Address of an article about it.
            weights_url: Address of its weights.
            license_url: Address of its licence.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("models.update", **call)
        return cast(
            "Model",
            self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(
                        models_update, _job_type.reader(models, "ModelUpdate")
                    ),
                    {
                        "model_owner": model_owner,
                        "model_name": model_name,
                    },
                    {
                        "description": description,
                        "readme": readme,
                        "github_url": github_url,
                        "paper_url": paper_url,
                        "weights_url": weights_url,
                        "license_url": license_url,
                    },
                ),
            ),
        )

    def delete(
        self, model_owner: str, model_name: str, **call: Unpack[_base.RequestOptions]
    ) -> None:
        """Remove a private model of yours that has no version.

        Args:
            model_owner: User or organization: the first part of `owner/name`.
            model_name: The second part of `owner/name`.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("models.delete", **call)
        self._client.finish(
            context,
            _resources.request(
                context,
                self._client,
                _operations.BoundOperation(models_delete),
                {
                    "model_owner": model_owner,
                    "model_name": model_name,
                },
            ),
        )


class TrainingsResource(_resources.Resource[_base.BlockingClient]):
    """The `trainings` of the API."""

    def wait(
        self,
        training: Training | str,
        timeout: float | None = None,
        *,
        on_event: _events.Listener | None = None,
        **extra: Unpack[_extras.ExtraOptions],
    ) -> Training:
        """Wait for the end, good or bad.

        Args:
            training: What to wait for, or its id.
            timeout: Seconds; ``None`` takes the client's.
            on_event: Called with the event of each poll.
            extra: Headers and query parameters of the requests.

        Raises:
            JobTimeout: It still runs; waiting again is fine.
            APIError: Its status could not be fetched.
        """
        ref = _job_type.JobRef(training if isinstance(training, str) else training.id, None)
        job = _handles.Job[Any](self._client, "replicate", "train", ref)
        return cast("Training", (job.wait(timeout, on_event=on_event, **extra)).end.envelope)

    def create(
        self,
        model_owner: str,
        model_name: str,
        version_id: str,
        *,
        destination: str,
        input: Mapping[str, Any],
        webhook: str | None = None,
        webhook_events_filter: Sequence[WebhookEvent] | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> Training:
        """Train a new version of a model.

        Args:
            model_owner: User or organization: the first part of `owner/name`.
            model_name: The second part of `owner/name`.
            version_id: 64 hexadecimal digits.
            destination: A model of yours, `owner/name`, that gets the new version.
            input: What the trainer is given, by the model's own names.
            webhook: https address that is told of the training; left out, none is.
            webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("trainings.create", **call)
        return cast(
            "Training",
            self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(
                        trainings_create, _job_type.reader(models, "TrainingRequest")
                    ),
                    {
                        "model_owner": model_owner,
                        "model_name": model_name,
                        "version_id": version_id,
                    },
                    {
                        "destination": destination,
                        "input": input,
                        "webhook": webhook,
                        "webhook_events_filter": webhook_events_filter,
                    },
                ),
            ),
        )

    def list(
        self, *, cursor: str | None = None, **call: Unpack[_base.RequestOptions]
    ) -> _paging.Listing[Training]:
        """List your trainings, newest first.

        Args:
            cursor: From the `next` of a page; opaque. Left out, the first page.
            call: Of each page, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        return _paging.Listing(
            self._client,
            _paging.Paging(
                _operations.BoundOperation(trainings_list),
                "results",
                _x_page.XPage(items="$response.body#/results", next="$response.body#/next"),
            ),
            {
                "cursor": cursor,
            },
            **call,
        )

    def get(self, training_id: str, **call: Unpack[_base.RequestOptions]) -> Training:
        """Look at a training.

        Args:
            training_id: 26 lower-case letters and digits, from the response that made it.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("trainings.get", **call)
        return cast(
            "Training",
            self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(trainings_get),
                    {
                        "training_id": training_id,
                    },
                ),
            ),
        )

    def cancel(self, training_id: str, **call: Unpack[_base.RequestOptions]) -> Training:
        """Stop a training.

        Args:
            training_id: 26 lower-case letters and digits, from the response that made it.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("trainings.cancel", **call)
        return cast(
            "Training",
            self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(trainings_cancel),
                    {
                        "training_id": training_id,
                    },
                ),
            ),
        )


class WebhooksDefaultSecretResource(_resources.Resource[_base.BlockingClient]):
    """The `webhooks.default.secret` of the API."""

    def get(self, **call: Unpack[_base.RequestOptions]) -> WebhookSecret:
        """Fetch the secret that signs webhooks.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("webhooks.default.secret.get", **call)
        return cast(
            "WebhookSecret",
            self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(webhooks_default_secret_get),
                    {},
                ),
            ),
        )


class WebhooksDefaultResource(_resources.Resource[_base.BlockingClient]):
    """The `webhooks.default` of the API."""

    @property
    def secret(self) -> WebhooksDefaultSecretResource:
        """The `webhooks.default.secret` of the API."""
        return WebhooksDefaultSecretResource(self._client)


class WebhooksResource(_resources.Resource[_base.BlockingClient]):
    """The `webhooks` of the API."""

    @property
    def default(self) -> WebhooksDefaultResource:
        """The `webhooks.default` of the API."""
        return WebhooksDefaultResource(self._client)


class Resources(_base.BlockingClient):
    """The resources of the API, as attributes of its client."""

    @property
    def predictions(self) -> PredictionsResource:
        """The `predictions` of the API."""
        return PredictionsResource(self)

    @property
    def account(self) -> AccountResource:
        """The `account` of the API."""
        return AccountResource(self)

    @property
    def collections(self) -> CollectionsResource:
        """The `collections` of the API."""
        return CollectionsResource(self)

    @property
    def deployments(self) -> DeploymentsResource:
        """The `deployments` of the API."""
        return DeploymentsResource(self)

    @property
    def files(self) -> FilesResource:
        """The `files` of the API."""
        return FilesResource(self)

    @property
    def hardware(self) -> HardwareResource:
        """The `hardware` of the API."""
        return HardwareResource(self)

    @property
    def models(self) -> ModelsResource:
        """The `models` of the API."""
        return ModelsResource(self)

    @property
    def trainings(self) -> TrainingsResource:
        """The `trainings` of the API."""
        return TrainingsResource(self)

    @property
    def webhooks(self) -> WebhooksResource:
        """The `webhooks` of the API."""
        return WebhooksResource(self)

    def search(
        self, *, query: str, limit: int | None = None, **call: Unpack[_base.RequestOptions]
    ) -> SearchResponse:
        """Search models, collections and pages.

        Args:
            query: Words to search for.
            limit: Most models to answer with, 1 to 50; left out, 20.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self.call_context("search", **call)
        return cast(
            "SearchResponse",
            self.finish(
                context,
                _resources.request(
                    context,
                    self,
                    _operations.BoundOperation(search),
                    {
                        "query": query,
                        "limit": limit,
                    },
                ),
            ),
        )


class AsyncPredictionsResource(_resources.Resource[_base.AsyncClient]):
    """The `predictions` of the API."""

    async def wait(
        self,
        prediction: Prediction | str,
        timeout: float | None = None,
        *,
        on_event: _events.Listener | None = None,
        **extra: Unpack[_extras.ExtraOptions],
    ) -> Prediction:
        """Wait for the end, good or bad.

        Args:
            prediction: What to wait for, or its id.
            timeout: Seconds; ``None`` takes the client's.
            on_event: Called with the event of each poll.
            extra: Headers and query parameters of the requests.

        Raises:
            JobTimeout: It still runs; waiting again is fine.
            APIError: Its status could not be fetched.
        """
        ref = _job_type.JobRef(prediction if isinstance(prediction, str) else prediction.id, None)
        job = _handles.AsyncJob[Any](self._client, "replicate", "predict", ref)
        return cast(
            "Prediction", (await job.wait(timeout, on_event=on_event, **extra)).end.envelope
        )

    def list(
        self,
        *,
        cursor: str | None = None,
        created_after: datetime.datetime | None = None,
        created_before: datetime.datetime | None = None,
        source: str | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _paging.AsyncListing[Prediction]:
        """List your predictions, newest first.

        Args:
            cursor: From the `next` of a page; opaque. Left out, the first page.
            created_after: Only those made from this moment on.
            created_before: Only those made before this moment.
            source: `web` for those of the website, of the last 14 days. Left out, all.
            call: Of each page, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        return _paging.AsyncListing(
            self._client,
            _paging.Paging(
                _operations.BoundOperation(predictions_list),
                "results",
                _x_page.XPage(items="$response.body#/results", next="$response.body#/next"),
            ),
            {
                "cursor": cursor,
                "created_after": created_after,
                "created_before": created_before,
                "source": source,
            },
            **call,
        )

    async def create(
        self,
        *,
        input: Mapping[str, Any],
        version: str,
        prefer: str | None = None,
        cancel_after: str | None = None,
        webhook: str | None = None,
        webhook_events_filter: Sequence[WebhookEvent] | None = None,
        stream: bool | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> Prediction:
        """Run a version of a model, or an official model.

        With `Prefer: wait` the answer may already have output while the status still says
        processing; it can fail later, so only a final status counts.

        Args:
            input: What the model is given, by the model's own names.
            version: An official model as `owner/name`, a version as `owner/name:id`, or its id alone.
            prefer: `wait=n`: answer when there is output, or after n seconds, 1 to 60. Left out, at
                once.
            cancel_after: Stop it so long after its creation, at least 5 seconds: `90`, `5m`, `1h30m45s`.
            webhook: https address that is told of the prediction; left out, none is.
            webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
            stream: Deprecated; where a model can stream it always offers to.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("predictions.create", **call)
        return cast(
            "Prediction",
            await self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(
                        predictions_create, _job_type.reader(models, "VersionPredictionRequest")
                    ),
                    {
                        "prefer": prefer,
                        "cancel_after": cancel_after,
                    },
                    {
                        "input": input,
                        "version": version,
                        "webhook": webhook,
                        "webhook_events_filter": webhook_events_filter,
                        "stream": stream,
                    },
                ),
            ),
        )

    async def get(self, prediction_id: str, **call: Unpack[_base.RequestOptions]) -> Prediction:
        """Look at a prediction.

        Args:
            prediction_id: 26 lower-case letters and digits, from the response that made it.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("predictions.get", **call)
        return cast(
            "Prediction",
            await self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(predictions_get),
                    {
                        "prediction_id": prediction_id,
                    },
                ),
            ),
        )

    async def cancel(self, prediction_id: str, **call: Unpack[_base.RequestOptions]) -> Prediction:
        """Stop a prediction.

        Args:
            prediction_id: 26 lower-case letters and digits, from the response that made it.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("predictions.cancel", **call)
        return cast(
            "Prediction",
            await self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(predictions_cancel),
                    {
                        "prediction_id": prediction_id,
                    },
                ),
            ),
        )


class AsyncAccountResource(_resources.Resource[_base.AsyncClient]):
    """The `account` of the API."""

    async def get(self, **call: Unpack[_base.RequestOptions]) -> Account:
        """Tell who is calling.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("account.get", **call)
        return cast(
            "Account",
            await self._client.finish(
                context,
                _resources.request(
                    context, self._client, _operations.BoundOperation(account_get), {}
                ),
            ),
        )


class AsyncCollectionsResource(_resources.Resource[_base.AsyncClient]):
    """The `collections` of the API."""

    def list(
        self, *, cursor: str | None = None, **call: Unpack[_base.RequestOptions]
    ) -> _paging.AsyncListing[CollectionItem]:
        """List the collections of models.

        Args:
            cursor: From the `next` of a page; opaque. Left out, the first page.
            call: Of each page, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        return _paging.AsyncListing(
            self._client,
            _paging.Paging(
                _operations.BoundOperation(collections_list),
                "results",
                _x_page.XPage(items="$response.body#/results", next="$response.body#/next"),
            ),
            {
                "cursor": cursor,
            },
            **call,
        )

    async def get(self, collection_slug: str, **call: Unpack[_base.RequestOptions]) -> Collection:
        """Look at a collection and its models.

        Args:
            collection_slug: The last part of its path, such as `text-to-image`.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("collections.get", **call)
        return cast(
            "Collection",
            await self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(collections_get),
                    {
                        "collection_slug": collection_slug,
                    },
                ),
            ),
        )


class AsyncDeploymentsPredictionsResource(_resources.Resource[_base.AsyncClient]):
    """The `deployments.predictions` of the API."""

    async def create(
        self,
        deployment_owner: str,
        deployment_name: str,
        *,
        input: Mapping[str, Any],
        prefer: str | None = None,
        cancel_after: str | None = None,
        webhook: str | None = None,
        webhook_events_filter: Sequence[WebhookEvent] | None = None,
        stream: bool | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> Prediction:
        """Run a deployment.

        Args:
            deployment_owner: User or organization: the first part of `owner/name`.
            deployment_name: The second part of `owner/name`.
            input: What the model is given, by the model's own names.
            prefer: `wait=n`: answer when there is output, or after n seconds, 1 to 60. Left out, at
                once.
            cancel_after: Stop it so long after its creation, at least 5 seconds: `90`, `5m`, `1h30m45s`.
            webhook: https address that is told of the prediction; left out, none is.
            webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
            stream: Deprecated; where a model can stream it always offers to.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("deployments.predictions.create", **call)
        return cast(
            "Prediction",
            await self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(
                        deployments_predictions_create,
                        _job_type.reader(models, "PredictionRequest"),
                    ),
                    {
                        "deployment_owner": deployment_owner,
                        "deployment_name": deployment_name,
                        "prefer": prefer,
                        "cancel_after": cancel_after,
                    },
                    {
                        "input": input,
                        "webhook": webhook,
                        "webhook_events_filter": webhook_events_filter,
                        "stream": stream,
                    },
                ),
            ),
        )


class AsyncDeploymentsResource(_resources.Resource[_base.AsyncClient]):
    """The `deployments` of the API."""

    @property
    def predictions(self) -> AsyncDeploymentsPredictionsResource:
        """The `deployments.predictions` of the API."""
        return AsyncDeploymentsPredictionsResource(self._client)

    def list(
        self, *, cursor: str | None = None, **call: Unpack[_base.RequestOptions]
    ) -> _paging.AsyncListing[Deployment]:
        """List your deployments, newest first.

        Args:
            cursor: From the `next` of a page; opaque. Left out, the first page.
            call: Of each page, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        return _paging.AsyncListing(
            self._client,
            _paging.Paging(
                _operations.BoundOperation(deployments_list),
                "results",
                _x_page.XPage(items="$response.body#/results", next="$response.body#/next"),
            ),
            {
                "cursor": cursor,
            },
            **call,
        )

    async def create(
        self,
        *,
        name: str,
        model: str,
        version: str,
        hardware: str,
        min_instances: int,
        max_instances: int,
        **call: Unpack[_base.CallOptions],
    ) -> Deployment:
        """Make a deployment.

        Args:
            name: The second part of its `owner/name`.
            model: `owner/name`.
            version: Id of a version of it.
            hardware: The `sku` of a hardware.
            min_instances: Least number of instances.
            max_instances: Greatest number of instances.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("deployments.create", **call)
        return cast(
            "Deployment",
            await self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(
                        deployments_create, _job_type.reader(models, "DeploymentRequest")
                    ),
                    {},
                    {
                        "name": name,
                        "model": model,
                        "version": version,
                        "hardware": hardware,
                        "min_instances": min_instances,
                        "max_instances": max_instances,
                    },
                ),
            ),
        )

    async def get(
        self, deployment_owner: str, deployment_name: str, **call: Unpack[_base.RequestOptions]
    ) -> Deployment:
        """Look at a deployment.

        Args:
            deployment_owner: User or organization: the first part of `owner/name`.
            deployment_name: The second part of `owner/name`.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("deployments.get", **call)
        return cast(
            "Deployment",
            await self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(deployments_get),
                    {
                        "deployment_owner": deployment_owner,
                        "deployment_name": deployment_name,
                    },
                ),
            ),
        )

    async def update(
        self,
        deployment_owner: str,
        deployment_name: str,
        *,
        version: str | None = None,
        hardware: str | None = None,
        min_instances: int | None = None,
        max_instances: int | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> Deployment:
        """Change a deployment, which makes a new release.

        Args:
            deployment_owner: User or organization: the first part of `owner/name`.
            deployment_name: The second part of `owner/name`.
            version: Id of a version of its model.
            hardware: The `sku` of a hardware.
            min_instances: Least number of instances.
            max_instances: Greatest number of instances.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("deployments.update", **call)
        return cast(
            "Deployment",
            await self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(
                        deployments_update, _job_type.reader(models, "DeploymentUpdate")
                    ),
                    {
                        "deployment_owner": deployment_owner,
                        "deployment_name": deployment_name,
                    },
                    {
                        "version": version,
                        "hardware": hardware,
                        "min_instances": min_instances,
                        "max_instances": max_instances,
                    },
                ),
            ),
        )

    async def delete(
        self, deployment_owner: str, deployment_name: str, **call: Unpack[_base.RequestOptions]
    ) -> None:
        """Remove a deployment that is offline and has been idle for 15 minutes.

        Args:
            deployment_owner: User or organization: the first part of `owner/name`.
            deployment_name: The second part of `owner/name`.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("deployments.delete", **call)
        await self._client.finish(
            context,
            _resources.request(
                context,
                self._client,
                _operations.BoundOperation(deployments_delete),
                {
                    "deployment_owner": deployment_owner,
                    "deployment_name": deployment_name,
                },
            ),
        )


class AsyncFilesResource(_resources.Resource[_base.AsyncClient]):
    """The `files` of the API."""

    def list(
        self, *, cursor: str | None = None, **call: Unpack[_base.RequestOptions]
    ) -> _paging.AsyncListing[StoredFile]:
        """List your files, newest first.

        Args:
            cursor: From the `next` of a page; opaque. Left out, the first page.
            call: Of each page, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        return _paging.AsyncListing(
            self._client,
            _paging.Paging(
                _operations.BoundOperation(files_list),
                "results",
                _x_page.XPage(items="$response.body#/results", next="$response.body#/next"),
            ),
            {
                "cursor": cursor,
            },
            **call,
        )

    async def create(
        self,
        *,
        content: _sources.Source,
        metadata: Mapping[str, Any] | None = None,
        type: str | None = None,
        filename: str | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> StoredFile:
        """Upload a file, which is kept for 24 hours.

        Args:
            content: The file, 100 MB at most.
            metadata: Anything to be kept beside it.
            type: Media type of the content, such as `image/png`.
            filename: What it is to be called; 255 bytes at most.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("files.create", **call)
        return cast(
            "StoredFile",
            await self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(
                        files_create, _job_type.reader(models, "FileRequest")
                    ),
                    {},
                    {
                        "content": content,
                        "metadata": metadata,
                        "type": type,
                        "filename": filename,
                    },
                    files=["content"],
                ),
            ),
        )

    async def get(self, file_id: str, **call: Unpack[_base.RequestOptions]) -> StoredFile:
        """Look at a file.

        Args:
            file_id: About 48 characters, from the response to the upload.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("files.get", **call)
        return cast(
            "StoredFile",
            await self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(files_get),
                    {
                        "file_id": file_id,
                    },
                ),
            ),
        )

    async def delete(self, file_id: str, **call: Unpack[_base.RequestOptions]) -> None:
        """Remove a file.

        Args:
            file_id: About 48 characters, from the response to the upload.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("files.delete", **call)
        await self._client.finish(
            context,
            _resources.request(
                context,
                self._client,
                _operations.BoundOperation(files_delete),
                {
                    "file_id": file_id,
                },
            ),
        )

    async def download(
        self,
        file_id: str,
        *,
        owner: str,
        expiry: int,
        signature: str,
        **call: Unpack[_base.RequestOptions],
    ) -> bytes:
        """Fetch the bytes of a file by a signed address.

        Args:
            file_id: About 48 characters, from the response to the upload.
            owner: User or organization that owns the file.
            expiry: Unix seconds until which the address works.
            signature: Base64 of HMAC-SHA256 over `owner id expiry`.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("files.download", **call)
        return cast(
            "bytes",
            await self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(files_download),
                    {
                        "file_id": file_id,
                        "owner": owner,
                        "expiry": expiry,
                        "signature": signature,
                    },
                ),
            ),
        )


class AsyncHardwareResource(_resources.Resource[_base.AsyncClient]):
    """The `hardware` of the API."""

    async def list(self, **call: Unpack[_base.RequestOptions]) -> builtins.list[Hardware]:
        """List what models can run on.

        The answer is a bare array, not a page.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("hardware.list", **call)
        return cast(
            "builtins.list[Hardware]",
            await self._client.finish(
                context,
                _resources.request(
                    context, self._client, _operations.BoundOperation(hardware_list), {}
                ),
            ),
        )


class AsyncModelsExamplesResource(_resources.Resource[_base.AsyncClient]):
    """The `models.examples` of the API."""

    def list(
        self,
        model_owner: str,
        model_name: str,
        *,
        cursor: str | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _paging.AsyncListing[Prediction]:
        """List predictions that show what a model can do.

        Args:
            model_owner: User or organization: the first part of `owner/name`.
            model_name: The second part of `owner/name`.
            cursor: From the `next` of a page; opaque. Left out, the first page.
            call: Of each page, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        return _paging.AsyncListing(
            self._client,
            _paging.Paging(
                _operations.BoundOperation(models_examples_list),
                "results",
                _x_page.XPage(items="$response.body#/results", next="$response.body#/next"),
            ),
            {
                "model_owner": model_owner,
                "model_name": model_name,
                "cursor": cursor,
            },
            **call,
        )


class AsyncModelsPredictionsResource(_resources.Resource[_base.AsyncClient]):
    """The `models.predictions` of the API."""

    async def create(
        self,
        model_owner: str,
        model_name: str,
        *,
        input: Mapping[str, Any],
        prefer: str | None = None,
        cancel_after: str | None = None,
        webhook: str | None = None,
        webhook_events_filter: Sequence[WebhookEvent] | None = None,
        stream: bool | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> Prediction:
        """Run an official model.

        Args:
            model_owner: User or organization: the first part of `owner/name`.
            model_name: The second part of `owner/name`.
            input: What the model is given, by the model's own names.
            prefer: `wait=n`: answer when there is output, or after n seconds, 1 to 60. Left out, at
                once.
            cancel_after: Stop it so long after its creation, at least 5 seconds: `90`, `5m`, `1h30m45s`.
            webhook: https address that is told of the prediction; left out, none is.
            webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
            stream: Deprecated; where a model can stream it always offers to.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("models.predictions.create", **call)
        return cast(
            "Prediction",
            await self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(
                        models_predictions_create, _job_type.reader(models, "PredictionRequest")
                    ),
                    {
                        "model_owner": model_owner,
                        "model_name": model_name,
                        "prefer": prefer,
                        "cancel_after": cancel_after,
                    },
                    {
                        "input": input,
                        "webhook": webhook,
                        "webhook_events_filter": webhook_events_filter,
                        "stream": stream,
                    },
                ),
            ),
        )


class AsyncModelsReadmeResource(_resources.Resource[_base.AsyncClient]):
    """The `models.readme` of the API."""

    async def get(
        self, model_owner: str, model_name: str, **call: Unpack[_base.RequestOptions]
    ) -> str:
        """Read what the authors of a model say, in Markdown.

        Args:
            model_owner: User or organization: the first part of `owner/name`.
            model_name: The second part of `owner/name`.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("models.readme.get", **call)
        return cast(
            "str",
            await self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(models_readme_get),
                    {
                        "model_owner": model_owner,
                        "model_name": model_name,
                    },
                ),
            ),
        )


class AsyncModelsVersionsResource(_resources.Resource[_base.AsyncClient]):
    """The `models.versions` of the API."""

    def list(
        self,
        model_owner: str,
        model_name: str,
        *,
        cursor: str | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _paging.AsyncListing[Version]:
        """List the versions of a model, newest first.

        Official models have none, and are answered 404.

        Args:
            model_owner: User or organization: the first part of `owner/name`.
            model_name: The second part of `owner/name`.
            cursor: From the `next` of a page; opaque. Left out, the first page.
            call: Of each page, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        return _paging.AsyncListing(
            self._client,
            _paging.Paging(
                _operations.BoundOperation(models_versions_list),
                "results",
                _x_page.XPage(items="$response.body#/results", next="$response.body#/next"),
            ),
            {
                "model_owner": model_owner,
                "model_name": model_name,
                "cursor": cursor,
            },
            **call,
        )

    async def get(
        self,
        model_owner: str,
        model_name: str,
        version_id: str,
        **call: Unpack[_base.RequestOptions],
    ) -> Version:
        """Look at a version.

        Args:
            model_owner: User or organization: the first part of `owner/name`.
            model_name: The second part of `owner/name`.
            version_id: 64 hexadecimal digits.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("models.versions.get", **call)
        return cast(
            "Version",
            await self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(models_versions_get),
                    {
                        "model_owner": model_owner,
                        "model_name": model_name,
                        "version_id": version_id,
                    },
                ),
            ),
        )

    async def delete(
        self,
        model_owner: str,
        model_name: str,
        version_id: str,
        **call: Unpack[_base.RequestOptions],
    ) -> None:
        """Remove a version and its output; it happens later.

        Args:
            model_owner: User or organization: the first part of `owner/name`.
            model_name: The second part of `owner/name`.
            version_id: 64 hexadecimal digits.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("models.versions.delete", **call)
        await self._client.finish(
            context,
            _resources.request(
                context,
                self._client,
                _operations.BoundOperation(models_versions_delete),
                {
                    "model_owner": model_owner,
                    "model_name": model_name,
                    "version_id": version_id,
                },
            ),
        )


class AsyncModelsResource(_resources.Resource[_base.AsyncClient]):
    """The `models` of the API."""

    @property
    def examples(self) -> AsyncModelsExamplesResource:
        """The `models.examples` of the API."""
        return AsyncModelsExamplesResource(self._client)

    @property
    def predictions(self) -> AsyncModelsPredictionsResource:
        """The `models.predictions` of the API."""
        return AsyncModelsPredictionsResource(self._client)

    @property
    def readme(self) -> AsyncModelsReadmeResource:
        """The `models.readme` of the API."""
        return AsyncModelsReadmeResource(self._client)

    @property
    def versions(self) -> AsyncModelsVersionsResource:
        """The `models.versions` of the API."""
        return AsyncModelsVersionsResource(self._client)

    def list(
        self,
        *,
        cursor: str | None = None,
        sort_by: str | None = None,
        sort_direction: str | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _paging.AsyncListing[Model]:
        """List public models.

        Args:
            cursor: From the `next` of a page; opaque. Left out, the first page.
            sort_by: `latest_version_created_at` (the default) or `model_created_at`.
            sort_direction: `desc` (the default) or `asc`.
            call: Of each page, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        return _paging.AsyncListing(
            self._client,
            _paging.Paging(
                _operations.BoundOperation(models_list),
                "results",
                _x_page.XPage(items="$response.body#/results", next="$response.body#/next"),
            ),
            {
                "cursor": cursor,
                "sort_by": sort_by,
                "sort_direction": sort_direction,
            },
            **call,
        )

    async def create(
        self,
        *,
        owner: str,
        name: str,
        visibility: str,
        hardware: str,
        description: str | None = None,
        github_url: str | None = None,
        paper_url: str | None = None,
        license_url: str | None = None,
        cover_image_url: str | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> Model:
        """Make a model.

        Args:
            owner: User or organization: the first part of `owner/name`.
            name: The second part of `owner/name`.
            visibility: `public` or `private`.
            hardware: The `sku` of a hardware.
            description: What it does.
            github_url: Address of its source code.
            paper_url: Address of an article about it.
            license_url: Address of its licence.
            cover_image_url: Address of the picture on its page.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("models.create", **call)
        return cast(
            "Model",
            await self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(
                        models_create, _job_type.reader(models, "ModelRequest")
                    ),
                    {},
                    {
                        "owner": owner,
                        "name": name,
                        "visibility": visibility,
                        "hardware": hardware,
                        "description": description,
                        "github_url": github_url,
                        "paper_url": paper_url,
                        "license_url": license_url,
                        "cover_image_url": cover_image_url,
                    },
                ),
            ),
        )

    async def get(
        self, model_owner: str, model_name: str, **call: Unpack[_base.RequestOptions]
    ) -> Model:
        """Look at a model.

        Args:
            model_owner: User or organization: the first part of `owner/name`.
            model_name: The second part of `owner/name`.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("models.get", **call)
        return cast(
            "Model",
            await self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(models_get),
                    {
                        "model_owner": model_owner,
                        "model_name": model_name,
                    },
                ),
            ),
        )

    async def update(
        self,
        model_owner: str,
        model_name: str,
        *,
        description: str | None = None,
        readme: str | None = None,
        github_url: str | None = None,
        paper_url: str | None = None,
        weights_url: str | None = None,
        license_url: str | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> Model:
        """Change what is said of a model.

        Args:
            model_owner: User or organization: the first part of `owner/name`.
            model_name: The second part of `owner/name`.
            description: What it does.
            readme: Markdown.
            github_url: Address of its source code.
            paper_url: Address of an article about it.
            weights_url: Address of its weights.
            license_url: Address of its licence.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("models.update", **call)
        return cast(
            "Model",
            await self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(
                        models_update, _job_type.reader(models, "ModelUpdate")
                    ),
                    {
                        "model_owner": model_owner,
                        "model_name": model_name,
                    },
                    {
                        "description": description,
                        "readme": readme,
                        "github_url": github_url,
                        "paper_url": paper_url,
                        "weights_url": weights_url,
                        "license_url": license_url,
                    },
                ),
            ),
        )

    async def delete(
        self, model_owner: str, model_name: str, **call: Unpack[_base.RequestOptions]
    ) -> None:
        """Remove a private model of yours that has no version.

        Args:
            model_owner: User or organization: the first part of `owner/name`.
            model_name: The second part of `owner/name`.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("models.delete", **call)
        await self._client.finish(
            context,
            _resources.request(
                context,
                self._client,
                _operations.BoundOperation(models_delete),
                {
                    "model_owner": model_owner,
                    "model_name": model_name,
                },
            ),
        )


class AsyncTrainingsResource(_resources.Resource[_base.AsyncClient]):
    """The `trainings` of the API."""

    async def wait(
        self,
        training: Training | str,
        timeout: float | None = None,
        *,
        on_event: _events.Listener | None = None,
        **extra: Unpack[_extras.ExtraOptions],
    ) -> Training:
        """Wait for the end, good or bad.

        Args:
            training: What to wait for, or its id.
            timeout: Seconds; ``None`` takes the client's.
            on_event: Called with the event of each poll.
            extra: Headers and query parameters of the requests.

        Raises:
            JobTimeout: It still runs; waiting again is fine.
            APIError: Its status could not be fetched.
        """
        ref = _job_type.JobRef(training if isinstance(training, str) else training.id, None)
        job = _handles.AsyncJob[Any](self._client, "replicate", "train", ref)
        return cast("Training", (await job.wait(timeout, on_event=on_event, **extra)).end.envelope)

    async def create(
        self,
        model_owner: str,
        model_name: str,
        version_id: str,
        *,
        destination: str,
        input: Mapping[str, Any],
        webhook: str | None = None,
        webhook_events_filter: Sequence[WebhookEvent] | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> Training:
        """Train a new version of a model.

        Args:
            model_owner: User or organization: the first part of `owner/name`.
            model_name: The second part of `owner/name`.
            version_id: 64 hexadecimal digits.
            destination: A model of yours, `owner/name`, that gets the new version.
            input: What the trainer is given, by the model's own names.
            webhook: https address that is told of the training; left out, none is.
            webhook_events_filter: Which events it is told; `output` and `completed` if nothing is said.
            call: Of the call, such as `timeout`; see `redenlab.CallOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("trainings.create", **call)
        return cast(
            "Training",
            await self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(
                        trainings_create, _job_type.reader(models, "TrainingRequest")
                    ),
                    {
                        "model_owner": model_owner,
                        "model_name": model_name,
                        "version_id": version_id,
                    },
                    {
                        "destination": destination,
                        "input": input,
                        "webhook": webhook,
                        "webhook_events_filter": webhook_events_filter,
                    },
                ),
            ),
        )

    def list(
        self, *, cursor: str | None = None, **call: Unpack[_base.RequestOptions]
    ) -> _paging.AsyncListing[Training]:
        """List your trainings, newest first.

        Args:
            cursor: From the `next` of a page; opaque. Left out, the first page.
            call: Of each page, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        return _paging.AsyncListing(
            self._client,
            _paging.Paging(
                _operations.BoundOperation(trainings_list),
                "results",
                _x_page.XPage(items="$response.body#/results", next="$response.body#/next"),
            ),
            {
                "cursor": cursor,
            },
            **call,
        )

    async def get(self, training_id: str, **call: Unpack[_base.RequestOptions]) -> Training:
        """Look at a training.

        Args:
            training_id: 26 lower-case letters and digits, from the response that made it.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("trainings.get", **call)
        return cast(
            "Training",
            await self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(trainings_get),
                    {
                        "training_id": training_id,
                    },
                ),
            ),
        )

    async def cancel(self, training_id: str, **call: Unpack[_base.RequestOptions]) -> Training:
        """Stop a training.

        Args:
            training_id: 26 lower-case letters and digits, from the response that made it.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("trainings.cancel", **call)
        return cast(
            "Training",
            await self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(trainings_cancel),
                    {
                        "training_id": training_id,
                    },
                ),
            ),
        )


class AsyncWebhooksDefaultSecretResource(_resources.Resource[_base.AsyncClient]):
    """The `webhooks.default.secret` of the API."""

    async def get(self, **call: Unpack[_base.RequestOptions]) -> WebhookSecret:
        """Fetch the secret that signs webhooks.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        context = self._client.call_context("webhooks.default.secret.get", **call)
        return cast(
            "WebhookSecret",
            await self._client.finish(
                context,
                _resources.request(
                    context,
                    self._client,
                    _operations.BoundOperation(webhooks_default_secret_get),
                    {},
                ),
            ),
        )


class AsyncWebhooksDefaultResource(_resources.Resource[_base.AsyncClient]):
    """The `webhooks.default` of the API."""

    @property
    def secret(self) -> AsyncWebhooksDefaultSecretResource:
        """The `webhooks.default.secret` of the API."""
        return AsyncWebhooksDefaultSecretResource(self._client)


class AsyncWebhooksResource(_resources.Resource[_base.AsyncClient]):
    """The `webhooks` of the API."""

    @property
    def default(self) -> AsyncWebhooksDefaultResource:
        """The `webhooks.default` of the API."""
        return AsyncWebhooksDefaultResource(self._client)


class AsyncResources(_base.AsyncClient):
    """The resources of the API, as attributes of its client."""

    @property
    def predictions(self) -> AsyncPredictionsResource:
        """The `predictions` of the API."""
        return AsyncPredictionsResource(self)

    @property
    def account(self) -> AsyncAccountResource:
        """The `account` of the API."""
        return AsyncAccountResource(self)

    @property
    def collections(self) -> AsyncCollectionsResource:
        """The `collections` of the API."""
        return AsyncCollectionsResource(self)

    @property
    def deployments(self) -> AsyncDeploymentsResource:
        """The `deployments` of the API."""
        return AsyncDeploymentsResource(self)

    @property
    def files(self) -> AsyncFilesResource:
        """The `files` of the API."""
        return AsyncFilesResource(self)

    @property
    def hardware(self) -> AsyncHardwareResource:
        """The `hardware` of the API."""
        return AsyncHardwareResource(self)

    @property
    def models(self) -> AsyncModelsResource:
        """The `models` of the API."""
        return AsyncModelsResource(self)

    @property
    def trainings(self) -> AsyncTrainingsResource:
        """The `trainings` of the API."""
        return AsyncTrainingsResource(self)

    @property
    def webhooks(self) -> AsyncWebhooksResource:
        """The `webhooks` of the API."""
        return AsyncWebhooksResource(self)

    async def search(
        self, *, query: str, limit: int | None = None, **call: Unpack[_base.RequestOptions]
    ) -> SearchResponse:
        """Search models, collections and pages.

        Args:
            query: Words to search for.
            limit: Most models to answer with, 1 to 50; left out, 20.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        context = self.call_context("search", **call)
        return cast(
            "SearchResponse",
            await self.finish(
                context,
                _resources.request(
                    context,
                    self,
                    _operations.BoundOperation(search),
                    {
                        "query": query,
                        "limit": limit,
                    },
                ),
            ),
        )
