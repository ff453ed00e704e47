"""What is done of one item: from its source to its outcome; the ledger is told before each step."""

import threading
from dataclasses import replace
from typing import Any

from redenlab.core import errors
from redenlab.core.calls.context import CallContext
from redenlab.core.events import Attempted, Event, Listener, Uploaded, Uploading
from redenlab.core.files.uploads import UploadSource, as_source
from redenlab.core.jobs.job_type import JobRef, JobType
from redenlab.core.runs.crews import Crew
from redenlab.core.runs.identity import content_of, key_of
from redenlab.core.runs.ledger import Entry, Ledger, State
from redenlab.core.runs.outcomes import Outcome, fate, remembered, told
from redenlab.core.runs.results import Results
from redenlab.core.runs.sources import Item, expanded
from redenlab.core.runs.submits import Submitter, noted, uncertain
from redenlab.core.runs.tasks import Again, Begun, Broken, Ended, Plan, Report, RunClient, Task


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
        self._submitter = Submitter(client, job, plan, ledger)
        self._claims: dict[str, list[Task]] = {}
        self._done: set[str] = set()
        self._lock = threading.Lock()

    async def work(self, task: Task) -> None:
        """Bring one item to its end, and report it."""
        try:
            found: Report = Ended(task, await self._outcome(task))
        except errors.RedenLabError as error:
            found = await self._after(task, errors.stripped(error))
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
        entry = task.entry or self._ledger.entry(task.key)
        entry = task.entry = entry or Entry(task.key, place=task.item.place)
        ended = await self._earlier(context, task, entry)
        if ended is not None or not self._plan.begin:
            return ended
        task.tries += 1
        if entry.state == "running" and entry.job is not None:
            ref = JobRef(**entry.job)
        else:
            ref = await self._submitter.submit(context, task, entry, source)
        task.beginning, task.in_flight = False, True
        self._crew.report(Begun(task))
        handle = self._handle(ref)
        result = (await handle.ended(context)).result
        return await self._ended(context, task, "succeeded", job=handle, result=result)

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
        return as_source(expanded(item.source))

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
            raise uncertain(self._job, entry)
        if entry.state == "failed" and entry.error is not None:
            if entry.error.get("retryable"):
                return None
            error = remembered(entry.error)
            return self._repeated(self._told(task, entry, earlier=True, job=handle, error=error))
        line = self._results.get(entry.key)
        if line is not None and "result" in line:
            if entry.state != "succeeded":  # killed between the two writes
                await noted(context, self._ledger, task, replace(entry, state="succeeded"))
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

    # -- after its end

    async def _after(self, task: Task, error: errors.RedenLabError) -> Report:
        """What becomes of a task after an error."""
        findable = task.entry is not None and task.entry.state == "submitting"
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
        return Ended(task, await self._ended(context, task, state, error=error))

    async def _ended(
        self, context: CallContext, task: Task, state: State | None, **how: Any
    ) -> Outcome:
        """The outcome of a task; the results have it before the ledger."""
        entry = task.entry or Entry(task.key, place=task.item.place)
        spent = context.io.now() - task.begun if task.begun else 0.0
        entry = replace(entry, seconds=entry.seconds + spent)
        if "job" not in how and entry.job:
            how["job"] = self._handle(JobRef(**entry.job))
        outcome = self._told(task, entry, **how)
        self._results.put(entry.key, outcome.line())
        error = how.get("error")
        if state is not None:
            entry = replace(entry, state=state, error=told(error) if error else None)
        await noted(context, self._ledger, task, entry)
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
