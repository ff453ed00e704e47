"""Runs every job of a spec to each of its ends, against the engine that is made from the spec."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from tempfile import NamedTemporaryFile
from typing import Any, cast

import httpx

from job_arguments import Values, referenced
from redenlab.core import errors
from redenlab.core.clients.base import BlockingClient
from redenlab.core.jobs.outputs import FileOutput, Rows
from redenlab.core.spec.document import Spec
from redenlab.core.spec.expressions import Scope
from redenlab.core.spec.grammar import ModelReference
from redenlab.core.spec.job_spec import COMMANDS, JobSpec
from redenlab.core.spec.schemas import problems
from redenlab.core.transport.route import Route
from redenlab.core.transport.sync import BlockingIo
from redenlab.lowlevel.encoding import plain
from redenlab.sandbox.engine.engine import Engine, Exchange
from redenlab.sandbox.engine.jobs import ServedJob
from redenlab.sandbox.engine.looks import Look, looks
from redenlab.sandbox.engine.mock import transport
from redenlab.sandbox.engine.scenario import Scenario, Setting
from redenlab.sandbox.engine.service import Unreachable

KEY = "sk-closed-loop-0123456789"
BASE = "https://api.example.com/base"
RECORDING = bytes(range(246, 256))
"""A recording that is no text, and of several parts where parts are of a few bytes."""

BAD = {
    "failed": errors.JobFailed,
    "cancelled": errors.JobCancelled,
    "gone": errors.JobGone,
}


class Unproven(Exception):
    """A run did not go as the spec says; the text says how."""


class VirtualIo(BlockingIo):
    """A clock that pauses move at once."""

    skipped = 0.0

    def now(self) -> float:
        return time.monotonic() + self.skipped

    async def sleep(self, seconds: float) -> None:
        self.skipped += max(seconds, 0)


def in_virtual_time(client: type[BlockingClient]) -> type[BlockingClient]:
    """A class of clients like `client`, whose pauses take no time."""

    def driver(self: Any, route: Route, given: Any) -> VirtualIo:
        self._driver = VirtualIo(route, given)
        return cast("VirtualIo", self._driver)

    return type(client.__name__, (client,), {"_io": driver})


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a job.

    Attributes:
        title: For error messages.
        scenario: What the engine does.
        look: How the job has to end; ``None`` for a good end.
        complete: Whether everything optional is given.
        act: What is done after the submit.
        recorded: Whether a recording is given, where the job can do without.
    """

    title: str
    scenario: Scenario
    look: Look | None = None
    complete: bool = False
    act: str = "result"
    recorded: bool = True


def runs(job: JobSpec, *, first: bool) -> Iterator[Run]:
    """What is tried with one model of a job; with the `first`, every step there is."""
    for look in looks(job):
        if look.is_end:
            complete = look.state == "succeeded"
            yield Run(f"the end {look.name}", Scenario(end=look.name), look, complete)
    yield Run("the least that can be given", Scenario(pending=True))
    if job.x_job.result.url is not None and len(job.x_job.result.places) > 1:
        yield Run("a result behind a link", Scenario(linked=True))
        yield Run("a result in the poll", Scenario(linked=False))
    if first:
        yield from _further(job)


def _further(job: JobSpec) -> Iterator[Run]:
    """What does not depend on the model."""
    x_job, plainly = job.x_job, Scenario()
    if x_job.submit.inline is not None:
        yield Run("an end in the response to the submit", Scenario(inline=True))
    if isinstance(x_job.model, ModelReference) and x_job.model.resolve is not None:
        yield Run("a model that is looked up", Scenario(resolve=True))
    if x_job.file is not None:
        yield Run("a job without a recording", plainly, recorded=False)
    if x_job.upload:
        yield Run("an upload before the submit", plainly, act="upload")
    for command in COMMANDS:
        if command in x_job.steps and command != "resume":
            yield Run(f"the step {command}", plainly, act=command)


Report = Callable[[str, Sequence[Exchange]], object]
"""Is told the title of a run, and what was exchanged in it."""


