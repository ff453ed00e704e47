"""Any job API, from its spec alone: nothing generated, nothing written by hand.

The same blueprints and runtime as everywhere else; only types are missing, so results and
parameters are plain JSON. It is what `redenlab.connect` gives.
"""

import re
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar, Unpack, cast

from redenlab.core import vigil
from redenlab.core.blueprints import Blueprint, Parts, describe
from redenlab.core.client import AsyncClient, BlockingClient, Client, Options, RecordingOptions
from redenlab.core.config import Profile
from redenlab.core.descriptions import JobDescription, Step
from redenlab.core.errors import ConfigurationError
from redenlab.core.extension import blueprints
from redenlab.core.jobs import AsyncJob, H, Job, perform, start
from redenlab.core.operations import Workflow
from redenlab.core.results import Outcome, Snapshot
from redenlab.core.session import Session
from redenlab.core.sources import Source, opener
from redenlab.core.spec import SETTINGS, Node, Spec
from redenlab.core.submission import Order, Ticket
from redenlab_api import codec
from redenlab_api.errors import ApiError, SchemaError
from redenlab_api.types import UNSET, Answer, Request


class SpecOperation:
    """One endpoint of a spec. Arguments and body keys have the names of the wire."""

    def __init__(self, spec: Spec, name: str) -> None:
        """Look it up."""
        operation = spec.operations[name]
        self._path: str = operation["path"]
        self._method: str = operation["method"].upper()
        self._arguments: Mapping[str, Node] = spec.arguments(operation)
        self._secured = bool(operation.get("security", spec.document.get("security")))
        content = spec.resolve(operation.get("requestBody", {})).get("content", {})
        self._multipart = "multipart/form-data" in content
        self.OPERATION: str = name
        self.IDEMPOTENT: bool = spec.idempotent[name]

    def build(self, **given: Any) -> Request:
        """The request, unsent."""
        body = given.pop("body", UNSET)
        for name in given.keys() - self._arguments.keys():
            raise ValueError(f"there is no argument {name!r}")
        headers = codec.headers(self._in("header", given))
        content = None
        parts: tuple[Any, ...] = ()
        if self._multipart and body is not UNSET:
            parts = codec.parts(body)
        elif body is not UNSET:
            headers["Content-Type"] = "application/json"
            content = codec.json_body(body)
        return Request(
            operation=self.OPERATION,
            method=self._method,
            path=re.sub(r"\{([^}]+)\}", lambda match: _segment(given, match[1]), self._path),
            query=codec.query(self._in("query", given)),
            headers=headers,
            content=content,
            parts=parts,
            secured=self._secured,
        )

    def parse(self, answer: Answer) -> Any:
        """The JSON of a success, ``None`` for an empty one."""
        if not 200 <= answer.status_code < 300:
            raise ApiError(answer.status_code, answer.headers, answer.content)
        return answer.json() if answer.content else None

    def _in(self, place: str, given: Mapping[str, Any]) -> dict[str, Any]:
        return {name: given[name] for name in given if self._arguments[name]["in"] == place}


def _segment(given: Mapping[str, Any], name: str) -> str:
    if name not in given:
        raise ValueError(f"the argument {name!r} is needed")
    return codec.segment(given[name])


class Document(dict[str, Any]):
    """A JSON object that stands in for a generated model."""

    def to_dict(self) -> dict[str, Any]:
        """Itself."""
        return self


def _step(spec: Spec, name: str) -> Step:
    operation = spec.operations[name]
    schema = spec.body(operation)
    if schema is None:
        return Step(SpecOperation(spec, name))
    node: Node = spec.resolve(spec.schemas[schema])

    def read(value: Any) -> Document:
        """With the schema's defaults; raises `SchemaError` where a required value is missing."""
        properties = node.get("properties", {})
        defaults = {k: v["default"] for k, v in properties.items() if "default" in v}
        document = Document({**defaults, **codec.mapping(value)})
        for key in node.get("required", ()):
            if key not in document:
                raise SchemaError("a value", "nothing", f"/{key}")
        return document

    return Step(SpecOperation(spec, name), read)


def _describe(spec: Spec, blueprint: Blueprint) -> JobDescription[Any]:
    return describe(
        blueprint,
        Parts(
            steps={name: _step(spec, name) for name in blueprint.operations},
            read=lambda _: codec.anything,
            snapshot=Snapshot,
            finished=Outcome,
        ),
    )


