"""The engine: from a request to the response of the one step, or operation, that it is for."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, cast

from redenlab.core.spec.document import Spec
from redenlab.core.spec.expressions import MISSING, Headers, Scope, pointer
from redenlab.core.spec.grammar import ModelReference, Resolution
from redenlab.core.spec.job_spec import JobSpec
from redenlab.core.spec.x_job import job_specs
from redenlab.lowlevel.types import RawResponse
from redenlab.sandbox.engine.backend import INVENTED, Backend
from redenlab.sandbox.engine.drafts import PICTURE, Draft
from redenlab.sandbox.engine.expected import Expected, best
from redenlab.sandbox.engine.jobs import ServedJob, Submit, healthy
from redenlab.sandbox.engine.keys import Keys
from redenlab.sandbox.engine.lifecycle import Lifecycle
from redenlab.sandbox.engine.messages import Blob, Content, Received, Refused, Response
from redenlab.sandbox.engine.resources import Resources
from redenlab.sandbox.engine.routes import Call, Route, called
from redenlab.sandbox.engine.scenario import Scenario, Setting
from redenlab.sandbox.engine.service import Service, text_of
from redenlab.sandbox.engine.store import Store
from redenlab.sandbox.engine.submits import arguments
from redenlab.sandbox.engine.uploads import Upload, size


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request, and what was responded.

    Attributes:
        operation: That the request was for; ``None`` for a URL that the engine had sent.
        step: The step that it was taken for; empty where it is none.
        job: That it was about; ``None`` where there is none.
        acted: Whether it may have changed something.
    """

    request: Received
    response: Response
    operation: str | None
    step: str
    job: ServedJob | None = None
    acted: bool = False


Plan = Callable[[JobSpec, Submit, Received], Scenario]
"""Decides what happens to a job."""


