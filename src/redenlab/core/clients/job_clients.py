"""The clients of one job: what generated and dynamic clients share, sync and async.

A generated client adds types alone: settings, and overloads of the methods whose results depend on
the model.
"""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Protocol, TypeVar, Unpack, cast

from redenlab.core.auth.secret import Secret
from redenlab.core.calls.context import CallContext
from redenlab.core.clients.base import AsyncClient, BlockingClient, Client
from redenlab.core.clients.methods import Call, method, untyped_method
from redenlab.core.clients.options import (
    Options,
    RecordingOptions,
    RequestOptions,
    UploadOptions,
    of_call,
    refuse_unknown,
    wrapped_key,
)
from redenlab.core.errors import ConfigurationError, boundary
from redenlab.core.files.sources import Source
from redenlab.core.files.uploads import Asset, as_source
from redenlab.core.jobs.handles import AsyncJob, Job, run_job, submit_job
from redenlab.core.jobs.job_type import JobRef, JobType
from redenlab.core.jobs.polling import get_status
from redenlab.core.jobs.results import fetch_result
from redenlab.core.jobs.snapshots import without_none
from redenlab.core.jobs.submission import JobRequest

if TYPE_CHECKING:
    from redenlab.core.runs.run import AsyncRun, MapOptions, Order, Run
    from redenlab.core.runs.sources import Sources

S_co = TypeVar("S_co", covariant=True)
O_co = TypeVar("O_co", covariant=True)
T_co = TypeVar("T_co", covariant=True)

Recording = Source | Asset | None
"""What a job may begin with: a recording, or an asset of `upload`."""


class GetStatus(Protocol[T_co]):
    """The type of `get_status` under another name."""

    def __call__(
        self, job_id: str, *, model_name: str | None = None, **call: Unpack[RequestOptions]
    ) -> T_co:
        """See `JobMethods.get_status`."""
        ...


class GetResult(Protocol[T_co]):
    """The type of `get_result` where all results have one type."""

    def __call__(self, job_id: str, **call: Unpack[RequestOptions]) -> T_co:
        """See `JobMethods.get_result`."""
        ...


class OneJobClient(Client):
    """A client of one job, which is the first of its `jobs` unless `job_name` says otherwise."""

    job_name: ClassVar[str]

    def __init_subclass__(cls) -> None:
        """Give the methods the names that the spec has for them."""
        super().__init_subclass__()
        if "job_name" in vars(cls):
            given: Any = cls
            names = {cls.job_name: "run", f"{cls.job_name}_segmented": "run_segmented"}
            names |= cls.jobs[cls.job_name].x_job.aliases
            for name, known in names.items():
                if hasattr(given, known):
                    setattr(cls, name, getattr(given, known))

    def __init__(
        self,
        api_key: str | Secret | None = None,
        base_url: str | None = None,
        model_name: str | None = None,
        timeout: float | None = None,
        **options: Unpack[Options],
    ) -> None:
        """Resolve the settings: argument, then environment, then file; nothing is sent.

        Args:
            api_key: The API key.
            base_url: URL of the API: https; its path is kept.
            model_name: Model of calls that name none.
            timeout: Seconds for a whole call, waiting included.
            options: See `redenlab.Options`.

        Raises:
            AuthenticationError: There is no usable credential.
            ConfigurationError: A setting is missing, malformed or unsafe.
        """
        key = wrapped_key(api_key, options)
        del api_key  # debuggers that show locals must not show it
        given = {"api_key": key, "base_url": base_url, "timeout": timeout}
        super().__init__({**given, "model_name": model_name}, options)
        self.model_name: str | None = self.settings.text("model_name")

    @property
    def _job(self) -> JobType[Any]:
        return self.jobs[self.job_name]

    def _ref(self, job_id: str, model_name: str | None) -> JobRef:
        return JobRef(job_id, model_name or self.model_name)

    def _call_context(self, name: str, options: Mapping[str, Any], known: type[Any]) -> CallContext:
        refuse_unknown(options, known)
        return self.call_context(name, **of_call(options))

    def _request(
        self,
        recording: tuple[Recording, str | None],
        model_name: str | None,
        parameters: Mapping[str, Any],
        options: UploadOptions,
    ) -> JobRequest:
        spec = self._job.spec
        source = None
        if spec.takes_recording and not (recording == (None, None) and spec.x_job.file):
            source = self._source(recording, options)
        if self.demands is not None:
            parameters = self.demands.wired(spec.submit, parameters)
        return JobRequest(model_name or self.model_name, parameters, source)

    def _source(self, recording: tuple[Recording, str | None], options: UploadOptions) -> Any:
        names = {"filename": options.get("filename"), "content_type": options.get("content_type")}
        return as_source(*recording, **names)


