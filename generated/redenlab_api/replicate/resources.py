"""Resources of this API: its operations as methods of a client, by the dots of their ids.

``models.versions.list`` is ``client.models.versions.list()``.
"""

from __future__ import annotations

import builtins
import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Self, TypeVar, Unpack

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
    models_search,
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

C = TypeVar("C", bound=_base.Client, covariant=True)


class PredictionsResource(_methods.Resource[C]):
    """The `predictions` of the API."""

    @_methods.method
    def wait(
        self,
        prediction: Prediction | str,
        timeout: float | None = None,
        *,
        on_event: _events.Listener | None = None,
        **extra: Unpack[_extras.ExtraOptions],
    ) -> _methods.Call[Prediction]:
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
        name = prediction if isinstance(prediction, str) else prediction.id
        return _resources.waiting(
            self._client, "predict", name, {"timeout": timeout, "on_event": on_event, **extra}
        )

    @_methods.listing
    def list(
        self,
        *,
        cursor: str | None = None,
        created_after: datetime.datetime | None = None,
        created_before: datetime.datetime | None = None,
        source: str | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _methods.Pages[Prediction]:
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
        paging = _paging.Paging(
            _operations.BoundOperation(predictions_list),
            "results",
            _x_page.XPage(items="$response.body#/results", next="$response.body#/next"),
        )
        return _methods.Pages(
            paging,
            {
                "cursor": cursor,
                "created_after": created_after,
                "created_before": created_before,
                "source": source,
            },
            call,
        )

    @_methods.method
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
    ) -> _methods.Call[Prediction]:
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
        operation = _operations.BoundOperation(
            predictions_create, _job_type.reader(models, "VersionPredictionRequest")
        )
        return _resources.begun(
            self._client,
            "predictions.create",
            call,
            operation,
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
        )

    @_methods.method
    def get(
        self, prediction_id: str, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[Prediction]:
        """Look at a prediction.

        Args:
            prediction_id: 26 lower-case letters and digits, from the response that made it.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(predictions_get)
        return _resources.begun(
            self._client,
            "predictions.get",
            call,
            operation,
            {
                "prediction_id": prediction_id,
            },
        )

    @_methods.method
    def cancel(
        self, prediction_id: str, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[Prediction]:
        """Stop a prediction.

        Args:
            prediction_id: 26 lower-case letters and digits, from the response that made it.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(predictions_cancel)
        return _resources.begun(
            self._client,
            "predictions.cancel",
            call,
            operation,
            {
                "prediction_id": prediction_id,
            },
            command_of="predict",
        )


class AccountResource(_methods.Resource[C]):
    """The `account` of the API."""

    @_methods.method
    def get(self, **call: Unpack[_base.RequestOptions]) -> _methods.Call[Account]:
        """Tell who is calling.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(account_get)
        return _resources.begun(self._client, "account.get", call, operation, {})


class CollectionsResource(_methods.Resource[C]):
    """The `collections` of the API."""

    @_methods.listing
    def list(
        self, *, cursor: str | None = None, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Pages[CollectionItem]:
        """List the collections of models.

        Args:
            cursor: From the `next` of a page; opaque. Left out, the first page.
            call: Of each page, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        paging = _paging.Paging(
            _operations.BoundOperation(collections_list),
            "results",
            _x_page.XPage(items="$response.body#/results", next="$response.body#/next"),
        )
        return _methods.Pages(
            paging,
            {
                "cursor": cursor,
            },
            call,
        )

    @_methods.method
    def get(
        self, collection_slug: str, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[Collection]:
        """Look at a collection and its models.

        Args:
            collection_slug: The last part of its path, such as `text-to-image`.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(collections_get)
        return _resources.begun(
            self._client,
            "collections.get",
            call,
            operation,
            {
                "collection_slug": collection_slug,
            },
        )


class DeploymentsPredictionsResource(_methods.Resource[C]):
    """The `deployments.predictions` of the API."""

    @_methods.method
    def create(
        self,
        deployment_owner: str,
        deployment_name: str | None = None,
        *,
        input: Mapping[str, Any],
        prefer: str | None = None,
        cancel_after: str | None = None,
        webhook: str | None = None,
        webhook_events_filter: Sequence[WebhookEvent] | None = None,
        stream: bool | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _methods.Call[Prediction]:
        """Run a deployment.

        Args:
            deployment_owner: User or organization: the first part of `owner/name`. Or all of them, with slashes
                in between.
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
        operation = _operations.BoundOperation(
            deployments_predictions_create, _job_type.reader(models, "PredictionRequest")
        )
        return _resources.begun(
            self._client,
            "deployments.predictions.create",
            call,
            operation,
            _resources.parted(
                {
                    "deployment_owner": deployment_owner,
                    "deployment_name": deployment_name,
                    "prefer": prefer,
                    "cancel_after": cancel_after,
                },
                ["deployment_owner", "deployment_name"],
            ),
            {
                "input": input,
                "webhook": webhook,
                "webhook_events_filter": webhook_events_filter,
                "stream": stream,
            },
        )


class DeploymentsResource(_methods.Resource[C]):
    """The `deployments` of the API."""

    @property
    def predictions(self) -> DeploymentsPredictionsResource[C]:
        """The `deployments.predictions` of the API."""
        return DeploymentsPredictionsResource(self._client)

    @_methods.listing
    def list(
        self, *, cursor: str | None = None, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Pages[Deployment]:
        """List your deployments, newest first.

        Args:
            cursor: From the `next` of a page; opaque. Left out, the first page.
            call: Of each page, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        paging = _paging.Paging(
            _operations.BoundOperation(deployments_list),
            "results",
            _x_page.XPage(items="$response.body#/results", next="$response.body#/next"),
        )
        return _methods.Pages(
            paging,
            {
                "cursor": cursor,
            },
            call,
        )

    @_methods.method
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
    ) -> _methods.Call[Deployment]:
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
        operation = _operations.BoundOperation(
            deployments_create, _job_type.reader(models, "DeploymentRequest")
        )
        return _resources.begun(
            self._client,
            "deployments.create",
            call,
            operation,
            {},
            {
                "name": name,
                "model": model,
                "version": version,
                "hardware": hardware,
                "min_instances": min_instances,
                "max_instances": max_instances,
            },
        )

    @_methods.method
    def get(
        self,
        deployment_owner: str,
        deployment_name: str | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _methods.Call[Deployment]:
        """Look at a deployment.

        Args:
            deployment_owner: User or organization: the first part of `owner/name`. Or all of them, with slashes
                in between.
            deployment_name: The second part of `owner/name`.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(deployments_get)
        return _resources.begun(
            self._client,
            "deployments.get",
            call,
            operation,
            _resources.parted(
                {
                    "deployment_owner": deployment_owner,
                    "deployment_name": deployment_name,
                },
                ["deployment_owner", "deployment_name"],
            ),
        )

    @_methods.method
    def update(
        self,
        deployment_owner: str,
        deployment_name: str | None = None,
        *,
        version: str | None = None,
        hardware: str | None = None,
        min_instances: int | None = None,
        max_instances: int | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _methods.Call[Deployment]:
        """Change a deployment, which makes a new release.

        Args:
            deployment_owner: User or organization: the first part of `owner/name`. Or all of them, with slashes
                in between.
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
        operation = _operations.BoundOperation(
            deployments_update, _job_type.reader(models, "DeploymentUpdate")
        )
        return _resources.begun(
            self._client,
            "deployments.update",
            call,
            operation,
            _resources.parted(
                {
                    "deployment_owner": deployment_owner,
                    "deployment_name": deployment_name,
                },
                ["deployment_owner", "deployment_name"],
            ),
            {
                "version": version,
                "hardware": hardware,
                "min_instances": min_instances,
                "max_instances": max_instances,
            },
        )

    @_methods.method
    def delete(
        self,
        deployment_owner: str,
        deployment_name: str | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _methods.Call[None]:
        """Remove a deployment that is offline and has been idle for 15 minutes.

        Args:
            deployment_owner: User or organization: the first part of `owner/name`. Or all of them, with slashes
                in between.
            deployment_name: The second part of `owner/name`.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(deployments_delete)
        return _resources.begun(
            self._client,
            "deployments.delete",
            call,
            operation,
            _resources.parted(
                {
                    "deployment_owner": deployment_owner,
                    "deployment_name": deployment_name,
                },
                ["deployment_owner", "deployment_name"],
            ),
        )


class FilesResource(_methods.Resource[C]):
    """The `files` of the API."""

    @_methods.listing
    def list(
        self, *, cursor: str | None = None, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Pages[StoredFile]:
        """List your files, newest first.

        Args:
            cursor: From the `next` of a page; opaque. Left out, the first page.
            call: Of each page, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        paging = _paging.Paging(
            _operations.BoundOperation(files_list),
            "results",
            _x_page.XPage(items="$response.body#/results", next="$response.body#/next"),
        )
        return _methods.Pages(
            paging,
            {
                "cursor": cursor,
            },
            call,
        )

    @_methods.method
    def create(
        self,
        *,
        content: _sources.Source,
        metadata: Mapping[str, Any] | None = None,
        type: str | None = None,
        filename: str | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _methods.Call[StoredFile]:
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
        operation = _operations.BoundOperation(
            files_create, _job_type.reader(models, "FileRequest")
        )
        return _resources.begun(
            self._client,
            "files.create",
            call,
            operation,
            {},
            {
                "content": content,
                "metadata": metadata,
                "type": type,
                "filename": filename,
            },
            files=["content"],
        )

    @_methods.method
    def get(self, file_id: str, **call: Unpack[_base.RequestOptions]) -> _methods.Call[StoredFile]:
        """Look at a file.

        Args:
            file_id: About 48 characters, from the response to the upload.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(files_get)
        return _resources.begun(
            self._client,
            "files.get",
            call,
            operation,
            {
                "file_id": file_id,
            },
        )

    @_methods.method
    def delete(self, file_id: str, **call: Unpack[_base.RequestOptions]) -> _methods.Call[None]:
        """Remove a file.

        Args:
            file_id: About 48 characters, from the response to the upload.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(files_delete)
        return _resources.begun(
            self._client,
            "files.delete",
            call,
            operation,
            {
                "file_id": file_id,
            },
        )

    @_methods.method
    def download(
        self,
        file_id: str,
        *,
        owner: str,
        expiry: int,
        signature: str,
        **call: Unpack[_base.RequestOptions],
    ) -> _methods.Call[bytes]:
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
        operation = _operations.BoundOperation(files_download)
        return _resources.begun(
            self._client,
            "files.download",
            call,
            operation,
            {
                "file_id": file_id,
                "owner": owner,
                "expiry": expiry,
                "signature": signature,
            },
        )


class HardwareResource(_methods.Resource[C]):
    """The `hardware` of the API."""

    @_methods.method
    def list(self, **call: Unpack[_base.RequestOptions]) -> _methods.Call[builtins.list[Hardware]]:
        """List what models can run on.

        The answer is a bare array, not a page.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(hardware_list)
        return _resources.begun(self._client, "hardware.list", call, operation, {})


class ModelsExamplesResource(_methods.Resource[C]):
    """The `models.examples` of the API."""

    @_methods.listing
    def list(
        self,
        model_owner: str,
        model_name: str | None = None,
        *,
        cursor: str | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _methods.Pages[Prediction]:
        """List predictions that show what a model can do.

        Args:
            model_owner: User or organization: the first part of `owner/name`. Or all of them, with slashes
                in between.
            model_name: The second part of `owner/name`.
            cursor: From the `next` of a page; opaque. Left out, the first page.
            call: Of each page, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        paging = _paging.Paging(
            _operations.BoundOperation(models_examples_list),
            "results",
            _x_page.XPage(items="$response.body#/results", next="$response.body#/next"),
        )
        return _methods.Pages(
            paging,
            _resources.parted(
                {
                    "model_owner": model_owner,
                    "model_name": model_name,
                    "cursor": cursor,
                },
                ["model_owner", "model_name"],
            ),
            call,
        )


class ModelsPredictionsResource(_methods.Resource[C]):
    """The `models.predictions` of the API."""

    @_methods.method
    def create(
        self,
        model_owner: str,
        model_name: str | None = None,
        *,
        input: Mapping[str, Any],
        prefer: str | None = None,
        cancel_after: str | None = None,
        webhook: str | None = None,
        webhook_events_filter: Sequence[WebhookEvent] | None = None,
        stream: bool | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _methods.Call[Prediction]:
        """Run an official model.

        Args:
            model_owner: User or organization: the first part of `owner/name`. Or all of them, with slashes
                in between.
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
        operation = _operations.BoundOperation(
            models_predictions_create, _job_type.reader(models, "PredictionRequest")
        )
        return _resources.begun(
            self._client,
            "models.predictions.create",
            call,
            operation,
            _resources.parted(
                {
                    "model_owner": model_owner,
                    "model_name": model_name,
                    "prefer": prefer,
                    "cancel_after": cancel_after,
                },
                ["model_owner", "model_name"],
            ),
            {
                "input": input,
                "webhook": webhook,
                "webhook_events_filter": webhook_events_filter,
                "stream": stream,
            },
        )


class ModelsReadmeResource(_methods.Resource[C]):
    """The `models.readme` of the API."""

    @_methods.method
    def get(
        self, model_owner: str, model_name: str | None = None, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[str]:
        """Read what the authors of a model say, in Markdown.

        Args:
            model_owner: User or organization: the first part of `owner/name`. Or all of them, with slashes
                in between.
            model_name: The second part of `owner/name`.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(models_readme_get)
        return _resources.begun(
            self._client,
            "models.readme.get",
            call,
            operation,
            _resources.parted(
                {
                    "model_owner": model_owner,
                    "model_name": model_name,
                },
                ["model_owner", "model_name"],
            ),
        )


class ModelsVersionsResource(_methods.Resource[C]):
    """The `models.versions` of the API."""

    @_methods.listing
    def list(
        self,
        model_owner: str,
        model_name: str | None = None,
        *,
        cursor: str | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _methods.Pages[Version]:
        """List the versions of a model, newest first.

        Official models have none, and are answered 404.

        Args:
            model_owner: User or organization: the first part of `owner/name`. Or all of them, with slashes
                in between.
            model_name: The second part of `owner/name`.
            cursor: From the `next` of a page; opaque. Left out, the first page.
            call: Of each page, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        paging = _paging.Paging(
            _operations.BoundOperation(models_versions_list),
            "results",
            _x_page.XPage(items="$response.body#/results", next="$response.body#/next"),
        )
        return _methods.Pages(
            paging,
            _resources.parted(
                {
                    "model_owner": model_owner,
                    "model_name": model_name,
                    "cursor": cursor,
                },
                ["model_owner", "model_name"],
            ),
            call,
        )

    @_methods.method
    def get(
        self,
        model_owner: str,
        model_name: str,
        version_id: str,
        **call: Unpack[_base.RequestOptions],
    ) -> _methods.Call[Version]:
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
        operation = _operations.BoundOperation(models_versions_get)
        return _resources.begun(
            self._client,
            "models.versions.get",
            call,
            operation,
            {
                "model_owner": model_owner,
                "model_name": model_name,
                "version_id": version_id,
            },
        )

    @_methods.method
    def delete(
        self,
        model_owner: str,
        model_name: str,
        version_id: str,
        **call: Unpack[_base.RequestOptions],
    ) -> _methods.Call[None]:
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
        operation = _operations.BoundOperation(models_versions_delete)
        return _resources.begun(
            self._client,
            "models.versions.delete",
            call,
            operation,
            {
                "model_owner": model_owner,
                "model_name": model_name,
                "version_id": version_id,
            },
        )


class ModelsResource(_methods.Resource[C]):
    """The `models` of the API."""

    @property
    def examples(self) -> ModelsExamplesResource[C]:
        """The `models.examples` of the API."""
        return ModelsExamplesResource(self._client)

    @property
    def predictions(self) -> ModelsPredictionsResource[C]:
        """The `models.predictions` of the API."""
        return ModelsPredictionsResource(self._client)

    @property
    def readme(self) -> ModelsReadmeResource[C]:
        """The `models.readme` of the API."""
        return ModelsReadmeResource(self._client)

    @property
    def versions(self) -> ModelsVersionsResource[C]:
        """The `models.versions` of the API."""
        return ModelsVersionsResource(self._client)

    @_methods.listing
    def list(
        self,
        *,
        cursor: str | None = None,
        sort_by: str | None = None,
        sort_direction: str | None = None,
        **call: Unpack[_base.RequestOptions],
    ) -> _methods.Pages[Model]:
        """List public models.

        Args:
            cursor: From the `next` of a page; opaque. Left out, the first page.
            sort_by: `latest_version_created_at` (the default) or `model_created_at`.
            sort_direction: `desc` (the default) or `asc`.
            call: Of each page, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        paging = _paging.Paging(
            _operations.BoundOperation(models_list),
            "results",
            _x_page.XPage(items="$response.body#/results", next="$response.body#/next"),
        )
        return _methods.Pages(
            paging,
            {
                "cursor": cursor,
                "sort_by": sort_by,
                "sort_direction": sort_direction,
            },
            call,
        )

    @_methods.method
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
    ) -> _methods.Call[Model]:
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
        operation = _operations.BoundOperation(
            models_create, _job_type.reader(models, "ModelRequest")
        )
        return _resources.begun(
            self._client,
            "models.create",
            call,
            operation,
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
        )

    @_methods.listing
    def search(self, query: str, **call: Unpack[_base.RequestOptions]) -> _methods.Pages[Model]:
        """Search public models.

        Args:
            query: Words that its name or description has.
            call: Of each page, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        paging = _paging.Paging(
            _operations.BoundOperation(models_search),
            "results",
            _x_page.XPage(items="$response.body#/results", next="$response.body#/next"),
        )
        return _methods.Pages(
            paging,
            {
                "body": query,
            },
            call,
        )

    @_methods.method
    def get(
        self, model_owner: str, model_name: str | None = None, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[Model]:
        """Look at a model.

        Args:
            model_owner: User or organization: the first part of `owner/name`. Or all of them, with slashes
                in between.
            model_name: The second part of `owner/name`.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(models_get)
        return _resources.begun(
            self._client,
            "models.get",
            call,
            operation,
            _resources.parted(
                {
                    "model_owner": model_owner,
                    "model_name": model_name,
                },
                ["model_owner", "model_name"],
            ),
        )

    @_methods.method
    def update(
        self,
        model_owner: str,
        model_name: str | None = None,
        *,
        description: str | None = None,
        readme: str | None = None,
        github_url: str | None = None,
        paper_url: str | None = None,
        weights_url: str | None = None,
        license_url: str | None = None,
        **call: Unpack[_base.CallOptions],
    ) -> _methods.Call[Model]:
        """Change what is said of a model.

        Args:
            model_owner: User or organization: the first part of `owner/name`. Or all of them, with slashes
                in between.
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
        operation = _operations.BoundOperation(
            models_update, _job_type.reader(models, "ModelUpdate")
        )
        return _resources.begun(
            self._client,
            "models.update",
            call,
            operation,
            _resources.parted(
                {
                    "model_owner": model_owner,
                    "model_name": model_name,
                },
                ["model_owner", "model_name"],
            ),
            {
                "description": description,
                "readme": readme,
                "github_url": github_url,
                "paper_url": paper_url,
                "weights_url": weights_url,
                "license_url": license_url,
            },
        )

    @_methods.method
    def delete(
        self, model_owner: str, model_name: str | None = None, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[None]:
        """Remove a private model of yours that has no version.

        Args:
            model_owner: User or organization: the first part of `owner/name`. Or all of them, with slashes
                in between.
            model_name: The second part of `owner/name`.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(models_delete)
        return _resources.begun(
            self._client,
            "models.delete",
            call,
            operation,
            _resources.parted(
                {
                    "model_owner": model_owner,
                    "model_name": model_name,
                },
                ["model_owner", "model_name"],
            ),
        )


class TrainingsResource(_methods.Resource[C]):
    """The `trainings` of the API."""

    @_methods.method
    def wait(
        self,
        training: Training | str,
        timeout: float | None = None,
        *,
        on_event: _events.Listener | None = None,
        **extra: Unpack[_extras.ExtraOptions],
    ) -> _methods.Call[Training]:
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
        name = training if isinstance(training, str) else training.id
        return _resources.waiting(
            self._client, "train", name, {"timeout": timeout, "on_event": on_event, **extra}
        )

    @_methods.method
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
    ) -> _methods.Call[Training]:
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
        operation = _operations.BoundOperation(
            trainings_create, _job_type.reader(models, "TrainingRequest")
        )
        return _resources.begun(
            self._client,
            "trainings.create",
            call,
            operation,
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
        )

    @_methods.listing
    def list(
        self, *, cursor: str | None = None, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Pages[Training]:
        """List your trainings, newest first.

        Args:
            cursor: From the `next` of a page; opaque. Left out, the first page.
            call: Of each page, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        paging = _paging.Paging(
            _operations.BoundOperation(trainings_list),
            "results",
            _x_page.XPage(items="$response.body#/results", next="$response.body#/next"),
        )
        return _methods.Pages(
            paging,
            {
                "cursor": cursor,
            },
            call,
        )

    @_methods.method
    def get(
        self, training_id: str, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[Training]:
        """Look at a training.

        Args:
            training_id: 26 lower-case letters and digits, from the response that made it.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(trainings_get)
        return _resources.begun(
            self._client,
            "trainings.get",
            call,
            operation,
            {
                "training_id": training_id,
            },
        )

    @_methods.method
    def cancel(
        self, training_id: str, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[Training]:
        """Stop a training.

        Args:
            training_id: 26 lower-case letters and digits, from the response that made it.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(trainings_cancel)
        return _resources.begun(
            self._client,
            "trainings.cancel",
            call,
            operation,
            {
                "training_id": training_id,
            },
            command_of="train",
        )


class WebhooksDefaultSecretResource(_methods.Resource[C]):
    """The `webhooks.default.secret` of the API."""

    @_methods.method
    def get(self, **call: Unpack[_base.RequestOptions]) -> _methods.Call[WebhookSecret]:
        """Fetch the secret that signs webhooks.

        Args:
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(webhooks_default_secret_get)
        return _resources.begun(self._client, "webhooks.default.secret.get", call, operation, {})


class WebhooksDefaultResource(_methods.Resource[C]):
    """The `webhooks.default` of the API."""

    @property
    def secret(self) -> WebhooksDefaultSecretResource[C]:
        """The `webhooks.default.secret` of the API."""
        return WebhooksDefaultSecretResource(self._client)


class WebhooksResource(_methods.Resource[C]):
    """The `webhooks` of the API."""

    @property
    def default(self) -> WebhooksDefaultResource[C]:
        """The `webhooks.default` of the API."""
        return WebhooksDefaultResource(self._client)


class Resources(_base.Client):
    """The resources of the API, as attributes of its client."""

    @property
    def predictions(self) -> PredictionsResource[Self]:
        """The `predictions` of the API."""
        return PredictionsResource(self)

    @property
    def account(self) -> AccountResource[Self]:
        """The `account` of the API."""
        return AccountResource(self)

    @property
    def collections(self) -> CollectionsResource[Self]:
        """The `collections` of the API."""
        return CollectionsResource(self)

    @property
    def deployments(self) -> DeploymentsResource[Self]:
        """The `deployments` of the API."""
        return DeploymentsResource(self)

    @property
    def files(self) -> FilesResource[Self]:
        """The `files` of the API."""
        return FilesResource(self)

    @property
    def hardware(self) -> HardwareResource[Self]:
        """The `hardware` of the API."""
        return HardwareResource(self)

    @property
    def models(self) -> ModelsResource[Self]:
        """The `models` of the API."""
        return ModelsResource(self)

    @property
    def trainings(self) -> TrainingsResource[Self]:
        """The `trainings` of the API."""
        return TrainingsResource(self)

    @property
    def webhooks(self) -> WebhooksResource[Self]:
        """The `webhooks` of the API."""
        return WebhooksResource(self)

    @_methods.method
    def search(
        self, *, query: str, limit: int | None = None, **call: Unpack[_base.RequestOptions]
    ) -> _methods.Call[SearchResponse]:
        """Search models, collections and pages.

        Args:
            query: Words to search for.
            limit: Most models to answer with, 1 to 50; left out, 20.
            call: Of the call, such as `timeout`; see `redenlab.RequestOptions`.

        Raises:
            InputError: An argument is unusable; nothing was sent.
            APIError: See `redenlab.core.errors`.
        """
        operation = _operations.BoundOperation(search)
        return _resources.begun(
            self,
            "search",
            call,
            operation,
            {
                "query": query,
                "limit": limit,
            },
        )
