"""Methods of those clients of jobs whose service can do more than run them."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Literal, Protocol, Self, TypeVar, Unpack, overload
from uuid import UUID

from redenlab.core.calls.context import CallContext
from redenlab.core.calls.steps import StepCaller
from redenlab.core.clients.base import Client
from redenlab.core.clients.functions import Function, StreamingFunction
from redenlab.core.clients.job_clients import OneJobClient
from redenlab.core.clients.methods import Call, method, untyped_method
from redenlab.core.clients.options import RequestOptions, UploadOptions
from redenlab.core.errors import InputError, UnexpectedResponse
from redenlab.core.events import Listener
from redenlab.core.files.sources import Source
from redenlab.core.files.uploads import Asset
from redenlab.core.jobs import health, segments
from redenlab.core.jobs.handle import Handle
from redenlab.core.jobs.health import Health
from redenlab.core.jobs.model_schemas import PinnedModel
from redenlab.core.jobs.polling import send_command
from redenlab.core.jobs.segments import Aggregate
from redenlab.core.jobs.submission import JobRequest, uploader
from redenlab.core.spec.expressions import Scope
from redenlab.core.spec.steps import Lookup

N_contra = TypeVar("N_contra", contravariant=True)
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class RunSegmented(Protocol[N_contra, T_co]):
    """The type of a `run_segmented` for some models."""

    def __call__(
        self,
        file_path: Source | None = None,
        s3_uri: str | None = None,
        *,
        model_name: N_contra | None = None,
        **call: Unpack[UploadOptions],
    ) -> T_co:
        """See `SegmentMethods.run_segmented`."""
        ...


class UploadMethods(OneJobClient):
    """Of clients of a job whose recordings are uploaded before it is submitted."""

    @method
    def upload(
        self,
        file_path: Source | None = None,
        s3_uri: str | None = None,
        **call: Unpack[UploadOptions],
    ) -> Call[Asset]:
        """Upload a recording without submitting it.

        Args:
            file_path: Path, URL, bytes, binary file or stream.
            s3_uri: URL of an object instead, such as ``s3://bucket/a.wav``.
            call: See `redenlab.core.clients.options.UploadOptions`.

        Returns:
            An asset that `submit` takes instead of a recording: any number of times where it has
            an `id`, else once.

        Raises:
            InputError: The recording is unusable; nothing was sent.
            UploadError: Storage did not take it.
            TimeoutError: Out of time.
            APIError: See `redenlab.core.errors`.
        """
        context = self._call_context("upload", call, UploadOptions)
        source = self._source((file_path, s3_uri), call)
        return context, uploader(context, self._job).upload(source)


class HealthMethods(OneJobClient):
    """Of clients of a service that says whether its models are ready."""

    @method
    def health(
        self, model_name: str | None = None, *, timeout: float | None = None
    ) -> Call[Health]:
        """Ask whether a model is ready; that does not start it.

        Args:
            model_name: Which model; ``None`` takes the client's.
            timeout: Seconds for the call, of which one request may take 60; ``None`` takes the
                client's.

        Raises:
            NotFound: The service cannot be asked about this model.
            APIError: See `redenlab.core.errors`.
        """
        context = self.call_context("health", timeout)
        return context, health.health(context, self._job, model_name or self.model_name)

    @method
    def warm_up(
        self,
        model_name: str | None = None,
        *,
        parameters: Mapping[str, Any] | None = None,
        timeout: float = 900.0,
        on_event: Listener | None = None,
    ) -> Call[float]:
        """Start a model by a job on one second of silence; it counts, and costs, like any other.

        Args:
            model_name: Which model; ``None`` takes the client's.
            parameters: Of the model, where it requires some.
            timeout: Seconds for the whole call; cold models take ten minutes and more.
            on_event: Called with each event of the call; see `redenlab.core.events`.

        Returns:
            Seconds that it took.

        Raises:
            TimeoutError: It is still starting.
            APIError: See `redenlab.core.errors`.
        """
        context = self.call_context("warm_up", timeout, on_event)
        request = JobRequest(model_name or self.model_name, dict(parameters or {}))
        return context, health.warm_up(context, self, self._job, request)


class DeleteMethods(OneJobClient):
    """Of clients of a service that can delete its jobs."""

    @method
    def delete(
        self,
        job_id: str | UUID | Handle[Any, Any],
        *,
        model_name: str | None = None,
        **call: Unpack[RequestOptions],
    ) -> Call[None]:
        """Ask the service to delete a job and its data.

        Args:
            job_id: The id of a job, or its handle.
            model_name: Which model it was submitted to; ``None`` takes the handle's, or the
                client's.
            call: See `redenlab.RequestOptions`.

        Raises:
            NotFound: The service has no such job.
            Conflict: It cannot be deleted now.
            APIError: See `redenlab.core.errors`.
        """
        context = self._call_context("delete", call, RequestOptions)
        if isinstance(job_id, Handle):
            ref = self._ref(job_id.id, model_name or job_id.model_name)
        else:
            ref = self._ref(str(job_id), model_name)
        return context, send_command(context, self._job, "delete", ref)


class FunctionMethods(OneJobClient):
    """Of clients of a job whose models publish what they take and give."""

    @overload
    def use(
        self, ref: str | PinnedModel[Any], *, streaming: Literal[False] = False
    ) -> Function[Self]: ...
    @overload
    def use(
        self, ref: str | PinnedModel[Any], *, streaming: Literal[True]
    ) -> StreamingFunction[Self]: ...
    def use(
        self, ref: str | PinnedModel[Any], *, streaming: bool = False
    ) -> Function[Self] | StreamingFunction[Self]:
        """A model as a function of its inputs; nothing is sent before it is called.

        Inputs are checked against the schema that the model publishes, before any file is uploaded.

        Args:
            ref: The reference to a model, or one with its schemas.
            streaming: Whether calls yield the output piece by piece, while the model runs.
        """
        return (StreamingFunction if streaming else Function)(self, self._job, ref)


class WebhookMethods(Client):
    """Of clients of a service that tells the secret of its webhooks."""

    webhook_secrets: ClassVar[Mapping[str, Lookup]]

    @method
    def webhook_secret(self, name: str, *, timeout: float | None = None) -> Call[str]:
        """Fetch the secret that deliveries are signed with, for `redenlab.webhooks.Webhook`.

        Args:
            name: Of the webhook, in the spec.
            timeout: Seconds; ``None`` takes the client's.

        Raises:
            InputError: There is no such webhook.
            APIError: It could not be fetched.
        """
        context = self.call_context("webhook_secret", timeout)
        return context, self.with_secret(context, name, str)

    async def with_secret(self, context: CallContext, name: str, receiver: Callable[[str], T]) -> T:
        """Fetch the secret of a webhook, and make a `receiver` with it; see `webhook_secret`."""
        step = self.webhook_secrets.get(name)
        if step is None:
            known = ", ".join(self.webhook_secrets)
            raise InputError(f"there is no webhook {name!r}", hint=f"there are: {known}")
        found = (await StepCaller(context, {}).call(step, Scope())).value(step.value)
        if not isinstance(found, str) or not found:
            raise UnexpectedResponse("the service sent no secret")
        return receiver(found)


class SegmentMethods(OneJobClient):
    """Of clients of a job whose long recordings can be scored in segments."""

    @untyped_method
    def run_segmented(
        self,
        file_path: Source | None = None,
        s3_uri: str | None = None,
        *,
        model_name: str | None = None,
        **call: Unpack[UploadOptions],
    ) -> Call[Aggregate]:
        """Score a long recording in segments, and average; needs the ``audio`` extra.

        Args:
            file_path: Path, URL, bytes, binary file or stream, in a format that libsndfile reads.
            s3_uri: URL of an object instead, such as ``s3://bucket/a.wav``.
            model_name: Which model; ``None`` takes the client's. Results of other models cannot be
                averaged.
            call: See `redenlab.core.clients.options.UploadOptions`; the timeout is for all
                segments together, the content type that of the whole: segments are WAV.

        Returns:
            The mean, each segment's score, and the errors of the segments without one.

        Raises:
            InputError: The recording cannot be decoded, or the model's results cannot be
                averaged; nothing was sent.
            MissingExtra: The ``audio`` extra is not installed.
            RedenLabError: No segment has a score; the error of the first.
        """
        context = self._call_context(f"{self.job_name}_segmented", call, UploadOptions)
        request = self._request((file_path, s3_uri), model_name, {}, call)
        return context, segments.predict(context, self, self._job, request)