class JobMethods(OneJobClient, Generic[S_co, O_co]):
    """The methods of every client of a job.

    `S_co` is the type of a job at one moment, `O_co` that of one that has ended well.
    """

    @untyped_method
    def run(
        self,
        file_path: Recording = None,
        s3_uri: str | None = None,
        *,
        model_name: str | None = None,
        parameters: Mapping[str, Any] | None = None,
        **given: Any,
    ) -> Call[Any]:
        """Run a job and wait for its result.

        Args:
            file_path: Path, URL, bytes, binary file or stream, or an asset of `upload`; it is
                streamed, never read into memory as a whole. Where the job takes no recording but
                the name of a model, that name.
            s3_uri: URL of an object instead, such as ``s3://bucket/a.wav``; needs an fsspec
                filesystem for its scheme.
            model_name: Which model; ``None`` takes the client's.
            parameters: Further parameters, which the spec does not know.
            given: Parameters of the job, and the options of
                `redenlab.RecordingOptions`.

        Raises:
            InputError: The recording or a parameter is unusable; nothing was sent.
            UploadError: Storage did not take the recording; nothing was submitted.
            SubmitUncertain: It is unknown whether the job was started.
            InferenceError: The job failed or was cancelled.
            TimeoutError: Out of time; a job that was submitted goes on, and the error has it.
            APIError: See `redenlab.core.errors`.
        """
        context, request = self._begun(
            self.job_name, (file_path, s3_uri), model_name, parameters, given
        )
        return context, run_job(context, self, self._job, request)

    @untyped_method
    def submit(
        self,
        file_path: Recording = None,
        s3_uri: str | None = None,
        *,
        model_name: str | None = None,
        parameters: Mapping[str, Any] | None = None,
        **given: Any,
    ) -> Call[Any]:
        """Start a job and return a handle, a `Job` or `AsyncJob`, at once.

        Arguments and errors are those of `run`, but for `InferenceError`.
        """
        context, request = self._begun("submit", (file_path, s3_uri), model_name, parameters, given)
        return context, submit_job(context, self, self._job, request)

    @method
    def get_status(
        self, job_id: str, *, model_name: str | None = None, **call: Unpack[RequestOptions]
    ) -> Call[S_co]:
        """Poll a job once.

        Args:
            job_id: From `submit`, an error or a log.
            model_name: Which model it was submitted to; ``None`` takes the client's.
            call: See `redenlab.RequestOptions`.

        Raises:
            NotFound: The service has no such job.
            APIError: See `redenlab.core.errors`.
        """
        context = self._call_context("get_status", call, RequestOptions)
        workflow: Any = get_status(context, self._job, self._ref(job_id, model_name))
        return context, workflow

    @untyped_method
    def get_result(
        self, job_id: str, *, model_name: str | None = None, **call: Unpack[RequestOptions]
    ) -> Call[Any]:
        """The result of a job that has ended, without waiting.

        Args:
            job_id: From `submit`, an error or a log.
            model_name: Which model it was submitted to; ``None`` takes the client's.
            call: See `redenlab.RequestOptions`.

        Raises:
            JobRunning: It has not ended.
            InferenceError: It failed or was cancelled.
            NotFound: The service has no such job.
            APIError: See `redenlab.core.errors`.
        """
        context = self._call_context("get_result", call, RequestOptions)
        ref = self._ref(job_id, model_name)
        return context, fetch_result(context, self, self._job, ref)

    def _begun(
        self,
        call: str,
        recording: tuple[Recording, str | None],
        model_name: str | None,
        parameters: Mapping[str, Any] | None,
        given: Mapping[str, Any],
    ) -> tuple[CallContext, JobRequest]:
        options: Any = {k: v for k, v in given.items() if k in RecordingOptions.__annotations__}
        rest = without_none({k: v for k, v in given.items() if k not in options})
        context = self._call_context(call, options, RecordingOptions)
        spec, model = self._job.spec, model_name
        if not spec.takes_recording and isinstance(recording[0], str):
            model = recording[0]
        known = (*spec.arguments, *spec.parameters)
        if model and spec.x_job.model is None and "model_name" in known:
            rest["model_name"], model = model, None  # an argument of the submit, of that name
        return context, self._request(recording, model, rest | dict(parameters or {}), options)

    def run_request(self, model_name: str | None, parameters: Mapping[str, Any]) -> JobRequest:
        """A submit without its recording; for runs."""
        if self.demands is not None:
            parameters = self.demands.wired(self._job.spec.submit, parameters)
        return JobRequest(model_name, without_none(parameters))

    def _order(
        self,
        sources: "Sources",
        model_name: str | None,
        parameters: Mapping[str, Any] | None,
        options: "MapOptions",
    ) -> "Order":
        from redenlab.core.runs.run import MapOptions, Order  # noqa: PLC0415 - for runs alone

        refuse_unknown(options, MapOptions)
        model = model_name or self.model_name
        with boundary():
            return Order(sources, model, dict(parameters or {}), options, self.spec_source)

    @property
    def spec_source(self) -> str:
        """What `redenlab.connect` makes such a client of: a package, or the path of a spec."""
        made = next(kind for kind in type(self).__mro__ if "job_name" in vars(kind))
        spec = vars(made).get("_spec")
        return made.__module__.removesuffix(".jobs") if spec is None else str(spec.path.absolute())


