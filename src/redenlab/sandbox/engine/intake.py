"""Submits: what they are for, whether they were made before, and the jobs that come of them."""

import re
from collections.abc import Callable, Mapping
from typing import Any, cast

from redenlab.core.spec.expressions import MISSING, Scope, pointer
from redenlab.core.spec.grammar import ModelReference, Resolution
from redenlab.core.spec.job_spec import JobSpec
from redenlab.lowlevel.types import RawResponse
from redenlab.sandbox.engine.backend import INVENTED
from redenlab.sandbox.engine.drafts import Draft
from redenlab.sandbox.engine.expected import Expected
from redenlab.sandbox.engine.jobs import ServedJob, Submit
from redenlab.sandbox.engine.lifecycle import Lifecycle
from redenlab.sandbox.engine.messages import Blob, Content, Received, Refused, Response
from redenlab.sandbox.engine.routes import Call, Route
from redenlab.sandbox.engine.scenario import Scenario
from redenlab.sandbox.engine.service import Service, text_of
from redenlab.sandbox.engine.store import Store
from redenlab.sandbox.engine.submits import arguments
from redenlab.sandbox.engine.uploads import Upload

Plan = Callable[[JobSpec, Submit, Received], Scenario]
"""Decides what happens to a job."""


class Intake:
    """Takes the submits of one service.

    Attributes:
        begun: Called with each new job.
        lookups: The lookups of models that clients may make after a refusal.
    """

    def __init__(self, service: Service, store: Store, scenario: Scenario, plan: Plan) -> None:
        """Put jobs into `store`; `plan` decides what happens to them."""
        self._service = service
        self._store = store
        self._scenario = scenario
        self._plan = plan
        self._refused_once: set[str] = set()
        self.lookups: list[Expected] = []
        self.begun: Callable[[ServedJob], None] = _at_once

    def submitted(self, lifecycle: Lifecycle, route: Route, call: Call, body: Any) -> Response:
        """Take a submit.

        Raises:
            Refused: It is none, or is for an upload that is not there.
            Unreachable: Its job cannot be brought to the end that the scenario wants.
        """
        job_spec = lifecycle.job
        known, upload = self._known(job_spec, route, call, body)
        early = self._refused_early(job_spec, known)
        if early is not None:
            return early
        self._check_upload(job_spec, upload)
        content = upload.content if upload else _content(job_spec, call)
        model = text_of(known.value(str(job_spec.x_job.model_place or ""))) or None
        if job_spec.models and model not in job_spec.models and not self._service.setting.samples:
            raise Refused(404, "there is no such model")
        before = self._before(job_spec, known)
        if before is not None:
            return self._again(before, model, call)
        problem = self._wrong_parameter(job_spec, model, known)
        if problem is not None:
            raise Refused(422, problem)
        file = upload.sent.get("name", "") if upload else _file_name(content)
        began = (upload.name, upload.created) if upload else (self._service.named_for, None)
        submit = Submit(known, model, content, file, *began)
        backend = self._service.backend
        scenario = backend.plan(self._plan(job_spec, submit, call.request), submit)
        job = ServedJob(self._service, lifecycle, submit, scenario, self._service.named_for)
        job.submitted(call)
        self._store.jobs.append(job)
        if upload is not None:
            upload.is_submitted = True
        self.begun(job)
        self._store.remember(job)
        return backend.accept(self._service, route.name, job, call) or job.response

    def _before(self, job_spec: JobSpec, known: Scope) -> ServedJob | None:
        """The job that an earlier submit has made: of the same upload, or of the same name."""
        ids = [text for text in job_spec.x_job.ids if "$response" not in text]
        early = [text for text in ids if not text.startswith("$job.")]
        names = {text_of(known.value(text)) for text in early} - {""}
        token = text_of(known.value("$call.id"))
        for job in self._store.jobs:
            by_token = token and token == text_of(job.submit.known.value("$call.id"))
            if job.job is job_spec and (job.id in names or by_token):
                return job
        return None

    def _again(self, job: ServedJob, model: str | None, call: Call) -> RawResponse:
        if job.model != model:
            raise Refused(422, "it was already submitted to another model")
        exists = job.job.x_job.submit.exists
        if exists is not None:
            return self._service.meets(
                self._service.refused((409,)), exists, job.submit.known
            ).raw()
        return job.accepted(call).raw()

    def _check_upload(self, job: JobSpec, upload: Upload | None) -> None:
        if not _needs_upload(job):
            return
        pending = job.x_job.submit.pending
        if upload is None:
            raise Refused(404, "there is no such upload")
        if not upload.is_complete and pending is not None:
            raise Refused(pending.statuses[0], "the upload is still pending")

    def _wrong_parameter(self, job: JobSpec, model: str | None, known: Scope) -> str | None:
        """What is wrong with the parameters of a model that the spec knows."""
        found = job.models.get(model or "")
        body = known.value("$request.body")
        if found is None or found.schema is None or not isinstance(body, Mapping):
            return None
        sent = cast("Mapping[str, Any]", body)
        own = {name: sent[name] for name in found.parameters if name in sent}
        schema = {"$ref": f"#/components/schemas/{found.schema}"}
        return next(self._service.forms.problems(own, schema), None)

    def _known(
        self, job: JobSpec, route: Route, call: Call, body: Any
    ) -> tuple[Scope, Upload | None]:
        """The submit as ``$request``, with what the client made up; and its upload."""
        scope = Scope(request={**arguments(call, route), "body": body})
        made = [scope.value(p) for p, t in job.x_job.submit.bind.items() if t == "$call.id"]
        scope = scope.extended(call={"id": made[0] if made else MISSING})
        binds = [(p, t) for p, t in job.x_job.submit.bind.items() if "$upload." in str(t)]
        for upload in reversed(self._store.uploads if binds else []):
            known = scope.extended(upload=upload.kept)
            wanted = [(place, known.filled(template)) for place, template in binds]
            if all(scope.value(place) == value for place, value in wanted):
                return known, upload
        return scope, None

    def _refused_early(self, job: JobSpec, known: Scope) -> RawResponse | None:
        """The refusal of a first submit, where the scenario wants one."""
        scenario, pending, model = self._scenario, job.x_job.submit.pending, job.x_job.model
        if job.name in self._refused_once:
            return None
        refused: Draft | None = None
        if scenario.pending and pending is not None:
            refused = self._service.refused(pending.statuses)
        if scenario.resolve and isinstance(model, ModelReference) and model.resolve is not None:
            refused = self._unresolved(model, model.resolve, text_of(known.value(model.place)))
        if refused is None:
            return None
        self._refused_once.add(job.name)
        return refused.raw()

    def _unresolved(self, model: ModelReference, step: Resolution, name: str) -> Draft:
        """The refusal after which a client looks a model up; the lookup is served from now on."""
        found = re.fullmatch(model.pattern, name)
        scope = Scope(model=found.groupdict() if found else {})

        def answer(lookup: Call) -> RawResponse:
            operation = step.operation or next(iter(lookup.matches), None)
            answered = self._service.success(operation)
            resolved = self._service.unique(answered.schema_at(step.value))
            answered.place(step.value, resolved)
            return answered.raw()

        self.lookups.append(Expected("model/resolve", step, scope, answer))
        return self._service.meets(self._service.refused((422,)), step.when, scope)


def _at_once(job: ServedJob) -> None:
    """Let the result of a job be invented."""
    job.settle(INVENTED, job.course.created)


def _needs_upload(job: JobSpec) -> bool:
    binds = job.x_job.submit.bind.values()
    needed = bool(job.x_job.upload) and job.x_job.file is None
    return needed and any("$upload." in str(template) for template in binds)


def _content(job: JobSpec, call: Call) -> Content:
    """The recording in a submit."""
    place = job.file_place
    if place is None:
        return b""
    if not pointer(place):
        return call.request.content
    found = Scope(body=call.request.document).value(f"$body#{pointer(place)}")
    return found if isinstance(found, bytes | Blob) else b""


def _file_name(content: Content) -> str:
    return content.name if isinstance(content, Blob) else ""
