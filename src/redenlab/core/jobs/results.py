"""From a job that has ended to its typed result."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from redenlab.core import errors
from redenlab.core.auth.secret import Secret
from redenlab.core.calls.context import CallContext
from redenlab.core.events import Retrying
from redenlab.core.files import downloads
from redenlab.core.jobs.job_type import JobRef, JobType
from redenlab.core.jobs.polling import get_status, reason
from redenlab.core.jobs.snapshots import Snapshot
from redenlab.core.spec.conditions import holds
from redenlab.core.spec.expressions import MISSING, Scope, expressions, located
from redenlab.core.spec.job_spec import ANY_JSON, FINAL
from redenlab.core.spec.steps import Fetch, Place
from redenlab.lowlevel.errors import SchemaError

if TYPE_CHECKING:
    from redenlab.core.jobs.outputs import OutputClient

RENEWALS = 2
"""How often an expired link to a result is renewed by polling again."""


async def fetch_result(
    context: CallContext, client: "OutputClient", job: JobType[Any], ref: JobRef
) -> Any:
    """Poll once, and return the typed result of a job that has ended."""
    return await result(context, client, job, ref, await get_status(context, job, ref))


async def result(
    context: CallContext,
    client: "OutputClient",
    job: JobType[Any],
    ref: JobRef,
    found: Snapshot[Any],
) -> Any:
    """The typed result of a job that has ended.

    Args:
        context: Of the call.
        client: Reads what is not read at once: files, JSON lines.
        job: Its type.
        ref: The job.
        found: The response with its final status.
    """
    also = job.x_job.result.also
    ended = found.state in FINAL and found.state != "succeeded"
    partial = ended and (found.state in also or found.status in also)
    if found.state != "succeeded" and not partial:
        raise _without_result(found)
    reader = _Reader(context, client, job, ref, found)
    if not partial:
        return await reader.outcome()
    error = _without_result(found)
    with suppress(errors.RedenLabError):  # what cannot be read must not hide how the job ended
        error.partial = await reader.outcome()
    raise error


def _without_result(found: Snapshot[Any]) -> errors.InferenceError:
    """The error for a job that did not end well."""
    text, job_id, code = found.seen.reason, found.job_id, found.status
    if found.state == "cancelled":
        message = f"job {job_id} was cancelled: {text or code}"
        return errors.JobCancelled(message, job_id=job_id, code=code)
    if found.state == "failed":
        message = f"job {job_id} failed: {text or 'Unknown error'}"
        return errors.JobFailed(message, job_id=job_id, code=code)
    if found.state == "gone":
        message = f"the service has job {job_id} no more: {text or code}"
        return errors.JobGone(message, job_id=job_id, code=code)
    message = f"job {job_id} has not ended (status: {code})"
    return errors.JobRunning(message, job_id=job_id, retryable=True)


class _Reader:
    """Reads the result of one job, wherever it is."""

    def __init__(
        self,
        context: CallContext,
        client: "OutputClient",
        job: JobType[Any],
        ref: JobRef,
        found: Snapshot[Any],
    ) -> None:
        self._context = context
        self._client = client
        self._job = job
        self._ref = ref
        self._found = found
        self._scope = job.scope(ref).merged(found.seen.scope)

    async def outcome(self) -> Any:
        """The ended job, with its result of the type that the spec names."""
        how, job = self._job.x_job.result, self._job
        value = await self._parts() if how.parts else await self._fetched(how)
        types = job.spec.models.get(self._ref.model or "")
        schema = types.result if types else how.type
        if how.files == "any":
            from redenlab.core.jobs import outputs  # noqa: PLC0415 - few results have files

            value = outputs.files(self._client, value, how.hosts)
        uris = job.spec.uris.get(str(schema), ())
        links = dict(self._links(value, uris)) if uris else {}
        if schema not in {None, ANY_JSON} and how.media == "json":
            value = self._typed(str(schema), value)
        return job.outcome(self._found, value, links)

    def _typed(self, schema: str, value: Any) -> Any:
        try:
            return self._job.read(schema)(value)
        except SchemaError as error:
            raise errors.UnexpectedResponse(
                f"the result of job {self._found.job_id} has {error.problem}",
                hint="it is not lost: get_status(job_id) returns it as it was sent",
                job_id=self._found.job_id,
            ) from None

    def _links(self, value: Any, pointers: Iterable[str]) -> Iterator[tuple[str, Any]]:
        """What is behind the URLs of a result, by their pointers."""
        from redenlab.core.jobs import outputs  # noqa: PLC0415 - few results have files

        for pointer in pointers:
            for place, url in located(value, pointer):
                if isinstance(url, str) and outputs.is_file_url(self._client, url):
                    yield place, outputs.of_url(self._client, url)

    async def _parts(self) -> dict[str, Any]:
        """The parts that there are, by name."""
        found = {
            name: await self._fetched(part)
            for name, part in self._job.x_job.result.parts.items()
            if self._is_there(part)
        }
        return {name: value for name, value in found.items() if value is not None}

    def _is_there(self, part: Fetch) -> bool:
        """Whether the poll names what a part is fetched by."""
        wanted = (*part.parameters.values(), *([part.url] if part.url else ()))
        values = [self._scope.filled(each) for each in wanted if isinstance(each, str)]
        return not any(value is MISSING or value is None for value in values)

    async def _fetched(self, how: Fetch) -> Any:
        """The result of one fetch as JSON, a text, or something to read from."""
        if how.each is None:
            return await self._once(how, self._scope)
        entries = self._scope.value(how.each)
        found = cast("Iterable[Any]", entries if isinstance(entries, list) else ())
        return [await self._once(how, self._scope.extended(entry=entry)) for entry in found]

    async def _once(self, how: Fetch, scope: Scope) -> Any:
        linked = how.url is not None
        if linked and scope.value(str(how.url)) in {MISSING, None}:
            found = _joined(scope.without("response"), how)
            if found is None and not any("$poll." in text for text in expressions(how.places)):
                raise errors.UnexpectedResponse(
                    "the job has ended, but the service sent no link to its result",
                    hint="get_status(job_id) returns what it sent",
                    job_id=self._ref.job_id,
                )
            return found
        if not how.is_step:
            return self._of_poll(how, scope)
        if how.media in {"binary", "jsonl"}:
            return self._lazily(how, scope)
        if how.pages:
            caller = self._job.caller(self._context)
            return await caller.pages(how, self._job.spec.pages[str(how.operation)], scope)
        answered = await self._called(how, scope)
        if how.media == "text":
            return answered.response.text
        return _joined(answered, how)

    def _of_poll(self, how: Fetch, scope: Scope) -> Any:
        """What the response of the poll itself has."""
        seen = self._found.seen
        if how.media == "binary":
            from redenlab.core.jobs import outputs  # noqa: PLC0415 - as above

            return outputs.in_memory(self._client, seen.content, seen.headers.get("content-type"))
        return _joined(scope, how)

    async def _called(self, how: Fetch, scope: Scope) -> Scope:
        """Make the step of a result; polling again renews a link that has expired."""
        renewals = 0
        waits = iter(how.pending.waits if how.pending else ())
        while True:
            try:
                return await self._once_called(how, scope)
            except errors.RedenLabError as error:
                failure = error.with_job_id(self._ref.job_id)
            if how.pending is not None and failure.status in how.pending.statuses:
                pause = next(waits, None)
                if pause is None or pause >= self._context.left():
                    raise failure
                template = failure.template
                self._context.emit(Retrying("result", failure.message, pause, template))
                await self._context.io.sleep(pause)
                continue
            if not isinstance(failure, errors.LinkExpired) or renewals == RENEWALS or not how.url:
                raise failure
            renewals += 1
            found = await get_status(self._context, self._job, self._ref)
            scope = scope.merged(found.seen.scope)

    async def _once_called(self, how: Fetch, scope: Scope) -> Scope:
        """Make the step of a result once; a response may mean that the job failed."""
        if how.key == "none":
            return await self._read_link(how, scope)
        condition = how.failed

        def failed(answered: Scope) -> bool:
            return condition is not None and holds(condition, answered)

        answered = await self._job.caller(self._context).call(how, scope, failed)
        if failed(answered):
            text = reason(answered, how.error, self._context.redact) or "Unknown error"
            job_id, code = self._found.job_id, self._found.status
            raise errors.JobFailed(f"job {job_id} failed: {text}", job_id=job_id, code=code)
        return answered

    async def _read_link(self, how: Fetch, scope: Scope) -> Scope:
        """What is behind a link, without the key."""
        url = Secret(str(scope.value(str(how.url))))
        response = await downloads.read_response(self._context, url)
        if how.media == "json":
            downloads.json_of(response)
        return scope.responded(response)

    def _lazily(self, how: Fetch, scope: Scope) -> Any:
        """Something to read from, which is fetched when it is wanted."""
        from redenlab.core.jobs import outputs  # noqa: PLC0415 - as above

        job = self._job

        async def request(context: CallContext) -> Any:
            caller = job.caller(context)
            if how.key == "none" and how.url is not None:
                return await downloads.request_for(context, Secret(str(scope.value(how.url))))
            return await context.signed(caller.request(how, scope))

        made = outputs.json_lines if how.media == "jsonl" else outputs.output
        return made(self._client, request)


def _joined(scope: Scope, how: Fetch) -> Any:
    """The fields of all objects in one; what is no object stands alone, the last one if several."""
    parts = [part for place in how.places if (part := _part(scope, place)) is not MISSING]
    objects = [cast("dict[str, Any]", part) for part in parts if isinstance(part, dict)]
    if len(parts) > 1 and len(objects) == len(parts):
        return {name: value for part in objects for name, value in part.items()}
    return parts[-1] if parts else None


def _part(scope: Scope, place: Place) -> Any:
    return scope.value(place) if isinstance(place, str) else scope.values(place) or MISSING
