"""From a request to a running job: upload what there is to upload, and submit exactly once."""

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from redenlab.core import errors
from redenlab.core.calls.context import CallContext, built, given
from redenlab.core.calls.extras import no_body
from redenlab.core.calls.steps import Sendable, sent
from redenlab.core.events import Retrying, Submitted
from redenlab.core.files.uploads import Asset, Uploader, UploadSource, as_file, opened
from redenlab.core.jobs.arguments import Arguments
from redenlab.core.jobs.job_type import JobRef, JobType
from redenlab.core.jobs.polling import get_status, snapshot
from redenlab.core.spec.conditions import holds
from redenlab.core.spec.expressions import MISSING, Scope, as_text, root
from redenlab.core.spec.grammar import ModelReference
from redenlab.core.spec.job_spec import FINAL
from redenlab.core.text import is_identifier, sanitize
from redenlab.core.transport import gate
from redenlab.core.transport.io import Io
from redenlab.core.transport.outcomes import may_have_acted
from redenlab.lowlevel.types import RawResponse


@dataclass(frozen=True, slots=True)
class JobRequest:
    """What to run: the model, its parameters, and the recording where the job takes one.

    Attributes:
        model: ``None`` where the job has no models.
        parameters: By their Python names.
        recording: ``None`` where the job takes no recording, or the URL of one is a parameter.
        call_id: Value of ``$call.id``; ``None`` draws one.
        sent_before: Whether another process may have sent the submit, with this recording and this
            `call_id`, and not have seen the response.
    """

    model: str | None
    parameters: Mapping[str, Any]
    recording: UploadSource | None = None
    call_id: str | None = None
    sent_before: bool = False


def new_call_id(io: Io) -> str:
    """A value for ``$call.id``."""
    return str(uuid.UUID(int=int(io.random() * 2**122), version=4))


def can_find(job: JobType[Any], asset: Asset | None, call_id: str) -> bool:
    """Whether a submit may be sent again, or its job be found, if its response was lost."""
    scope = Scope(upload=asset.kept if asset else {}, call={"id": call_id})
    kind = job.x_job.idempotency
    return kind == "always" or (kind == "reconcile" and _early_id(job, scope) is not None)


async def submit(context: CallContext, job: JobType[Any], request: JobRequest) -> JobRef:
    """Upload what there is to upload, and start the job exactly once."""
    if job.x_job.files is not None:
        request = await without_files(context, job, request)
    submission = _Submission(context, job, request)
    recording = request.recording
    if recording is None or not job.spec.takes_recording:
        submission.check_recording()
        return await submission.run()
    if job.x_job.upload:
        asset = await uploader(context, job).upload(recording, call_id=submission.call_id)
        return await submission.run(asset)
    if isinstance(recording, Asset):
        raise errors.InputError(
            f"a {job.name} job takes a recording, not an upload", hint="pass the recording itself"
        )
    held = await opened(context, recording)
    try:
        return await submission.run(file=Sendable.of(as_file(held)))
    finally:
        held.close()  # at once, so that a cancelled task closes it as well


async def without_files(context: CallContext, job: JobType[Any], request: JobRequest) -> JobRequest:
    """The request with a text for every file in its arguments."""
    from redenlab.core.jobs import input_files  # noqa: PLC0415 - few jobs take files

    # What is wrong is refused before any file is uploaded.
    is_file, left = input_files.becomes_text, context.left()
    Arguments(job, request.model, request.parameters, is_file=is_file, left=left)
    values = await input_files.prepared(context, (job,), request.parameters)
    return replace(request, parameters=values)


def uploader(context: CallContext, job: JobType[Any]) -> Uploader:
    """What brings the recordings of `job` to storage."""
    if not job.x_job.upload:
        raise errors.InputError(
            f"a {job.name} job has no upload of its own", hint="submit the recording itself"
        )
    return Uploader(job.caller(context), job.x_job, job.x_job.upload)