def _profile(spec: Spec, job: JobDescription[Any]) -> Profile:
    """Settings as a generated client of the spec would have them."""
    block = spec.document.get("x-client", {})
    return Profile(
        variables={name: spec.variables(name) for name in SETTINGS},
        file=block.get("file", f".{spec.backend}/config.yaml"),
        defaults={**spec.defaults, "timeout": job.poll.timeout, "http_timeout": 30.0}
        | ({"model_name": next(iter(job.result.models))} if job.result.models else {}),
    )


def client_class(source: str | Path, job: str | None, kind: type[Client]) -> type[Any]:
    """The class of the clients of one job.

    Args:
        source: A spec file, or the name of a generated package.
        job: The job; ``None`` where there is only one.
        kind: The blocking or the async base.

    Raises:
        SpecError: The spec cannot be used.
        ConfigurationError: It has no such job, or several and none was named.
    """
    colour = 0 if issubclass(kind, BlockingClient) else 1
    if isinstance(source, str) and re.fullmatch(r"\w+(\.\w+)*", source) and "yaml" not in source:
        try:
            clients: Mapping[str, Any] = import_module(f"{source}.jobs").CLIENTS
        except ImportError:
            raise ConfigurationError(f"there is no package {source} with jobs") from None
        return cast("type[Any]", clients[_choose(source, job, list(clients))][colour])
    spec = Spec(Path(source))
    found = {blueprint.name: blueprint for blueprint in blueprints(spec)}
    name = _choose(str(source), job, list(found))
    description = _describe(spec, found[name])
    header, prefix = spec.auth
    members = {
        "__doc__": f"Runs `{name}` jobs of {spec.path.name}.",
        "profile": _profile(spec, description),
        "jobs": {name: description},
        "job_name": name,
        "auth_header": header,
        "auth_prefix": prefix,
    }
    return type(kind.__name__, (kind,), members)


def _choose(source: str, job: str | None, known: list[str]) -> str:
    if job is None and len(known) == 1:
        return known[0]
    if job in known:
        return str(job)
    problem = f"has no job '{job}'" if job else "has several jobs"
    raise ConfigurationError(f"{source} {problem}", hint=f"name one of: {', '.join(known)}")


class _Described(Client):
    """What both colours share."""

    job_name: ClassVar[str]

    def __init__(
        self,
        api_key: str | None = None,
        base_url: str | None = None,
        model_name: str | None = None,
        timeout: float | None = None,
        **options: Unpack[Options],
    ) -> None:
        """Resolve the settings, as every client does; see `redenlab.core.client.Client`."""
        given = {"api_key": api_key, "base_url": base_url, "timeout": timeout}
        super().__init__({**given, "model_name": model_name}, options)
        self.model_name: str | None = self.settings.text("model_name")

    @property
    def _job(self) -> JobDescription[Any]:
        return self.jobs[self.job_name]

    def _plan(
        self,
        recording: tuple[Source | None, str | None],
        model_name: str | None,
        parameters: Mapping[str, Any],
    ) -> tuple[Session, Order]:
        call, rest = _split(parameters)
        session = self.session(call.get("timeout"), call.get("on_event"))
        model = model_name or self.model_name
        if not self._job.takes_recording:
            return session, Order(model, rest)
        names = {"filename": call.get("filename"), "content_type": call.get("content_type")}
        return session, Order(model, rest, opener(*recording, **names))

    def _look(self, job_id: str, model_name: str | None) -> Workflow[Snapshot[Any]]:
        return vigil.look(self.session(), self._job, job_id, model_name or self.model_name)

    def _final(self, job_id: str, model_name: str | None) -> Workflow[Outcome[Any, Any]]:
        return vigil.final(self.session(), self._job, job_id, model_name or self.model_name)

    def _handle(self, kind: type[H], job_id: str, model_name: str | None) -> H:
        ticket = Ticket(job_id, model_name or self.model_name, "")
        return kind(self, self._job.service, self._job.name, ticket)


def _split(values: Mapping[str, Any]) -> tuple[RecordingOptions, dict[str, Any]]:
    """Options of the call, and parameters of the job."""
    known = {"timeout", "on_event", "filename", "content_type"}
    call = {name: value for name, value in values.items() if name in known}
    rest = {name: value for name, value in values.items() if name not in known}
    return cast("RecordingOptions", call), rest


