"""Creates the clients of the commands.

`Clients` is the object of the typer context. Callers that run the program from Python may pass
their own, ``app(obj=Clients(poll=...))``, to change the poll intervals.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from redenlab.cli import history
from redenlab.cli.arguments import Parameters
from redenlab.cli.backends import Backend, backend_of
from redenlab.core.calls.retry import Retry
from redenlab.core.clients.job_clients import AsyncJobClient
from redenlab.core.errors import AuthenticationError, InputError
from redenlab.core.jobs.handles import AsyncJob
from redenlab.core.jobs.poll import Poll
from redenlab.core.spec.job_spec import JobSpec

MAX_LINE = 4096

RESUME_TOKEN_PREFIX = "eyJ"  # noqa: S105 - base64 of a JSON object begins so, and no UUID does


@dataclass(frozen=True, slots=True)
class Target:
    """What a command is about.

    Attributes:
        backend: The service.
        job: Which of its jobs; ``None`` is the first one.
        model: ``None`` takes the environment's, the file's or the default one.
        base_url: ``None`` takes the environment's or the file's.
        key_from_stdin: Read the API key from standard input.
        send_filenames: Send recordings by the names of their files.
    """

    backend: Backend
    job: str | None = None
    model: str | None = None
    base_url: str | None = None
    key_from_stdin: bool = False
    send_filenames: bool = False

    @classmethod
    def of(  # noqa: PLR0913 - the options of commands
        cls,
        context: typer.Context,
        spec: Path | None,
        job: str | None,
        model: str | None = None,
        base_url: str | None = None,
        *,
        key_from_stdin: bool = False,
        send_filenames: bool = False,
    ) -> "Target":
        """By the options of a command."""
        backend = backend_of(context, spec)
        return cls(backend, job, model, base_url, key_from_stdin, send_filenames)

    @property
    def spec(self) -> JobSpec:
        """What the spec says of the job."""
        return self.backend.job_type(self.job).spec

    @property
    def options(self) -> list[str]:
        """The options that lead to the same job and service, but for the model."""
        found = ["--spec", str(self.backend.path)] if self.backend.path else []
        found += ["--job", self.job] if self.job else []
        found += ["--base-url", self.base_url] if self.base_url else []
        return found + (["--api-key-stdin"] if self.key_from_stdin else [])


class Client:
    """A client of one job, as commands use it.

    Attributes:
        api: The client itself.
        target: What it was made for.
        model: What the caller or a setting names; ``None`` without one.
    """

    def __init__(self, api: AsyncJobClient[Any, Any], target: Target) -> None:
        """Of `target`."""
        self.api = api
        self.target = target
        self.model: str | None = target.model or api.model_name

    def request(self, pairs: list[str] | None) -> dict[str, Any]:
        """The arguments of a submit, but for the recording.

        Raises:
            typer.BadParameter: A pair is malformed.
            InputError: The job has no models, and one is named.
        """
        spec = self.target.spec
        found = Parameters(self.target.backend, spec, self.model).read(pairs or ())
        if spec.models or spec.x_job.model is not None:
            return {"model_name": self.model, "parameters": found}
        if self.target.model is not None:
            if "model" not in spec.parameters:
                raise InputError(f"{spec.name} has no models", hint="leave -m out")
            found["model"] = self.target.model
        return {"parameters": found}

    def job(self, job_id: str) -> AsyncJob[Any]:
        """The handle of a job, by its id or resume token.

        Raises:
            InputError: It is a damaged token, or one of another service.
        """
        if job_id.startswith(RESUME_TOKEN_PREFIX):
            return AsyncJob[Any].from_resume_token(job_id, self.api)
        past = history.find(self.target.spec.service, job_id) if self.target.model is None else None
        if past is not None and past.job in self.api.jobs:
            return AsyncJob[Any].from_resume_token(past.resume_token, self.api)
        return self.api.job(job_id, model_name=self.model)


@dataclass(frozen=True, slots=True)
class Clients:
    """Creates clients.

    Attributes:
        poll: Poll intervals; ``None`` takes those of the spec.
        retry: Retry rules; ``None`` takes the default.
    """

    poll: Poll | None = None
    retry: Retry | None = None

    def make(self, target: Target) -> Client:
        """A client for one run of a command.

        Raises:
            AuthenticationError: There is no usable API key.
            ConfigurationError: A setting is missing, malformed or unsafe.
        """
        key = read_key() if target.key_from_stdin else None
        options = {
            "poll": self.poll,
            "retry": self.retry,
            "send_filenames": target.send_filenames or None,
        }
        try:
            api = target.backend.client_class(target.job)(
                api_key=key, base_url=target.base_url, **options
            )
        except AuthenticationError as error:
            if key is None:
                error.hint = f"{_hint(error, target)}, or pipe the key in with --api-key-stdin"
            raise
        return Client(api, target)


def _hint(error: AuthenticationError, target: Target) -> str:
    """The hint of a missing key, with the command that stores one."""
    words = " ".join((*target.backend.words, "login"))
    if target.backend.path is not None or words in error.hint:
        return error.hint
    return f"run: {words}, {error.hint}"


def client_of(context: typer.Context, target: Target) -> Client:
    """A client for a command; see `Clients.make`."""
    return context.ensure_object(Clients).make(target)


def read_key() -> str:
    """The first line of standard input; on a terminal, prompted for without echo."""
    if sys.stdin.isatty():
        return str(typer.prompt("API key", hide_input=True, err=True))
    key = sys.stdin.readline(MAX_LINE).strip()
    if key:
        return key
    raise AuthenticationError(
        "no API key came on standard input", hint="pipe it in, on a line of its own"
    )