class _Submission:
    """One submit, sent until the service has accepted it once."""

    def __init__(self, context: CallContext, job: JobType[Any], request: JobRequest) -> None:
        """Check the parameters; nothing is sent."""
        self._context = context
        self._job = job
        self._model = request.model
        self._submit = job.operations[job.spec.submit]
        if context.extras.body and self._submit.body is None:
            raise no_body(job.spec.submit)
        self._arguments = Arguments(job, request.model, request.parameters, left=context.left())
        self._asset: Asset | None = None
        self._known_id: str | None = None
        pending = job.x_job.submit.pending
        self._pending = pending.statuses if pending else ()
        self._waits = iter(pending.waits if pending else ())
        self._lost = 0
        self._refused: Scope | None = None
        self._resolved = False
        self._sent_before = request.sent_before
        self.call_id: str = request.call_id or new_call_id(context.io)

    def check_recording(self) -> None:
        """Refuse a job without a recording that needs one."""
        file = self._job.x_job.file
        if file is not None and file.instead and not self._arguments.has(file.instead):
            hint = f"give file_path, or {file.instead.rpartition('/')[2]}"
            raise errors.InputError("no recording was given", hint=hint)

    async def run(self, asset: Asset | None = None, *, file: Sendable | None = None) -> JobRef:
        """Submit, start where that is a call of its own, and take the end where it came at once."""
        self._asset = asset
        scope = Scope(
            file=file,
            upload=asset.kept if asset else {},
            call={"id": self.call_id},
            model=self._arguments.reference,
            request=self._arguments.values,
        )
        for place, template in self._job.x_job.submit.bind.items():
            if template == "$call.id" and self._arguments.has(place):
                continue  # a name that the caller chose
            value = scope.filled(template)
            if value is not MISSING and value is not None:
                self._arguments.place(place, value)
        values = self._arguments.values
        self._scope = scope.extended(request={**values, "body": self._with_extras(values["body"])})
        self._known_id = _early_id(self._job, self._scope)
        earlier = await self._earlier() if self._sent_before else None
        ref, answered = (earlier, None) if earlier else await self._accepted()
        try:
            return await self._started(ref, answered)
        except errors.RedenLabError as error:
            error.with_job_id(ref.job_id)
            raise

    async def _earlier(self) -> JobRef | None:
        """The job of another process, if its submit was accepted; ``None`` to submit (again)."""
        lost = errors.NetworkError("the process that submitted it has ended")
        return await self._reconcile(lost, pause=False)

    async def _started(self, ref: JobRef, answered: Scope | None) -> JobRef:
        inline, start = self._job.x_job.submit.inline, self._job.x_job.start
        if answered is not None and inline and holds(inline, answered):
            end = snapshot(self._job, ref, answered, self._context.redact)
            ended = end if end.state in FINAL else None
            return replace(ref, status=end.status, end=ended)
        if start is not None and not self._starts_itself(start.unless):
            scope = (answered or self._scope).merged(self._job.scope(ref))
            await self._job.caller(self._context).call(start, scope)
        return ref

    async def _accepted(self) -> tuple[JobRef, Scope | None]:
        """The job that the service has; no response when it was found by polling."""
        while True:
            try:
                answered = await self._send()
            except errors.RedenLabError as error:
                failure = error.with_job_id(self._known_id)
            else:
                return self._accept(answered), answered
            ref = await self._after(failure)
            if ref is not None:
                return ref, None

    async def _send(self) -> Scope:
        """Send the submit once, or again where nothing can have happened."""
        body, arguments = sent(self._arguments.body), self._arguments.arguments
        request = built(self._submit.operation, **given(self._submit, body, arguments))
        hold = self._arguments.hold
        idempotent = self._submit.operation.IDEMPOTENT
        answered, _ = await self._context.send(
            self._context.extras.in_body(request), self._read, idempotent=idempotent, hold=hold
        )
        return answered

    def _read(self, response: RawResponse) -> Scope:
        """Any success is an acceptance; so is a refusal that means that the job is there."""
        answered = self._scope.responded(self._submit.whole(response))
        exists = self._job.x_job.submit.exists
        there = self._lost and exists is not None and holds(exists, answered)
        if 200 <= response.status_code < 300 or there:
            return answered
        self._refused = answered
        raise gate.refused(response, redact=self._context.redact)

    def _accept(self, answered: Scope) -> JobRef:
        x_job, response = self._job.x_job, answered.response
        kept = answered.values(x_job.keep)
        scope = answered.extended(job=kept)
        kept |= self._matched(scope)
        scope = answered.extended(job=kept)
        found = (_text(scope.value(text)) for text in x_job.ids)
        job_id = next((text for text in found if text), None)
        if job_id is None or not is_identifier(job_id):
            raise self._uncertain(
                errors.UnexpectedResponse(
                    f"the service answered {response.status_code} without naming the job",
                    status=response.status_code,
                    request_id=gate.request_id(response.headers),
                    body=sanitize(response.text, self._context.redact),
                )
            )
        status = scope.value(x_job.poll.status) if x_job.poll.status else MISSING
        ref = JobRef(job_id, self._model, _text(status) or "", kept=kept)
        return self._announced(ref)

    def _matched(self, scope: Scope) -> dict[str, str]:
        """The path parameters of the polled operation in the URL of the poll."""
        poll = self._job.x_job.poll
        url = scope.value(poll.url) if poll.url and poll.matches else MISSING
        if not isinstance(url, str):
            return {}
        pattern = re.sub(r"\\\{([^{}]+)\\\}", r"(?P<\1>[^/?]+)", re.escape(self._job.spec.path))
        found = re.search(rf"{pattern}/?(?:\?|$)", url)
        return found.groupdict() if found else {}

    def _announced(self, ref: JobRef) -> JobRef:
        self._context.emit(Submitted(ref.job_id))
        return ref

    def _starts_itself(self, unless: str | None) -> bool:
        if unless is None:
            return False
        body: Mapping[str, Any] = self._arguments.body
        if self._submit.body is not None:  # the schema's defaults count as well
            body = self._submit.body(body)
        return holds(unless, Scope(request={"body": self._with_extras(body)}))

    def _with_extras(self, body: Any) -> Any:
        """The body as it is sent: what the caller adds to it may name the job, for instance."""
        extra = self._context.extras.body
        return {**cast("dict[str, Any]", body), **extra} if isinstance(body, dict) else body

    # -- after a failure

    async def _after(self, failure: errors.RedenLabError) -> JobRef | None:
        """After a failed submit: the job after all, another attempt (``None``), or an error."""
        if may_have_acted(failure):
            return await self._reconcile(failure)
        if await self._resolve(self._refused, failure):
            return None
        if failure.status not in self._pending:
            raise failure
        if self._lost and (found := await self._find(failure)) is not None:
            return found
        await self._pause(failure, next(self._waits, None))
        return None

    async def _resolve(self, scope: Scope | None, failure: errors.RedenLabError) -> bool:
        """Replace a reference to a model by one that the service runs, where it asks for that."""
        if scope is None or self._resolved:
            return False
        value = await resolved(self._context, self._job, scope, failure, str(self._model))
        if value is None:
            return False
        self._resolved = True
        self._arguments.place(str(self._job.x_job.model_place), value)
        return True

    async def _reconcile(
        self, failure: errors.RedenLabError, *, pause: bool = True
    ) -> JobRef | None:
        idempotency = self._job.x_job.idempotency
        if idempotency == "never" or (idempotency == "reconcile" and self._known_id is None):
            raise self._uncertain(failure)
        self._lost += 1
        if idempotency == "reconcile":
            if self._context.left() <= 0:
                raise self._late(failure)
            found = await self._find(failure)
            if found is not None:
                return found
        if not pause:
            return None
        retry = self._context.api.retry
        if self._lost > retry.retries or not self._context.api.bucket.take():
            raise failure
        await self._pause(failure, retry.wait(self._lost, self._context.io.random()))
        return None

    async def _find(self, failure: errors.RedenLabError) -> JobRef | None:
        """The job, if the service has it as submitted."""
        assert self._known_id is not None  # noqa: S101 - reconciling needs an id
        ref = JobRef(self._known_id, self._model, kept=self._scope.values(self._job.x_job.keep))
        try:
            found = await get_status(self._context, self._job, ref)
        except errors.AuthenticationError:
            raise
        except errors.RedenLabError:
            raise self._uncertain(failure) from None
        if found.state == "unsubmitted":
            return None
        return self._announced(replace(ref, status=found.status))

    async def _pause(self, failure: errors.RedenLabError, wait: float | None) -> None:
        if wait is None or wait >= self._context.left():
            raise failure
        submit, template = self._job.spec.submit, failure.template
        self._context.emit(Retrying(submit, failure.message, wait, template))
        await self._context.io.sleep(wait)

    def _uncertain(self, failure: errors.RedenLabError) -> errors.SubmitUncertain:
        uploaded = "look for the job before you submit its asset again; the recording is uploaded"
        uncertain = failure.converted(
            errors.SubmitUncertain,
            f"it is unknown whether the job was started: {failure.message}",
            self._job.x_job.lost or (uploaded if self._asset else None),
        ).with_job_id(self._known_id)
        uncertain.retryable = False
        uncertain.model_name, uncertain.asset = self._model, self._asset
        return uncertain

    def _late(self, failure: errors.RedenLabError) -> errors.JobTimeout:
        return failure.converted(
            errors.JobTimeout,
            f"out of time while submitting: {failure.message}",
            "wait for the job again: its status shows whether it was accepted",
        ).with_job_id(self._known_id)