class SpecClient(_Described, BlockingClient):
    """A client of one job of a spec, for threads. Parameters have the names of the wire."""

    def run(
        self,
        file_path: Source | None = None,
        s3_uri: str | None = None,
        *,
        model_name: str | None = None,
        **parameters: Any,
    ) -> Outcome[Any, Any]:
        """Run a job and wait for its result; see `submit` for arguments and errors."""
        session, order = self._plan((file_path, s3_uri), model_name, parameters)
        workflow = perform(session, self, Job[Outcome[Any, Any]], self._job, order)
        return self.finish(workflow)

    def submit(
        self,
        file_path: Source | None = None,
        s3_uri: str | None = None,
        *,
        model_name: str | None = None,
        **parameters: Any,
    ) -> Job[Outcome[Any, Any]]:
        """Start a job and hand out a handle at once.

        Args:
            file_path: The recording, where the job takes one.
            s3_uri: Its address instead.
            model_name: Which model; ``None`` takes the client's.
            parameters: Of the job, and `timeout`, `on_event`, `filename`, `content_type`.

        Raises:
            InputError: The recording or a parameter is unusable; nothing was sent.
            RedenLabError: As every client of this SDK.
        """
        session, order = self._plan((file_path, s3_uri), model_name, parameters)
        return self.finish(start(session, self, Job[Outcome[Any, Any]], self._job, order))

    def get_status(self, job_id: str, *, model_name: str | None = None) -> Snapshot[Any]:
        """Look at a job once."""
        return self.finish(self._look(job_id, model_name))

    def get_result(self, job_id: str, *, model_name: str | None = None) -> Outcome[Any, Any]:
        """Give the result of a job that has ended, without waiting."""
        return self.finish(self._final(job_id, model_name))

    def job(self, job_id: str, *, model_name: str | None = None) -> Job[Outcome[Any, Any]]:
        """Take up a job by its id; nothing is sent."""
        return self._handle(Job[Outcome[Any, Any]], job_id, model_name)


class AsyncSpecClient(_Described, AsyncClient):
    """A client of one job of a spec, for event loops. Parameters have the names of the wire."""

    async def run(
        self,
        file_path: Source | None = None,
        s3_uri: str | None = None,
        *,
        model_name: str | None = None,
        **parameters: Any,
    ) -> Outcome[Any, Any]:
        """Run a job and wait for its result; see `submit` for arguments and errors."""
        session, order = self._plan((file_path, s3_uri), model_name, parameters)
        workflow = perform(session, self, AsyncJob[Outcome[Any, Any]], self._job, order)
        return await self.finish(workflow)

    async def submit(
        self,
        file_path: Source | None = None,
        s3_uri: str | None = None,
        *,
        model_name: str | None = None,
        **parameters: Any,
    ) -> AsyncJob[Outcome[Any, Any]]:
        """Start a job and hand out a handle at once.

        Args:
            file_path: The recording, where the job takes one.
            s3_uri: Its address instead.
            model_name: Which model; ``None`` takes the client's.
            parameters: Of the job, and `timeout`, `on_event`, `filename`, `content_type`.

        Raises:
            InputError: The recording or a parameter is unusable; nothing was sent.
            RedenLabError: As every client of this SDK.
        """
        session, order = self._plan((file_path, s3_uri), model_name, parameters)
        workflow = start(session, self, AsyncJob[Outcome[Any, Any]], self._job, order)
        return await self.finish(workflow)

    async def get_status(self, job_id: str, *, model_name: str | None = None) -> Snapshot[Any]:
        """Look at a job once."""
        return await self.finish(self._look(job_id, model_name))

    async def get_result(self, job_id: str, *, model_name: str | None = None) -> Outcome[Any, Any]:
        """Give the result of a job that has ended, without waiting."""
        return await self.finish(self._final(job_id, model_name))

    def job(self, job_id: str, *, model_name: str | None = None) -> AsyncJob[Outcome[Any, Any]]:
        """Take up a job by its id; nothing is sent."""
        return self._handle(AsyncJob[Outcome[Any, Any]], job_id, model_name)


def connect(source: str | Path, job: str | None = None, **options: Any) -> Any:
    """A blocking client of any job API, from its spec or a generated package.

        client = connect("openapi/acme.yaml", job="transcribe", base_url="https://api.acme.example")
        print(client.run("call.wav", language="en").result)

    Args:
        source: A spec with ``x-job``, or the name of a generated package (``redenlab_api.ml``),
            whose typed client is given then.
        job: Which job; ``None`` where there is only one.
        options: Arguments of the client: `api_key`, `base_url`, `model_name`, `timeout`, and the
            rest of `redenlab.core.client.Options`.

    Raises:
        SpecError: The spec is incomplete; the text has file, line and what to write.
        ConfigurationError: There is no such job, or a setting is missing or malformed.
        AuthenticationError: There is no usable API key.
    """
    return client_class(source, job, SpecClient)(**options)


def connect_async(source: str | Path, job: str | None = None, **options: Any) -> Any:
    """An async client of any job API; see `connect`."""
    return client_class(source, job, AsyncSpecClient)(**options)
