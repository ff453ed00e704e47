"""A client of any job API, from its spec alone: nothing generated, nothing written by hand.

The job description and the job engine are those of generated clients; only types are missing, so
results and parameters are plain JSON. It is what `redenlab.connect` returns.
"""

import re
from abc import abstractmethod
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar, Unpack, cast

from redenlab.core.calls.context import CallContext
from redenlab.core.clients.base import (
    AsyncClient,
    BlockingClient,
    Client,
    Options,
    RecordingOptions,
    wrap_secrets,
    wrapped_key,
)
from redenlab.core.clients.spec_operation import bound
from redenlab.core.errors import ConfigurationError, boundary
from redenlab.core.files.sources import Source
from redenlab.core.files.uploads import Asset, as_source
from redenlab.core.jobs.handles import run_job, submit_job
from redenlab.core.jobs.job_type import JobRef, JobType
from redenlab.core.jobs.polling import get_status
from redenlab.core.jobs.results import fetch_result
from redenlab.core.jobs.snapshots import Outcome, Snapshot
from redenlab.core.jobs.submission import JobRequest, uploader
from redenlab.core.spec.document import Spec
from redenlab.core.spec.job_spec import JobSpec
from redenlab.core.spec.x_client import profile
from redenlab.core.spec.x_job import job_specs
from redenlab.core.spec.x_signature import signatures
from redenlab.core.transport.io import Workflow
from redenlab.lowlevel import decoding


def job_type(spec: Spec, job: JobSpec) -> JobType[Any]:
    """A job of a spec, with JSON in place of models."""
    return JobType(
        spec=job,
        operations={name: bound(spec, name) for name in job.operations},
        read=lambda _: decoding.anything,
        snapshot=Snapshot,
        outcome=Outcome,
        names=job.argument_names,
    )


def client_class(
    source: str | Path, job: str | None, kind: type[Client], overlay: str | Path | None = None
) -> type[Any]:
    """The class of the clients of one job, for the arguments of `connect` and a sync or async base.

    Raises:
        SpecError: The spec cannot be used.
        ConfigurationError: It has no such job, or several and none was named.
    """
    if isinstance(source, str) and _is_package(source):
        if overlay is not None:
            raise ConfigurationError(
                f"{source} is a package, and takes no overlay",
                hint="give the path of the document that the overlay belongs to",
            )
        try:
            clients: Mapping[str, Any] = import_module(f"{source}.jobs").CLIENTS
        except ImportError:
            raise ConfigurationError(
                f"there is no package {source} with jobs", hint="give the path of a spec"
            ) from None
        both = clients[_choose(source, job, list(clients))]
        return cast("type[Any]", both[0 if issubclass(kind, BlockingClient) else 1])
    spec = Spec(Path(source), Path(overlay) if overlay is not None else None)
    found = {each.name: each for each in job_specs(spec)}
    return spec_class(spec, found[_choose(str(source), job, list(found))], kind)


def spec_class(spec: Spec, job: JobSpec, kind: type[Client]) -> type[Any]:
    """The class of the clients of a job, for a sync or async base."""
    members = {
        "__doc__": f"Runs `{job.name}` jobs of {spec.path.name}.",
        "profile": profile(spec, job),
        "jobs": {job.name: job_type(spec, job)},
        "job_name": job.name,
        "key": spec.auth,
        "webhook_signatures": signatures(spec),
    }
    return type(kind.__name__, (kind,), members)


def _is_package(source: str) -> bool:
    """Whether it is the name of a package, and no path."""
    known = (".yaml", ".yml", ".json")
    return re.fullmatch(r"\w+(\.\w+)*", source) is not None and not source.endswith(known)


def _choose(source: str, job: str | None, known: list[str]) -> str:
    if job is None and len(known) == 1:
        return known[0]
    if job in known:
        return str(job)
    problem = f"has no job '{job}'" if job else "has several jobs"
    raise ConfigurationError(f"{source} {problem}", hint=f"name one of: {', '.join(known)}")