async def resolved(
    context: CallContext, job: JobType[Any], scope: Scope, failure: errors.RedenLabError, name: str
) -> Any:
    """What the service runs for a reference to a model; ``None`` if its refusal has another reason.

    Args:
        context: Of the call.
        job: Of which a submit was refused.
        scope: With the refusal, and the parts of the reference.
        failure: The refusal; it is raised where the service has no such model.
        name: The reference.
    """
    model = job.x_job.model
    step = model.resolve if isinstance(model, ModelReference) else None
    if step is None or not holds(step.when, scope):
        return None
    try:
        value = (await job.caller(context).call(step, scope)).value(step.value)
    except errors.NotFound:
        value = None
    if value is None or value is MISSING:
        failure.hint = f"no model {name} was found that can be run; check its name"
        raise failure
    return value


def _early_id(job: JobType[Any], scope: Scope) -> str | None:
    """The id of a job, where it is known before the submit."""
    found = (scope.value(text) for text in job.x_job.ids if _is_early(text))
    job_id = next((text for value in found if (text := _text(value))), None)
    if job_id is not None and not is_identifier(job_id):
        raise errors.UnexpectedResponse("the service named the job by what can be no id")
    return job_id


def _is_early(expression: str) -> bool:
    """Whether an expression has its value before the submit."""
    return not expression.startswith("$") or root(expression) in {"upload", "call", "request"}


def _text(value: Any) -> str | None:
    return as_text(value) if isinstance(value, str | int) and value != "" else None
