"""The backends that the commands know, and the documents that ``--spec`` names.

All that the commands show and do follows from the specs: jobs, models, parameters, settings. A
`Backend` adds what is said of it in the help.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from redenlab.core.clients.base import AsyncClient
from redenlab.core.clients.dynamic import spec_class
from redenlab.core.errors import ConfigurationError
from redenlab.core.jobs.job_type import JobType
from redenlab.core.spec.document import Spec
from redenlab.core.spec.job_spec import JobSpec
from redenlab.core.spec.naming import snake
from redenlab.core.spec.profile import Profile
from redenlab.core.spec.x_job import job_specs

if TYPE_CHECKING:
    import typer


@dataclass(frozen=True)
class Backend:
    """A service with jobs.

    Attributes:
        group: The word before its verbs; empty for the one at the root.
        about: One line of help.
        example: Arguments of `predict`, for the help.
        client: Module and name of its async client; empty where a spec makes it.
        path: The spec, where there is no package.
    """

    group: str
    about: str = ""
    example: str = "call.wav"
    client: str = ""
    path: Path | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """The beginning of its commands."""
        return ("redenlab", self.group) if self.group else ("redenlab",)

    @cached_property
    def clients(self) -> Mapping[str, type[Any]]:
        """The class of the async clients of each of its jobs, by the name of the job."""
        if self.path is not None:
            spec = Spec(self.path)
            return {job.name: spec_class(spec, job, AsyncClient) for job in job_specs(spec)}
        module, _, name = self.client.partition(":")
        first: type[Any] = getattr(import_module(module), name)
        others = {job: type(name, (first,), {"job_name": job}) for job in first.jobs}
        return {first.job_name: first} | {j: c for j, c in others.items() if j != first.job_name}

    def client_class(self, job: str | None) -> type[Any]:
        """The class of the async clients of a job; ``None`` is the first one.

        Raises:
            ConfigurationError: There is no such job.
        """
        found = next(iter(self.clients)) if job is None else job
        if found in self.clients:
            return self.clients[found]
        known = " or ".join(self.clients)
        raise ConfigurationError(f"there is no job {job}", hint=f"write --job {known}")

    def job_type(self, job: str | None) -> JobType[Any]:
        """A job, ready to run; raises as `client_class` does."""
        kind = self.client_class(job)
        found: JobType[Any] = kind.jobs[kind.job_name]
        return found

    def argument(self, spec: JobSpec, wire: str) -> str:
        """What a parameter of a job is called in Python, by its name on the wire."""
        if self.client_class(spec.name).demands is not None:  # its clients take names in both forms
            return snake(wire)
        aliases = {name: python for python, name in spec.argument_names.items()}
        return aliases.get(wire, wire)

    @property
    def specs(self) -> list[JobSpec]:
        """What the spec says of each job."""
        return [kind.jobs[name].spec for name, kind in self.clients.items()]

    @property
    def profile(self) -> Profile:
        """Where its settings come from."""
        found: Profile = self.client_class(None).profile
        return found

    @property
    def schemas(self) -> ModuleType | None:
        """The generated models; ``None`` where nothing is generated."""
        if self.path is not None:
            return None
        return import_module(f"redenlab_api.{self.group or 'ml'}.models")

    @property
    def hidden(self) -> frozenset[str]:
        """The options that none of its jobs has."""
        found = {"spec"} if self.group else set[str]()
        if self.group and len(self.clients) == 1:
            found.add("job")
        if self.group and not any(map(has_model, self.specs)):
            found.add("model")
        if self.group and not any(spec.takes_recording for spec in self.specs):
            found.add("files")
        return frozenset(found)


ML = Backend("", client="redenlab.ml.client:AsyncInferenceClient", example="call.wav")

GROUPS: tuple[Backend, ...] = (
    Backend(
        "dalston",
        "Dalston: transcription on your own server.",
        "call.wav -p language=en",
        "redenlab.dalston:AsyncDalston",
    ),
    Backend(
        "replicate",
        "Replicate: models behind predictions.",
        "-m black-forest-labs/flux-schnell -p prompt='a red car'",
        "redenlab.replicate:AsyncReplicateClient",
    ),
    Backend(
        "artificer",
        "Artificer: batches of texts.",
        """-p name=One -p items='[{"input": "Hi"}]' -p phases='[{"name": "echo"}]'""",
        "redenlab.artificer:AsyncArtificer",
    ),
    Backend(
        "modelred",
        "ModelRed: language models under attack.",
        "-m support-bot -p test_types=jailbreak",
        "redenlab.modelred:AsyncModelRedClient",
    ),
)
"""The backends with a group of commands, in the order of the help."""

BY_GROUP: Mapping[str, Backend] = {each.group: each for each in GROUPS}


def backend_of(context: Any, spec: Path | None = None) -> Backend:
    """The backend that a command is about: of ``--spec``, of its group, or the one at the root."""
    if spec is not None:
        return Backend("", path=spec)
    above: typer.Context | None = context.parent
    return BY_GROUP.get(above.info_name or "", ML) if above else ML


def has_model(spec: JobSpec) -> bool:
    """Whether its caller names a model."""
    return bool(spec.models) or spec.x_job.model is not None or "model" in spec.parameters
