"""From a job that has ended to its typed result."""

from collections.abc import Mapping
from typing import Any

from redenlab.core import errors
from redenlab.core.auth.secret import Secret
from redenlab.core.calls.context import CallContext
from redenlab.core.files import downloads
from redenlab.core.jobs.job_type import JobRef, JobType
from redenlab.core.jobs.polling import get_status
from redenlab.core.jobs.snapshots import Snapshot
from redenlab.core.spec.expressions import MISSING, Scope
from redenlab.core.spec.job_spec import ANY_JSON
from redenlab.core.text import sanitize
from redenlab.core.transport.gate import json_object
from redenlab_api.errors import SchemaError

RENEWALS = 2
"""How often an expired link to a result is renewed by polling again."""


async def fetch_result(context: CallContext, job: JobType[Any], ref: JobRef) -> Any:
    """Poll once, and return the typed result of a job that has ended."""
    return await result(context, job, ref, await get_status(context, job, ref))


async def result(context: CallContext, job: JobType[Any], ref: JobRef, found: Snapshot[Any]) -> Any:
    """The typed result of a job that has ended."""
    if found.state != "succeeded":
        raise _without_result(job, found)
    value = await _value(context, job, ref, found)
    types = job.spec.models.get(ref.model or "")
    schema = types.result if types else job.x_job.result.type
    if schema not in {None, ANY_JSON}:
        try:
            value = job.read(str(schema))(value)
        except SchemaError as error:
            raise errors.UnexpectedResponse(
                f"the result of job {found.job_id} has {error.problem}",
                hint="it is not lost: get_status(job_id) returns it as it was sent",
                job_id=found.job_id,
            ) from None
    return job.outcome(found.job_id, found.status, found.state, found.envelope, dict(found), value)


def _without_result(job: JobType[Any], found: Snapshot[Any]) -> errors.InferenceError:
    """The error for a job that did not end well."""
    source = job.x_job.poll.error
    reason = Scope(response={"body": dict(found)}).value(source) if source else MISSING
    text = sanitize(str(reason)) if reason and reason is not MISSING else ""
    job_id, code = found.job_id, found.status
    if found.state == "cancelled":
        message = f"job {job_id} was cancelled: {text or code}"
        return errors.JobCancelled(message, job_id=job_id, code=code)
    if found.state == "failed":
        message = f"job {job_id} failed: {text or 'Unknown error'}"
        return errors.JobFailed(message, job_id=job_id, code=code)
    message = f"job {job_id} has not ended (status: {code})"
    return errors.JobRunning(message, job_id=job_id, retryable=True)


async def _value(context: CallContext, job: JobType[Any], ref: JobRef, found: Snapshot[Any]) -> Any:
    """The result as JSON, wherever it is; ``None`` when there is none."""
    place = job.x_job.result
    scope = Scope(response={"body": dict(found)})
    url = scope.value(place.url) if place.url is not None else MISSING
    if place.link is not None:
        _, response = await job.call(context, place.link, ref)
        scope = Scope(response={"body": json_object(response)})
    parts = [_part(scope, value) for value in place.places]
    if url not in {MISSING, None}:
        parts.append(await _linked(context, job, ref, str(url)))
    return _joined([part for part in parts if part is not MISSING])


def _part(scope: Scope, value: str | Mapping[str, str]) -> Any:
    return scope.value(value) if isinstance(value, str) else scope.values(value) or MISSING


def _joined(parts: list[Any]) -> Any:
    """The fields of all objects in one; what is no object stands alone, the last one if several."""
    if len(parts) > 1 and all(isinstance(part, dict) for part in parts):
        return {name: value for part in parts for name, value in part.items()}
    return parts[-1] if parts else None


async def _linked(context: CallContext, job: JobType[Any], ref: JobRef, url: str) -> Any:
    """What is behind a link, which polling again renews."""
    renewals = 0
    while True:
        try:
            return await downloads.read_json(context, Secret(url))
        except errors.LinkExpired as error:
            error.with_job_id(ref.job_id)
            if renewals == RENEWALS:
                raise
        renewals += 1
        found = await get_status(context, job, ref)
        url = str(Scope(response={"body": dict(found)}).value(str(job.x_job.result.url)))