class _SpecClient(Client):
    """A client of one job of a spec. Parameters have the names of the wire.

    The methods return what `finish` does: in `SpecClient` the value, in `AsyncSpecClient` a
    coroutine that gives it.
    """

    job_name: ClassVar[str]

    def __init__(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        model_name: str | None = None,
        timeout: float | None = None,
        **options: Unpack[Options],
    ) -> None:
        """Resolve the settings, as every client does; see `redenlab.core.clients.base.Client`."""
        key = wrapped_key(api_key, options)
        del api_key  # debuggers that show locals must not show it
        given = {"api_key": key, "base_url": base_url, "timeout": timeout}
        super().__init__({**given, "model_name": model_name}, options)
        self.model_name: str | None = self.settings.text("model_name")

    @abstractmethod
    def finish(self, context: CallContext, workflow: Workflow[Any]) -> Any:
        """Run `workflow` to its end."""

    def run(
        self,
        file_path: Source | Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: str | None = None,
        **parameters: Any,
    ) -> Any:
        """Run a job and wait for its result, an `Outcome`; see `submit`."""
        context, request = self._request("run", (file_path, s3_uri), model_name, parameters)
        del file_path, s3_uri  # a URL may be signed, and debuggers show locals
        return self.finish(context, run_job(context, self, self._job, request))

    def submit(
        self,
        file_path: Source | Asset | None = None,
        s3_uri: str | None = None,
        *,
        model_name: str | None = None,
        **parameters: Any,
    ) -> Any:
        """Start a job and return a handle, a `Job` or `AsyncJob`, at once.

        Args:
            file_path: The recording, where the job takes one.
            s3_uri: Its URL instead.
            model_name: Which model; ``None`` takes the client's.
            parameters: Of the job, and `timeout`, `on_event`, `filename`, `content_type`.

        Raises:
            InputError: The recording or a parameter is unusable; nothing was sent.
        """
        context, request = self._request("submit", (file_path, s3_uri), model_name, parameters)
        del file_path, s3_uri  # a URL may be signed, and debuggers show locals
        return self.finish(context, submit_job(context, self, self._job, request))

    def upload(
        self,
        file_path: Source | None = None,
        s3_uri: str | None = None,
        **options: Unpack[RecordingOptions],
    ) -> Any:
        """Upload a recording without submitting it: an `Asset`, which `submit` takes instead."""
        context = self.call_context("upload", options.get("timeout"), options.get("on_event"))
        names = {"filename": options.get("filename"), "content_type": options.get("content_type")}
        given = as_source(file_path, s3_uri, **names)
        del file_path, s3_uri  # a URL may be signed, and debuggers show locals
        return self.finish(context, uploader(context, self._job).upload(given))

    def get_status(self, job_id: str, *, model_name: str | None = None) -> Any:
        """Poll a job once, for a `Snapshot`."""
        context, model = self.call_context("get_status"), model_name or self.model_name
        return self.finish(context, get_status(context, self._job, JobRef(job_id, model)))

    def get_result(self, job_id: str, *, model_name: str | None = None) -> Any:
        """The result of a job that has ended, without waiting, as an `Outcome`."""
        context, model = self.call_context("get_result"), model_name or self.model_name
        ref = JobRef(job_id, model)
        return self.finish(context, fetch_result(context, self, self._job, ref))

    def job(self, job_id: str, *, model_name: str | None = None) -> Any:
        """The handle of a job, by its id; nothing is sent."""
        ref = JobRef(job_id, model_name or self.model_name)
        return self.handle(self, self._job.spec.service, self._job.name, ref)

    @property
    def _job(self) -> JobType[Any]:
        return self.jobs[self.job_name]

    def _request(
        self,
        call_name: str,
        recording: tuple[Source | Asset | None, str | None],
        model_name: str | None,
        parameters: Mapping[str, Any],
    ) -> tuple[CallContext, JobRequest]:
        options = {k: v for k, v in parameters.items() if k in RecordingOptions.__annotations__}
        rest = {k: v for k, v in parameters.items() if k not in options}
        context = self.call_context(call_name, options.get("timeout"), options.get("on_event"))
        model = model_name or self.model_name
        known = (*self._job.spec.arguments, *self._job.spec.parameters)
        if model_name and self._job.x_job.model is None and "model_name" in known:
            rest["model_name"], model = model_name, None  # an argument of the submit, of that name
        if not self._job.spec.takes_recording:
            return context, JobRequest(model, rest)
        if recording == (None, None) and self._job.x_job.file is not None:
            return context, JobRequest(model, rest)
        names = {"filename": options.get("filename"), "content_type": options.get("content_type")}
        return context, JobRequest(model, rest, as_source(*recording, **names))


class SpecClient(BlockingClient, _SpecClient):
    """A client of one job of a spec, for threads."""


class AsyncSpecClient(AsyncClient, _SpecClient):
    """A client of one job of a spec, for event loops."""


def connect(
    source: str | Path,
    job: str | None = None,
    *,
    overlay: str | Path | None = None,
    **options: Any,
) -> Any:
    """A sync client of any job API, from its spec or a generated package.

        client = connect("openapi/acme.yaml", job="transcribe", base_url="https://api.acme.example")
        print(client.run("call.wav", language="en").result)

    Args:
        source: A spec with ``x-job``, YAML or JSON, or the name of a generated package
            (``redenlab_api.ml``), whose typed client is returned then.
        job: Which job; ``None`` where there is only one.
        overlay: An OpenAPI Overlay with the ``x-job`` of a document that has none; ``None`` takes
            ``<name>.overlay.yaml`` beside the document, if there is one.
        options: Arguments of the client: `api_key`, `base_url`, `model_name`, `timeout`, and the
            rest of `redenlab.core.clients.base.Options`.

    Raises:
        SpecError: The spec is incomplete; the text has file, line and what to write.
        ConfigurationError: There is no such job, or a setting is missing or malformed.
        AuthenticationError: There is no usable credential.
    """
    wrap_secrets(options)
    with boundary():
        return client_class(source, job, SpecClient, overlay)(**options)


def connect_async(
    source: str | Path,
    job: str | None = None,
    *,
    overlay: str | Path | None = None,
    **options: Any,
) -> Any:
    """An async client of any job API; see `connect`."""
    wrap_secrets(options)
    with boundary():
        return client_class(source, job, AsyncSpecClient, overlay)(**options)