class BlockingJobClient(BlockingClient, JobMethods[S_co, O_co]):
    """A client of one job, for threads."""

    def map(
        self,
        sources: "Sources",
        *,
        model_name: str | None = None,
        parameters: Mapping[str, Any] | None = None,
        **options: "Unpack[MapOptions]",
    ) -> "Run":
        """Run a job for each of many sources; an item that fails stops no other.

        Args:
            sources: A file, a folder, a glob, a manifest (CSV or JSON lines, whose other columns
                travel into the table), or any iterable of sources or `redenlab.Item`.
            model_name: Which model; ``None`` takes the client's.
            parameters: Of every job.
            options: See `redenlab.MapOptions`.

        Returns:
            A run, which begins when it is iterated over: it yields a `redenlab.Outcome` as each
            item ends.

        Raises:
            ConfigurationError: An option is not possible; or there is an executor, and the key was
                given as an argument, which is not sent to workers.
        """
        from redenlab.core.runs import run  # noqa: PLC0415 - for runs alone

        executor, units = options.pop("executor", None), options.pop("units", run.UNITS)
        order = self._order(sources, model_name, parameters, options)
        if executor is not None:
            parts: Any = import_module("redenlab.core.clients.units")
            return cast("Run", parts.UnitsRun(self, self._job, order, executor, units))
        return run.Run(cast("Any", self), self._job, order)

    def job(self, job_id: str, *, model_name: str | None = None) -> Job[O_co]:
        """The handle of a job, by its id; nothing is sent.

        Args:
            job_id: From a log or another process.
            model_name: Which model it was submitted to; ``None`` takes the client's.
        """
        return Job(self, self._job.spec.service, self.job_name, self._ref(job_id, model_name))


class AsyncJobClient(AsyncClient, JobMethods[S_co, O_co]):
    """A client of one job, for event loops."""

    def map(
        self,
        sources: "Sources",
        *,
        model_name: str | None = None,
        parameters: Mapping[str, Any] | None = None,
        **options: "Unpack[MapOptions]",
    ) -> "AsyncRun":
        """Run a job for each of many sources; see `BlockingJobClient.map`.

        Returns:
            A run, which works within its ``async with`` block: ``async for`` yields a
            `redenlab.Outcome` as each item ends.
        """
        from redenlab.core.runs import run  # noqa: PLC0415 - for runs alone

        if options.pop("executor", None) is not None:
            raise ConfigurationError(
                "an executor blocks, and this client is async", hint="use the sync client for it"
            )
        order = self._order(sources, model_name, parameters, options)
        return run.AsyncRun(cast("Any", self), self._job, order)

    def job(self, job_id: str, *, model_name: str | None = None) -> AsyncJob[O_co]:
        """The handle of a job, by its id; nothing is sent.

        Args:
            job_id: From a log or another process.
            model_name: Which model it was submitted to; ``None`` takes the client's.
        """
        return AsyncJob(self, self._job.spec.service, self.job_name, self._ref(job_id, model_name))
