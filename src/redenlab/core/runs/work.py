"""What is done of one item: upload, submit, wait; the ledger is told before each step."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol

from redenlab.core import errors
from redenlab.core.calls.context import CallContext
from redenlab.core.events import Attempted, Event, Listener, Uploaded, Uploading
from redenlab.core.files.uploads import Asset, UploadSource, as_source
from redenlab.core.jobs.handle import JobClient
from redenlab.core.jobs.job_type import JobRef, JobType
from redenlab.core.jobs.submission import (
    JobRequest,
    can_find,
    new_call_id,
    submit,
    uploader,
    without_files,
)
from redenlab.core.runs.crews import Crew
from redenlab.core.runs.identity import content_of, key_of
from redenlab.core.runs.ledger import Entry, Ledger, State
from redenlab.core.runs.outcomes import Outcome, fate, remembered, told
from redenlab.core.runs.results import Results
from redenlab.core.runs.sources import Item
from redenlab.core.text import is_signed
from redenlab.core.transport.outcomes import may_have_acted


class RunClient(JobClient, Protocol):
    """What a run needs of a client; see `redenlab.core.clients.job_clients.JobMethods`."""

    def run_request(self, model_name: str | None, parameters: Mapping[str, Any]) -> JobRequest:
        """A submit without its recording."""
        ...


@dataclass(slots=True, eq=False)
class Task:
    """An item while it is worked on.

    Attributes:
        item: What it is about.
        key: Empty until its content was read.
        tries: How often it was begun in this process.
        refusals: How often there was no room for its job.
        begun: Monotonic seconds.
        beginning: Whether it may still upload and submit.
        in_flight: Whether it has a job that runs.
        bytes: Those of its upload: sent, and all.
    """

    item: Item
    key: str = ""
    tries: int = 0
    refusals: int = 0
    begun: float = 0.0
    beginning: bool = True
    in_flight: bool = False
    bytes: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Begun:
    """A task has a job, and needs no more room for an upload."""

    task: Task


@dataclass(frozen=True, slots=True)
class Again:
    """A task has to be begun again in `wait` seconds; if `refused`, once there is room."""

    task: Task
    wait: float
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """A task is done; ``None`` if the item is one that is worked on already."""

    task: Task
    outcome: Outcome | None
    also: tuple[Task, ...] = ()


@dataclass(frozen=True, slots=True)
class Broken:
    """The run cannot go on."""

    task: Task
    error: Exception


Report = Begun | Again | Ended | Broken


@dataclass(frozen=True)
class Plan:
    """What every item of a run has in common.

    Attributes:
        model: Its name; ``None`` where the job has no models.
        parameters: Of every job.
        into: Dotted place among the parameters for the source, where a job takes no recording.
        timeout: Seconds for one attempt of one item; ``None`` takes the client's.
        attempts: How often an item is begun in one run, if its failures may pass.
        retry: States of an earlier end from which items are begun again.
        begin: Whether items are begun that have not ended; if not, they have no outcome.
        on_event: Called with the item and each event of its job.
    """

    model: str | None
    parameters: Mapping[str, Any]
    into: str | None = None
    timeout: float | None = None
    attempts: int = 4
    retry: frozenset[State] = frozenset()
    begin: bool = True
    on_event: Callable[[Item, Event], Any] | None = None


class Worker:
    """Does the work of a run, one item a call."""

    def __init__(  # noqa: PLR0913 - made in one place
        self,
        client: RunClient,
        job: JobType[Any],
        plan: Plan,
        ledger: Ledger,
        results: Results,
        crew: Crew,
    ) -> None:
        self._client = client
        self._job = job
        self._plan = plan
        self._ledger = ledger
        self._results = results
        self._crew = crew
        self._claims: dict[str, list[Task]] = {}
        self._done: set[str] = set()
        self._lock = threading.Lock()

    async def work(self, task: Task) -> None:
        """Bring one item to its end, and report it."""
        try:
            found: Report = Ended(task, await self._outcome(task))
        except errors.RedenLabError as error:
            found = self._after(task, errors.stripped(error))
        except Exception as error:  # noqa: BLE001 - the engine raises it
            found = Broken(task, error)
        if isinstance(found, Ended) and found.outcome is not None:
            with self._lock:
                also = tuple(self._claims.pop(task.key, ()))
                self._done.add(task.key)
            found = replace(found, also=also)
        self._crew.report(found)

    # -- one attempt

    async def _outcome(self, task: Task) -> Outcome | None:
        context = self._context(task)
        task.begun = task.begun or context.io.now()
        source = self._source(task.item)
        if not task.key:
            task.key = await self._key(context, task, source)
            if not self._claimed(task):
                return None
        entry = self._ledger.entry(task.key) or Entry(task.key, place=task.item.place)
        ended = await self._earlier(context, task, entry)
        if ended is not None or not self._plan.begin:
            return ended
        task.tries += 1
        if entry.state == "running" and entry.job is not None:
            ref = JobRef(**entry.job)
        else:
            ref = await self._begun(context, task, entry, source)
        task.beginning, task.in_flight = False, True
        self._crew.report(Begun(task))
        handle = self._handle(ref)
        result = (await handle.ended(context)).result
        return self._ended(context, task, "succeeded", job=handle, result=result)

    def _context(self, task: Task) -> CallContext:
        listener: Listener = lambda event: self._on_event(task, event)  # noqa: E731 - a closure
        context = self._client.call_context("map", self._plan.timeout, listener)
        return replace(context, api=replace(context.api, io=self._crew.io(context.api.io)))

    def _on_event(self, task: Task, event: Event) -> None:
        self._crew.check()
        if isinstance(event, Uploading):
            task.bytes = (event.sent, event.total)
        elif isinstance(event, Uploaded):
            task.bytes = (0, 0)
        if self._plan.on_event is not None and not isinstance(event, Attempted):
            self._plan.on_event(task.item, event)

    def _source(self, item: Item) -> UploadSource | None:
        if item.source is None:
            return None
        return as_source(_expanded(item.source))

    async def _key(self, context: CallContext, task: Task, source: UploadSource | None) -> str:
        content = None if source is None else await content_of(context, source, self._ledger)
        parameters = {**self._plan.parameters, **task.item.parameters}
        spec = self._job.spec
        named = (spec.service, spec.name, self._plan.model, parameters, self._plan.into, content)
        return await context.io.run_in_thread(key_of, *named)

    def _claimed(self, task: Task) -> bool:
        """Whether no other task of this run is about the same; else it gets the same outcome."""
        with self._lock:
            if task.key in self._claims:
                self._claims[task.key].append(task)
                return False
            self._claims[task.key] = []
            return True

    async def _earlier(self, context: CallContext, task: Task, entry: Entry) -> Outcome | None:
        """How the item ended in an earlier run; ``None`` if it did not."""
        handle = self._handle(JobRef(**entry.job)) if entry.job else None
        if entry.state in self._plan.retry or task.tries:
            return None
        if entry.state == "uncertain":
            raise self._uncertain(entry)
        if entry.state == "failed" and entry.error is not None:
            if entry.error.get("retryable"):
                return None
            error = remembered(entry.error)
            return self._repeated(self._told(task, entry, earlier=True, job=handle, error=error))
        line = self._results.get(entry.key)
        if line is not None and "result" in line:
            if entry.state != "succeeded":  # killed between the two writes
                self._ledger.put(replace(entry, state="succeeded"))
            result = typed_result(self._job, self._plan.model, line["result"])
            return self._told(task, entry, earlier=True, job=handle, result=result)
        if entry.state == "succeeded" and handle is not None:
            task.beginning = False
            self._crew.report(Begun(task))
            result = (await handle.ended(context)).result
            found = self._told(task, entry, earlier=True, job=handle, result=result)
            return self._repeated(found)
        return None

    def _repeated(self, outcome: Outcome) -> Outcome:
        """An earlier outcome, which the results have from now on."""
        if outcome.key not in self._results:
            self._results.put(outcome.key, outcome.line())
        return outcome

    # -- from a source to a job

    async def _begun(
        self, context: CallContext, task: Task, entry: Entry, source: UploadSource | None
    ) -> JobRef:
        job = self._job
        request = self._request(task, source)
        asset = _reusable(entry)
        lost = entry.state == "submitting"
        if lost and not can_find(job, asset, entry.call_id):
            raise self._uncertain(self._ledger.put(replace(entry, state="uncertain")))
        entry = replace(entry, attempts=entry.attempts + 1, job=None, error=None)
        if not entry.call_id or not (lost or asset):
            entry = replace(entry, call_id=new_call_id(context.io))
        if job.x_job.upload and request.recording is not None:
            asset = asset or await self._uploaded(context, entry, request.recording)
            entry = replace(entry, asset=_portable(asset))
            request = replace(request, recording=asset)
        elif job.x_job.files is not None:
            request = await without_files(context, job, request)
        self._ledger.put(replace(entry, state="submitting"))
        request = replace(request, call_id=entry.call_id, sent_before=lost)
        try:
            ref = await submit(context, job, request)
        except errors.RedenLabError as error:
            self._not_submitted(entry, asset, error)
            raise
        self._ledger.put(replace(entry, state="running", job=_reference(ref)))
        return ref

    async def _uploaded(self, context: CallContext, entry: Entry, source: UploadSource) -> Asset:
        self._ledger.put(replace(entry, state="uploading", asset=None))
        asset = await uploader(context, self._job).upload(source, call_id=entry.call_id)
        self._ledger.put(replace(entry, state="uploaded", asset=_portable(asset)))
        return asset

    def _request(self, task: Task, source: UploadSource | None) -> JobRequest:
        parameters = {**self._plan.parameters, **task.item.parameters}
        if source is not None and not self._job.spec.takes_recording:
            if self._plan.into is None:
                raise errors.InputError(
                    f"a {self._job.name} job takes no recording",
                    hint="name the parameter that takes the file, such as into='input.image'",
                )
            parameters = _with(parameters, self._plan.into.split("."), _expanded(task.item.source))
            source = None
        request = self._client.run_request(self._plan.model, parameters)
        return replace(request, recording=source)

    def _not_submitted(
        self, entry: Entry, asset: Asset | None, error: errors.RedenLabError
    ) -> None:
        """Note what is known after a submit that failed."""
        if can_find(self._job, asset, entry.call_id):
            return  # `submitting`: the next attempt, or process, looks for the job first
        if isinstance(error, errors.SubmitUncertain):
            self._ledger.put(replace(entry, state="uncertain"))
        elif not may_have_acted(error):
            self._ledger.put(replace(entry, state="uploaded" if entry.asset else "new"))

    # -- after its end

    def _after(self, task: Task, error: errors.RedenLabError) -> Report:
        """What becomes of a task after an error."""
        entry = self._ledger.entry(task.key) if task.key else None
        findable = entry is not None and entry.state == "submitting"
        found = fate(error, begun=task.in_flight)
        if found == "uncertain" and findable:
            found = "again"
        if found == "fatal":
            return Broken(task, error)
        context = self._client.call_context("map")
        if found == "refused":
            task.refusals += 1
            return Again(task, error.retry_after or 0.0, refused=True)
        if found == "again" and task.tries < self._plan.attempts:
            rule, random = context.api.retry, context.io.random()
            return Again(task, rule.wait(max(task.tries, 1), random, error.retry_after))
        state: State | None = None
        definite = isinstance(error, errors.InferenceError) and found == "failed"
        if definite or (found in {"failed", "again"} and not task.in_flight and not findable):
            state = "failed"
        if not task.key:  # it could not be read
            task.key = key_of("unread", task.item.place or task.item.label)
        return Ended(task, self._ended(context, task, state, error=error))

    def _ended(self, context: CallContext, task: Task, state: State | None, **how: Any) -> Outcome:
        """The outcome of a task; the results have it before the ledger."""
        entry = self._ledger.entry(task.key) or Entry(task.key, place=task.item.place)
        spent = context.io.now() - task.begun if task.begun else 0.0
        entry = replace(entry, seconds=entry.seconds + spent)
        if "job" not in how and entry.job:
            how["job"] = self._handle(JobRef(**entry.job))
        outcome = self._told(task, entry, **how)
        self._results.put(entry.key, outcome.line())
        error = how.get("error")
        if state is not None:
            entry = replace(entry, state=state, error=told(error) if error else None)
        self._ledger.put(entry)
        return outcome

    def _told(self, task: Task, entry: Entry, *, earlier: bool = False, **how: Any) -> Outcome:
        return Outcome(
            task.item.label,
            task.item.columns,
            attempts=max(entry.attempts, 1),
            seconds=entry.seconds,
            earlier=earlier and entry.key not in self._done,
            key=entry.key,
            **how,
        )

    def _handle(self, ref: JobRef) -> Any:
        spec = self._job.spec
        return self._client.handle(self._client, spec.service, self._job.name, ref)

    def _uncertain(self, entry: Entry) -> errors.SubmitUncertain:
        return errors.SubmitUncertain(
            "it is unknown whether an earlier process started a job",
            hint=self._job.x_job.lost,
            job_id=(entry.asset or {}).get("job_id"),
        )


def typed_result(job: JobType[Any], model: str | None, value: Any) -> Any:
    """A result as the service sent it, with its type; as it is, where it does not fit."""
    known = job.spec.models.get(model or "")
    schema = known.result if known else job.x_job.result.type
    if value is None:
        return None
    try:
        return job.read(str(schema))(value)
    except Exception:  # noqa: BLE001 - of another version, perhaps: plain JSON will do
        return value


def _expanded(source: Any) -> Any:
    """A path that begins with ``~`` as one of this machine."""
    if isinstance(source, str) and source.startswith("~"):
        from pathlib import Path  # noqa: PLC0415 - few do

        return str(Path(source).expanduser())
    return source


def _with(values: Mapping[str, Any], place: list[str], value: Any) -> dict[str, Any]:
    """`values` with `value` at a place."""
    first, *rest = place
    inner = _with(values.get(first) or {}, rest, value) if rest else value
    return {**values, first: inner}


def _reusable(entry: Entry) -> Asset | None:
    """The upload of an item, as far as it can be submitted."""
    if entry.asset is None or entry.state not in {"uploaded", "submitting", "uncertain"}:
        return None
    asset = Asset(**entry.asset)
    return None if entry.state == "uncertain" and asset.id is None else asset


def _portable(asset: Asset) -> dict[str, Any] | None:
    """An upload as JSON; ``None`` if a signed URL is part of it, which must not be stored."""
    if any(isinstance(value, str) and is_signed(value) for value in asset.kept.values()):
        return None
    return {**asdict(asset), "kept": dict(asset.kept)}


def _reference(ref: JobRef) -> dict[str, Any]:
    """A job as JSON, without signed URLs."""
    kept = {k: v for k, v in ref.kept.items() if not (isinstance(v, str) and is_signed(v))}
    return {"job_id": ref.job_id, "model": ref.model, "status": ref.status, "kept": kept}
