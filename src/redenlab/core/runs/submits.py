"""From an item to its job: upload and submit, each noted in the ledger before it is made."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from redenlab.core import errors
from redenlab.core.calls.context import CallContext
from redenlab.core.files.uploads import Asset, UploadSource
from redenlab.core.jobs.job_type import JobRef, JobType
from redenlab.core.jobs.submission import (
    JobRequest,
    can_find,
    new_call_id,
    submit,
    uploader,
    without_files,
)
from redenlab.core.runs.ledger import Entry, Ledger, State
from redenlab.core.runs.sources import expanded
from redenlab.core.runs.tasks import Plan, RunClient, Task
from redenlab.core.text import is_signed
from redenlab.core.transport.outcomes import may_have_acted

NOTING = 30.0
"""Seconds for noting what has happened, although the task is cancelled."""


async def noted(context: CallContext, ledger: Ledger, task: Task, entry: Entry) -> None:
    """Note the state of a task; it is on the disk when this returns, or is cancelled.

    In a thread, since a disk may take its time, and those who wait share its next flush.
    """
    with context.io.shield(NOTING):
        await context.io.run_in_thread(ledger.put, entry)
    task.entry = entry


class Submitter:
    """Submits items, of which an earlier process may have made some of the steps."""

    def __init__(self, client: RunClient, job: JobType[Any], plan: Plan, ledger: Ledger) -> None:
        self._client = client
        self._job = job
        self._plan = plan
        self._ledger = ledger

    async def submit(
        self, context: CallContext, task: Task, entry: Entry, source: UploadSource | None
    ) -> JobRef:
        """The job of an item, which is submitted at most once."""
        job = self._job
        request = self._request(task, source)
        asset = _reusable(entry)
        lost = entry.state == "submitting"
        if lost and not can_find(job, asset, entry.call_id):
            await noted(context, self._ledger, task, replace(entry, state="uncertain"))
            raise uncertain(job, entry)
        entry = replace(entry, attempts=entry.attempts + 1, job=None, error=None)
        if not entry.call_id or not (lost or asset):
            entry = replace(entry, call_id=new_call_id(context.io))
        if job.x_job.upload and request.recording is not None:
            asset = asset or await self._uploaded(context, task, entry, request.recording)
            entry = replace(entry, asset=_portable(asset))
            request = replace(request, recording=asset)
        elif job.x_job.files is not None:
            request = await without_files(context, job, request)
        # The upload, if there was one, is noted with the submit: nothing comes between the two.
        await noted(context, self._ledger, task, replace(entry, state="submitting"))
        request = replace(request, call_id=entry.call_id, sent_before=lost)
        try:
            ref = await submit(context, job, request)
        except errors.RedenLabError as error:
            await self._not_submitted(context, task, entry, error)
            raise
        running = replace(entry, state="running", job=_reference(ref))
        await noted(context, self._ledger, task, running)
        return ref

    async def _uploaded(
        self, context: CallContext, task: Task, entry: Entry, source: UploadSource
    ) -> Asset:
        uploading = replace(entry, state="uploading", asset=None)
        await noted(context, self._ledger, task, uploading)
        return await uploader(context, self._job).upload(source, call_id=entry.call_id)

    def _request(self, task: Task, source: UploadSource | None) -> JobRequest:
        parameters = {**self._plan.parameters, **task.item.parameters}
        if source is not None and not self._job.spec.takes_recording:
            if self._plan.into is None:
                raise errors.InputError(
                    f"a {self._job.name} job takes no recording",
                    hint="name the parameter that takes the file, such as into='input.image'",
                )
            parameters = _with(parameters, self._plan.into.split("."), expanded(task.item.source))
            source = None
        request = self._client.run_request(self._plan.model, parameters)
        return replace(request, recording=source)

    async def _not_submitted(
        self, context: CallContext, task: Task, entry: Entry, error: errors.RedenLabError
    ) -> None:
        """Note what is known after a submit that failed."""
        asset = Asset(**entry.asset) if entry.asset else None
        if can_find(self._job, asset, entry.call_id):
            return  # `submitting`: the next attempt, or process, looks for the job first
        if isinstance(error, errors.SubmitUncertain):
            await noted(context, self._ledger, task, replace(entry, state="uncertain"))
        elif not may_have_acted(error):
            state: State = "uploaded" if entry.asset else "new"
            await noted(context, self._ledger, task, replace(entry, state=state))


def uncertain(job: JobType[Any], entry: Entry) -> errors.SubmitUncertain:
    """The error for an item of which an earlier process may have started a job."""
    return errors.SubmitUncertain(
        "it is unknown whether an earlier process started a job",
        hint=job.x_job.lost,
        job_id=(entry.asset or {}).get("job_id"),
    )


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