class Engine:
    """Serves one spec.

    Attributes:
        service: The spec, served.
        keys: The credentials that are accepted.
        store: What it holds: jobs and uploads.
        is_ready: Tells whether a model is ready; the health of models shows it.
        begun: Called with each new job.
    """

    def __init__(  # noqa: PLR0913 - where, for whom, and what is to happen
        self,
        spec: Spec,
        *,
        key: str,
        setting: Setting | None = None,
        scenario: Scenario | None = None,
        jobs: list[JobSpec] | None = None,
        backend: Backend | None = None,
        plan: Plan | None = None,
        knows: Callable[[str], bool] | None = None,
    ) -> None:
        """Serve nothing yet.

        Args:
            spec: The spec.
            key: The only key that is accepted.
            setting: How it is run.
            scenario: What is to happen to every job; ``None`` for a good end.
            jobs: The jobs of the spec, where they have been read already.
            backend: What the service does beyond the spec.
            plan: Decides instead of `scenario`.
            knows: Tells whether it is a bearer token that is accepted as well.

        Raises:
            SpecError: The spec cannot be used.
        """
        self._spec = spec
        self._scenario = scenario or Scenario()
        self._plan: Plan = plan or (lambda _job, _submit, _request: self._scenario)
        self._backend = backend or Backend()
        self.service: Service = Service(spec, self._backend, setting or Setting())
        self.keys: Keys = Keys(spec.auth, key, self._backend.schemes, knows)
        self.service.by_token = self.keys.by_token
        found = job_specs(spec) if jobs is None else jobs
        self._lifecycles = {job.name: Lifecycle(spec, job) for job in found}
        self._refused_once: set[str] = set()
        self._lookups: list[Expected] = []
        self._acted = 0
        self.store: Store = Store()
        self._resources = Resources(self.service, self.store.jobs)
        self.is_ready: Callable[[str], bool] = lambda _model: True
        self.begun: Callable[[ServedJob], None] = _at_once

    @property
    def jobs(self) -> list[JobSpec]:
        """The jobs of the spec."""
        return [each.job for each in self._lifecycles.values()]

    def end_as(self, end: str) -> None:
        """Let the last job end as `end`, the name of a look."""
        self.store.jobs[-1].end_as(end)

    def respond(self, request: Received) -> Exchange:
        """The response to any request.

        Raises:
            Unreachable: A job cannot be brought to the end that the scenario wants.
        """
        call = called(self.service.routes.values(), request, self.service.setting.base_url)
        acts = request.method not in {"GET", "HEAD", "QUERY"}
        name = next(iter(call.matches), None)
        with self.service.naming(str(self._acted)):
            try:
                found = self._responded(call)
            except Refused as refused:
                return Exchange(request, self.service.refusal(name, refused), name, "")
        self._acted += acts
        operation, step, response, job = found
        return Exchange(request, response, operation, step, job, acts)

    def aim(self, request: Received) -> tuple[str, str, ServedJob | Upload | None]:
        """What a request is for, without responding: operation, step, and job or upload."""
        service = self.service
        call = called(service.routes.values(), request, service.setting.base_url)
        found = best(self._expected(call), call, service.routes, service.setting.base_url)
        if found is not None:
            return found.step.operation or found.name, found.name, found.about
        name = next(iter(call.matches), "")
        return name, self.steps.get(name, ""), None

    @cached_property
    def steps(self) -> Mapping[str, str]:
        """The operations that are steps of jobs, and which."""
        found: dict[str, str] = {}
        for each in self._lifecycles.values():
            found[each.job.submit] = "submit"
            for name, step in each.job.x_job.steps.items():
                found.setdefault(str(step.operation or f"${name}"), name)
            for kind, steps in each.upload_lists.items():
                found[str(steps[0].operation)] = kind
        return found

    @cached_property
    def _beginnings(self) -> set[str]:
        """The operations that make something new."""
        each = [*self._lifecycles.values()]
        uploads = {str(steps[0].operation) for one in each for steps in one.upload_lists.values()}
        return uploads | {one.job.submit for one in each}

    def _responded(self, call: Call) -> tuple[str | None, str, Response, ServedJob | None]:
        request, service = call.request, self.service
        file = service.files.get(request.address)
        if file is not None:
            produced = RawResponse(200, {"content-type": file.media_type}, file.content)
            return None, "result", produced, None
        if request.url.startswith(service.files_url):
            content = RawResponse(200, {"content-type": "application/octet-stream"}, PICTURE)
            return None, "", content, None
        base_url = service.setting.base_url
        found = best(self._expected(call), call, service.routes, base_url)
        if found is None and not self._beginnings & call.matches.keys():
            found = best(self.store.all_expected(), call, service.routes, base_url)
        if found is not None:
            self._check_step(found, call)
            response = found.answer(call)
            if found.about is not None:
                self.store.remember(found.about)
            job = found.about if isinstance(found.about, ServedJob) else None
            return found.step.operation, found.name, response, job
        count = len(self.store.jobs)
        self._resources.catch_up()
        for name in call.matches:
            route = service.routes[name]
            self._check(route, call)
            served = self._served(route, call)
            if served is not None:
                made = self.store.jobs[count:]
                return name, "", served, made[0] if made else None
        path = request.address.removeprefix(service.setting.base_url)
        others = [
            r.method for r in service.routes.values() if r.matched(r.method, path) is not None
        ]
        if others:
            allow = {"allow": ", ".join(others)}
            raise Refused(405, f"{request.method} is not allowed here", "Method Not Allowed", allow)
        raise Refused(404, f"there is nothing at {request.method} {request.address}", "Not Found")

    def _expected(self, call: Call) -> Iterator[Expected]:
        yield from self._lookups
        yield from self.store.expected(call)
        for lifecycle in self._lifecycles.values():
            health = lifecycle.job.x_job.health
            if health is not None:
                answer = partial(self._healthy, lifecycle.job)
                yield Expected("health", health, Scope(), answer)

    def _healthy(self, job: JobSpec, call: Call) -> RawResponse:
        named = {value for values in call.matches.values() for value in values.values()}
        if job.models and not named & set(job.models):
            raise Refused(404, "there is no such model")
        return healthy(self.service, job, all(map(self.is_ready, named)), call)

    # -- refusals

    def _check_step(self, found: Expected, call: Call) -> None:
        """Refuse a step; raises `Refused`."""
        step = found.step
        if step.operation is not None:
            self._check(self.service.routes[step.operation], call)
            return
        keyed = self.keys.is_in(call.request)
        if keyed is not (step.key == "own"):
            raise Refused(401, "no key was sent" if step.key == "own" else "a key was sent")

    def _check(self, route: Route, call: Call) -> None:
        """Refuse a request for an operation; raises `Refused`."""
        if route.secured and not self.keys.is_in(call.request):
            raise self._backend.unknown(self.keys.given(call.request))
        problem = next(route.problems(call.request, call.matches[route.name]), None)
        if problem is not None:
            raise self._backend.wrong(self.service, route.name, call, problem)
        self._backend.check(self.service, route.name, call)

    # -- operations

    def _served(self, route: Route, call: Call) -> Response | None:
        """What an operation begins; ``None`` where the request is for no such thing."""
        for lifecycle in self._lifecycles.values():
            if lifecycle.job.submit == route.name and _has_constants(lifecycle.job, route, call):
                body = route.with_defaults(route.document(call.request))
                return self._submitted(lifecycle, route, call, body)
            for kind, steps in lifecycle.upload_lists.items():
                if steps[0].operation == route.name:
                    upload = Upload(self.service, lifecycle, kind, str(self._acted))
                    response = upload.make(0, 0, call)
                    files = lifecycle.job.x_job.files
                    if files and files.max and kind == "files" and size(upload.content) > files.max:
                        raise Refused(413, f"a file has to have {files.max} bytes at most")
                    self.store.uploads.append(upload)
                    self.store.remember(upload)
                    self._resources.adopt(route, call, response)
                    return response
        own = self._backend.serve(self.service, route.name, call, self.store)
        if own is not None:
            return own
        body = self._backend.submits(self.service, route.name, call)
        if body is not None:
            return self._submitted(next(iter(self._lifecycles.values())), route, call, body)
        if any(route.name in each.job.operations for each in self._lifecycles.values()):
            raise Refused(404, "there is no such job")
        return self._resources.respond(route, call)

    def _submitted(
        self, lifecycle: Lifecycle, route: Route, call: Call, body: Any
    ) -> Response | None:
        job_spec = lifecycle.job
        known, upload = self._known(job_spec, route, call, body)
        early = self._refused_early(job_spec, known)
        if early is not None:
            return early
        self._check_upload(job_spec, upload)
        content = upload.content if upload else _content(job_spec, call)
        model = text_of(known.value(str(job_spec.x_job.model_place or ""))) or None
        if job_spec.models and model not in job_spec.models and not self.service.setting.samples:
            raise Refused(404, "there is no such model")
        before = self._before(job_spec, known)
        if before is not None:
            return self._again(before, model, call)
        problem = self._wrong_parameter(job_spec, model, known)
        if problem is not None:
            raise Refused(422, problem)
        file = upload.sent.get("name", "") if upload else _file_name(content)
        began = (upload.name, upload.created) if upload else (str(self._acted), None)
        submit = Submit(known, model, content, file, *began)
        scenario = self._backend.plan(self._plan(job_spec, submit, call.request), submit)
        job = ServedJob(self.service, lifecycle, submit, scenario, str(self._acted))
        job.submitted(call)
        self.store.jobs.append(job)
        if upload is not None:
            upload.is_submitted = True
        self.begun(job)
        self.store.remember(job)
        return self._accepted(job, route, call)

    def _accepted(self, job: ServedJob, route: Route, call: Call) -> Response:
        """The response to a submit, which may be held back."""
        return self._backend.accept(self.service, route.name, job, call) or job.response

    def _before(self, job_spec: JobSpec, known: Scope) -> ServedJob | None:
        """The job that an earlier submit has made: of the same upload, or of the same name."""
        ids = [text for text in job_spec.x_job.ids if "$response" not in text]
        early = [text for text in ids if not text.startswith("$job.")]
        names = {text_of(known.value(text)) for text in early} - {""}
        token = text_of(known.value("$call.id"))
        for job in self.store.jobs:
            by_token = token and token == text_of(job.submit.known.value("$call.id"))
            if job.job is job_spec and (job.id in names or by_token):
                return job
        return None

    def _again(self, job: ServedJob, model: str | None, call: Call) -> RawResponse:
        if job.model != model:
            raise Refused(422, "it was already submitted to another model")
        exists = job.job.x_job.submit.exists
        if exists is not None:
            return self.service.meets(self.service.refused((409,)), exists, job.submit.known).raw()
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
        return next(self.service.forms.problems(own, schema), None)

    def _known(
        self, job: JobSpec, route: Route, call: Call, body: Any
    ) -> tuple[Scope, Upload | None]:
        """The submit as ``$request``, with what the client made up; and its upload."""
        scope = Scope(request={**arguments(call, route), "body": body})
        made = [scope.value(p) for p, t in job.x_job.submit.bind.items() if t == "$call.id"]
        scope = scope.extended(call={"id": made[0] if made else MISSING})
        binds = [(p, t) for p, t in job.x_job.submit.bind.items() if "$upload." in str(t)]
        for upload in reversed(self.store.uploads if binds else []):
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
            refused = self.service.refused(pending.statuses)
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
            answered = self.service.success(operation)
            resolved = self.service.unique(answered.schema_at(step.value))
            answered.place(step.value, resolved)
            return answered.raw()

        self._lookups.append(Expected("model/resolve", step, scope, answer))
        return self.service.meets(self.service.refused((422,)), step.when, scope)


def _at_once(job: ServedJob) -> None:
    """Let the result of a job be invented."""
    job.settle(INVENTED, job.course.created)


def _has_constants(job: JobSpec, route: Route, call: Call) -> bool:
    """Whether a request has what every submit has, so that it is one."""
    scope = Scope(request=arguments(call, route))
    binds = job.x_job.submit.bind.items()
    fixed = [(p, v) for p, v in binds if "$" not in str(v) and not p.startswith("$request.body")]
    return all(scope.value(place) == value for place, value in fixed)


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


def received(method: str, url: str, headers: Mapping[str, str], content: bytes) -> Received:
    """A request as the engine reads it."""
    return Received(method.upper(), url, Headers(headers), content)