@dataclass
class JobProof:
    """Runs one job with one class of clients.

    Attributes:
        typed: Whether results are generated models, where the spec types them.
        report: Is told of each run, once it went as it should.
    """

    spec: Spec
    job: JobSpec
    client: type[Any]
    typed: bool
    report: Report | None = None
    _engine: Engine = field(init=False)
    _exchanges: list[Exchange] = field(init=False)

    def prove(self) -> None:
        """Run it to each of its ends.

        Raises:
            Unproven: A run did not end as it should; the text says which, and how.
        """

        def respond(request: httpx.Request) -> httpx.Response:
            return transport(self._engine, self._exchanges).handle_request(request)

        names = self._different_models() or [self._reference()]
        with (
            NamedTemporaryFile(suffix=".yaml") as settings,  # so that none of this machine count
            in_virtual_time(self.client)(
                api_key=KEY,
                base_url=BASE,
                config_path=settings.name,
                transport=httpx.MockTransport(respond),
            ) as client,
        ):
            for model in names:
                for run in runs(self.job, first=model == names[0]):
                    self._try(client, run, model)
            self._health(client, names[0])

    def _different_models(self) -> list[str | None]:
        """One of all models that take and return the same: a spec may have a thousand."""
        found: dict[tuple[str, bool], str | None] = {}
        for name, model in self.job.models.items():
            is_linked = name in self.job.x_job.result.linked
            found.setdefault((repr(model), is_linked), name)
        return list(found.values())

    def _try(self, client: Any, run: Run, model: str | None) -> None:
        title = run.title + (f", model {model}" if model else "")
        setting = Setting(BASE, seed=title)
        self._serve(setting, run.scenario)
        try:
            self._run(client, run, model)
        except (Unproven, Unreachable, errors.RedenLabError) as error:
            refused = [e for e in self._exchanges if e.response.status_code == 422]
            told = f"; the engine refused a request: {refused[-1].response.text}" if refused else ""
            raise Unproven(f"{title}: {getattr(error, 'message', error)}{told}") from error
        except Exception as error:
            raise Unproven(f"{title}: {type(error).__name__}: {error}") from error
        if self.report is not None:
            self.report(title, self._exchanges)

    def _serve(self, setting: Setting, scenario: Scenario) -> None:
        self._engine = Engine(
            self.spec, key=KEY, setting=setting, scenario=scenario, jobs=[self.job]
        )
        self._exchanges = []

    def _run(self, client: Any, run: Run, model: str | None) -> None:
        handle = self._submitted(client, run, model)
        served = self._served()
        if served.id != handle.id:
            raise Unproven(f"the job's id is {served.id}, and the handle has {handle.id}")
        if run.act == "cancel":
            self._cancelled(handle)
        elif run.act == "pause":
            handle.pause()
            if self.job.x_job.resume is not None:
                handle.resume()
        elif run.act == "delete":
            handle.delete()
        elif run.act == "retry":
            self._retried(handle)
        if run.act in {"cancel", "delete"}:
            return
        if run.act == "result":
            handle = _resumed(client, handle)
        self._ended(handle, run, served)
        self._check_served()

    # -- the submit

    def _submitted(self, client: Any, run: Run, model: str | None) -> Any:
        values = Values(self.spec, self.job, model, complete=run.complete)
        given = values.arguments(instead=not run.recorded)
        names = {wire: name for name, wire in client.jobs[self.job.name].names.items()}
        parameters = {names.get(wire, wire): value for wire, value in given.items()}
        if model is not None:
            parameters["model_name"] = model
        if self.job.takes_recording and run.recorded:
            file: Any = RECORDING
            if run.act == "upload":
                file = client.upload(RECORDING, filename="a.wav")
            handle = client.submit(file, **parameters)
            if self._served().submit.content != RECORDING:
                raise Unproven("the service has other bytes than the recording")
        else:
            handle = client.submit(**parameters)
        self._check_input(values.file)
        return handle

    def _check_input(self, file: bytes | None) -> None:
        """A file among the arguments was uploaded, and the submit names the upload."""
        files = self.job.x_job.files
        if file is None or files is None or not files.upload:
            return
        found = next((each for each in self._engine.store.uploads if each.content == file), None)
        if found is None:
            raise Unproven("the service has no such file as was given among the arguments")
        value = Scope(upload=found.kept).value(str(files.value))
        submit = next(e for e in self._exchanges if e.operation == self.job.submit)
        if str(value) not in submit.request.content.decode():
            raise Unproven(f"the submit does not carry {value}, which stands for a file")

    def _served(self) -> ServedJob:
        return self._engine.store.jobs[-1]

    def _reference(self) -> str | None:
        """A model of which the spec says only the form."""
        model = self.job.x_job.model
        if isinstance(model, ModelReference):
            return referenced(model.pattern)
        return "some-model" if model is not None else None

    # -- ends

    def _ended(self, handle: Any, run: Run, served: ServedJob) -> None:
        look = run.look
        if look is None or not look.is_bad:
            found = handle.result()
            self._check_shown(served, run)
            self._check_result(found, served)
            return
        try:
            handle.result()
        except errors.InferenceError as error:
            if not isinstance(error, BAD[look.state]):
                raise Unproven(f"it raised {type(error).__name__}: {error}") from None
            self._check_bad(error, served)
        else:
            raise Unproven("it ended well")

    def _check_bad(self, error: errors.InferenceError, served: ServedJob) -> None:
        if error.job_id != served.id:
            raise Unproven(f"the error names the job {error.job_id}, not {served.id}")
        if served.reason and served.reason not in str(error):
            raise Unproven(f"the error does not say why: {error}")
        partial = getattr(error, "partial", None)
        if served.result is not None:
            if partial is None:
                raise Unproven("the error has no partial result")
            self._check_result(partial, served)

    def _check_shown(self, served: ServedJob, run: Run) -> None:
        """The job was seen before its end, unless it ended at once."""
        if not run.scenario.inline and len(served.shown) < 2:
            raise Unproven(f"it was polled only as {served.shown}")

    def _check_result(self, found: Any, served: ServedJob) -> None:
        result = served.result
        if result is None:
            raise Unproven("the service has served no result")
        value = read(found.result)
        if value != result.value:
            raise Unproven(f"the result is {_short(value)}, and {_short(result.value)} was served")
        model = self.job.models.get(served.model or "")
        name = model.result if model else self.job.x_job.result.type
        is_json = self.job.x_job.result.media == "json" and not self.job.x_job.result.parts
        if self.typed and is_json and name in self.spec.schemas and isinstance(value, dict):
            node = self.spec.resolve(self.spec.schemas[str(name)])
            if type(found.result) is dict and node.get("properties"):
                raise Unproven(f"the result is no {name}, but plain JSON")
        for link in found.files.values():
            link.read()
        if found.job_id != served.id:
            raise Unproven(f"the result names the job {found.job_id}, not {served.id}")

    def _cancelled(self, handle: Any) -> None:
        handle.cancel()
        ends = {look.state for look in looks(self.job)}
        if "cancel" not in self._served().commands and "delete" not in self._served().commands:
            raise Unproven("the service was not asked")
        if "cancelled" in ends:
            try:
                handle.result()
            except errors.JobCancelled:
                return
            raise Unproven("a job that was cancelled ended well")

    def _retried(self, handle: Any) -> None:
        bad = next((look for look in looks(self.job) if look.is_bad), None)
        if bad is not None:
            self._engine.end_as(bad.name)
            try:
                handle.wait()
            except errors.RedenLabError as error:
                raise Unproven(f"the wait for the first end: {error}") from error
        handle.retry()
        if "retry" not in self._served().commands:
            raise Unproven("the service was not asked")

    # -- what was served

    def _check_served(self) -> None:
        """Every documented response of the engine fits its schema."""
        for exchange in self._exchanges:
            status = exchange.response.status_code
            if exchange.operation is None or not 200 <= status < 300:
                continue
            nodes = self.spec.response_nodes(self.spec.operations[exchange.operation])
            if not nodes or "json" not in exchange.response.headers.get("content-type", ""):
                continue
            found = [list(problems(exchange.response.json(), node, self.spec.at)) for node in nodes]
            if all(found):
                raise Unproven(
                    f"no response of {exchange.operation} can be as documented: {found[0][0]}"
                )

    def _health(self, client: Any, model: str | None) -> None:
        if self.job.x_job.health is None or not hasattr(client, "health"):
            return
        self._serve(Setting(BASE), Scenario())
        found = client.health(model) if self.job.models else client.health()
        if not found.ready:
            raise Unproven("the health of a model that is ready says that it is not")


def read(value: Any) -> Any:
    """A result as JSON; files as their bytes or URLs, JSON lines as their rows."""
    if isinstance(value, Rows):
        return list(value)
    if isinstance(value, FileOutput):
        return value.url if value.url and not value.url.startswith("data:") else value.read()
    if isinstance(value, Mapping):
        return {key: read(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [read(inner) for inner in value]
    return plain(value)


def _resumed(client: Any, handle: Any) -> Any:
    """The same job, found by its resume token."""
    found = client.handle.from_resume_token(handle.resume_token, client)
    if handle._end is not None:  # noqa: SLF001 - an end that came with the submit is not in the token
        return handle
    return found


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) < 200 else f"{text[:200]}…"
