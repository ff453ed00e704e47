"""From a request to a running job: upload what there is to upload, and submit exactly once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from redenlab.core import errors
from redenlab.core.calls.context import CallContext
from redenlab.core.events import Retrying, Submitted
from redenlab.core.files.uploads import Asset, Uploader, UploadSource, opened
from redenlab.core.jobs.job_type import JobRef, JobType
from redenlab.core.jobs.polling import get_status, snapshot
from redenlab.core.spec.expressions import Scope, place
from redenlab.core.spec.job_spec import Model
from redenlab.core.transport.gate import json_object, parsed
from redenlab.core.transport.outcomes import may_have_acted
from redenlab_api.codec import plain
from redenlab_api.errors import SchemaError
from redenlab_api.types import File, RawResponse


@dataclass(frozen=True, slots=True)
class JobRequest:
    """What to run: the model, its parameters, and the recording where the job takes one.

    Attributes:
        model: ``None`` where the job has no models.
        parameters: By their Python names.
        recording: ``None`` where the job takes no recording.
    """

    model: str | None
    parameters: Mapping[str, Any]
    recording: UploadSource | None = None


async def submit(context: CallContext, job: JobType[Any], request: JobRequest) -> JobRef:
    """Upload what there is to upload, and start the job exactly once."""
    submission = _Submission(context, job, request)
    if request.recording is None or not job.spec.takes_recording:
        return await submission.run()
    if job.x_job.file is None:
        asset = await uploader(context, job).upload(request.recording)
        return await submission.run(asset)
    if isinstance(request.recording, Asset):
        raise errors.InputError(
            f"a {job.name} job takes a recording, not an upload", hint="pass the recording itself"
        )
    recording = await opened(context, request.recording)
    try:
        file = File(recording.name, recording.content_type, recording.size, recording.chunks)
        return await submission.run(file=file)
    finally:
        recording.close()  # at once, so that a cancelled task closes it as well


def uploader(context: CallContext, job: JobType[Any]) -> Uploader:
    """What brings the recordings of `job` to storage."""
    how = job.x_job.upload
    if how is None:
        raise errors.InputError(
            f"a {job.name} job has no upload of its own", hint="submit the recording itself"
        )
    return Uploader(context, how, job.operations[how.operation])


class _Submission:
    """One submit, sent until the service has accepted it once."""

    def __init__(self, context: CallContext, job: JobType[Any], request: JobRequest) -> None:
        """Check the parameters; nothing is sent."""
        self._context = context
        self._job = job
        self._model = request.model
        self._submit = job.operations[job.spec.submit]
        self._arguments, self._body = _parts(job, request)
        self._asset: Asset | None = None
        self._known_id: str | None = None
        pending = job.x_job.upload.pending if job.x_job.upload else None
        self._pending = pending.statuses if pending else ()
        self._waits = iter(pending.waits if pending else ())
        self._lost = 0

    async def run(self, asset: Asset | None = None, *, file: File | None = None) -> JobRef:
        """Submit, start where that is a call of its own, and take the end where it came at once."""
        self._asset = asset
        self._known_id = asset.job_id if asset else None
        for pointer, value in asset.bound.items() if asset else ():
            place(self._body, pointer, value)
        if file is not None and self._job.x_job.file is not None:
            place(self._body, self._job.x_job.file.partition("#")[2], file)
        ref, response = await self._accepted()
        try:
            inline = self._job.x_job.inline
            if response is not None and inline and response.status_code in inline.statuses:
                return self._ended(ref, response)
            start = self._job.x_job.start
            if start is not None and not self._starts_itself(start.unless):
                await self._job.call(self._context, start, ref)
        except errors.RedenLabError as error:
            error.with_job_id(ref.job_id)
            raise
        return ref

    async def _accepted(self) -> tuple[JobRef, RawResponse | None]:
        """The job that the service has; no response when it was found by polling."""
        while True:
            try:
                _, response = await self._context.call_json(
                    self._submit, self._body, self._arguments
                )
            except errors.RedenLabError as error:
                failure = error.with_job_id(self._known_id)
            else:
                return self._accept(response), response
            ref = await self._after(failure)
            if ref is not None:
                return ref, None

    def _accept(self, response: RawResponse) -> JobRef:
        scope = Scope(response={"body": json_object(response)})
        job_id = _text(scope.value(self._job.x_job.id)) or self._known_id
        if not job_id:
            raise errors.UnexpectedResponse(
                "the service accepted the job without naming it", status=response.status_code
            )
        status = _text(scope.value(self._job.x_job.poll.status)) or ""
        return self._announced(JobRef(job_id, self._model, status))

    def _announced(self, ref: JobRef) -> JobRef:
        self._context.emit(Submitted(ref.job_id))
        return ref

    def _ended(self, ref: JobRef, response: RawResponse) -> JobRef:
        """The reference of a job whose end came with the response to its submit."""
        polled = RawResponse(200, response.headers, response.content)
        operation = self._job.operations[self._job.x_job.poll.operation].operation
        envelope = parsed(operation, polled, self._context.redact)
        end = snapshot(self._job, ref, envelope, polled)
        return replace(ref, status=end.status, end=end)

    def _starts_itself(self, unless: str | None) -> bool:
        if unless is None:
            return False
        body: Mapping[str, Any] = self._body
        if self._submit.body is not None:  # the schema's defaults count as well
            body = self._submit.body(body).to_dict()
        return Scope(request={"body": body}).value(unless) is True

    # -- after a failure

    async def _after(self, failure: errors.RedenLabError) -> JobRef | None:
        """After a failed submit: the job after all, another attempt (``None``), or an error."""
        if may_have_acted(failure):
            return await self._reconcile(failure)
        if failure.status not in self._pending:
            raise failure
        if self._lost and (found := await self._find(failure)) is not None:
            return found
        await self._pause(failure, next(self._waits, None))
        return None

    async def _reconcile(self, failure: errors.RedenLabError) -> JobRef | None:
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
        retry = self._context.api.retry
        if self._lost > retry.retries or not self._context.api.bucket.take():
            raise failure
        await self._pause(failure, retry.wait(self._lost, self._context.io.random()))
        return None

    async def _find(self, failure: errors.RedenLabError) -> JobRef | None:
        """The job, if the service has it as submitted."""
        assert self._known_id is not None  # noqa: S101 - reconciling needs an id
        ref = JobRef(self._known_id, self._model)
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
        self._context.emit(Retrying(self._job.spec.submit, failure.message, wait))
        await self._context.io.sleep(wait)

    def _uncertain(self, failure: errors.RedenLabError) -> errors.SubmitUncertain:
        uploaded = "look for the job before you submit its asset again; the recording is uploaded"
        uncertain = failure.converted(
            errors.SubmitUncertain,
            f"it is unknown whether the job was started: {failure.message}",
            uploaded if self._asset else None,
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


def _parts(job: JobType[Any], request: JobRequest) -> tuple[dict[str, Any], dict[str, Any]]:
    """The arguments of the submit and its body, as far as the caller decides on them."""
    spec, name = job.spec, request.model or job.name
    model = spec.models.get(request.model or "", Model(result=""))
    known = {*spec.arguments, *spec.parameters, *model.parameters}
    strict = request.model is None or request.model in spec.models
    arguments: dict[str, Any] = {}
    body: dict[str, Any] = {}
    for python_name, value in request.parameters.items():
        wire = job.names.get(python_name, python_name)
        if strict and wire not in known:
            shown = {wire: name for name, wire in job.names.items()}
            names = ", ".join(sorted(shown.get(wire, wire) for wire in known)) or "none"
            problem = f"{name} has no parameter {python_name!r}"
            raise errors.InputError(problem, hint=f"its parameters: {names}")
        target = arguments if wire in spec.arguments else body
        target[wire] = value if target is arguments else plain(value)
    for wire, parameter in model.parameters.items():
        if wire not in body and parameter.default is not None:
            body[wire] = parameter.default
        elif wire not in body and parameter.must_be_given:
            hint = f"give {wire}=… among the parameters"
            raise errors.InputError(f"{name} needs the parameter {wire!r}", hint=hint)
    _check_values(job, name, model, body)
    if job.x_job.model is not None:
        if request.model is None:
            raise errors.InputError("no model is named", hint="give model_name")
        if job.x_job.model.startswith("$request.path."):
            arguments[job.x_job.model.removeprefix("$request.path.")] = request.model
        else:
            place(body, job.x_job.model.partition("#")[2], request.model)
    return arguments, body


def _check_values(job: JobType[Any], name: str, model: Model, body: Mapping[str, Any]) -> None:
    """Find a parameter of the wrong type or out of range before anything is sent."""
    if model.schema is None:
        return
    own = {wire: value for wire, value in body.items() if wire in model.parameters}
    problem = next(_out_of_range(model, own), None)
    try:
        job.read(model.schema)(own)
    except SchemaError as error:
        problem = error.problem
    if problem is not None:
        raise errors.InputError(f"{name}: {problem}")


def _out_of_range(model: Model, values: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with each number that is too small or too large."""
    for wire, value in values.items():
        limits = model.parameters[wire]
        if isinstance(value, int | float):
            if limits.minimum is not None and value < limits.minimum:
                yield f"{wire} is {value}, and has to be {limits.minimum} or more"
            if limits.maximum is not None and value > limits.maximum:
                yield f"{wire} is {value}, and has to be {limits.maximum} or less"


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
