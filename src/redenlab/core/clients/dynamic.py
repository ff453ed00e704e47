"""A client of any job API, from its spec alone: nothing generated, nothing written by hand.

The job description and the job engine are those of generated clients; only types are missing, so
results and parameters are plain JSON. It is what `redenlab.connect` returns.
"""

import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from redenlab.core.clients.abilities import (
    DeleteMethods,
    FunctionMethods,
    HealthMethods,
    SegmentMethods,
    UploadMethods,
    WebhookMethods,
)
from redenlab.core.clients.base import AsyncClient, BlockingClient, Client, wrap_secrets
from redenlab.core.clients.job_clients import AsyncJobClient, BlockingJobClient, OneJobClient
from redenlab.core.clients.options import is_path
from redenlab.core.clients.spec_calls import SpecCalls
from redenlab.core.clients.spec_operation import bound
from redenlab.core.errors import ConfigurationError, boundary
from redenlab.core.jobs.job_type import JobType
from redenlab.core.jobs.snapshots import Outcome, Snapshot
from redenlab.core.spec.document import Spec
from redenlab.core.spec.guard import guarded
from redenlab.core.spec.job_spec import JobSpec
from redenlab.core.spec.x_client import profile
from redenlab.core.spec.x_job import job_specs
from redenlab.core.spec.x_signature import secrets, signatures
from redenlab.lowlevel import decoding

if TYPE_CHECKING:
    from collections.abc import Mapping


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
    for name, given in (("source", source), ("overlay", overlay or "")):
        if not is_path(given):
            raise ConfigurationError(f"{name} is no path", hint="give a text, or a pathlib.Path")
    path = Path(source)
    with guarded(path):
        spec = Spec(path, Path(overlay) if overlay is not None else None)
        found = {each.name: each for each in job_specs(spec)}
    chosen = found[_choose(str(source), job, list(found))]
    with guarded(path):
        return spec_class(spec, chosen, kind)


def spec_class(spec: Spec, job: JobSpec, kind: type[Client]) -> type[Any]:
    """The class of the clients of a job, for a sync or async base."""
    base = BlockingJobClient if issubclass(kind, BlockingClient) else AsyncJobClient
    able = (
        (UploadMethods, bool(job.x_job.upload)),
        (HealthMethods, job.x_job.health is not None),
        (DeleteMethods, job.x_job.delete is not None),
        (SegmentMethods, job.x_job.segments is not None),
        (FunctionMethods, job.x_job.schemas is not None),
        (WebhookMethods, bool(secrets(spec))),
    )
    members = {
        "__doc__": f"Runs `{job.name}` jobs of {spec.path.name}.",
        "profile": profile(spec, job, given=True),
        "jobs": {job.name: job_type(spec, job)},
        "job_name": job.name,
        "_spec": spec,
        "key": spec.auth,
        "webhook_signatures": signatures(spec),
        "webhook_secrets": secrets(spec),
    }
    bases = (*(methods for methods, is_able in able if is_able), _SpecMethods, base)
    return type(kind.__name__, bases, members)


class _SpecMethods(OneJobClient):
    """Of clients that nothing was generated for."""

    _spec: ClassVar[Spec]

    @property
    def raw(self) -> SpecCalls:
        """Every operation of the spec as it is: arguments in, the whole response out."""
        return SpecCalls(cast("BlockingClient | AsyncClient", self), self._spec)


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
            rest of `redenlab.Options`.

    Raises:
        SpecError: The spec is incomplete; the text has file, line and what to write.
        ConfigurationError: There is no such job, or a setting is missing or malformed.
        AuthenticationError: There is no usable credential.
    """
    wrap_secrets(options)
    with boundary():
        return client_class(source, job, BlockingClient, overlay)(**options)


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
        return client_class(source, job, AsyncClient, overlay)(**options)
