"""The engine: from a request to the response of the one step, or operation, that it is for."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from redenlab.core.spec.document import Spec
from redenlab.core.spec.expressions import MISSING, Headers, Scope, pointer
from redenlab.core.spec.grammar import ModelReference, Resolution
from redenlab.core.spec.job_spec import JobSpec
from redenlab.core.spec.schemas import problems
from redenlab.core.spec.x_job import job_specs
from redenlab.core.spec.x_page import x_page
from redenlab.lowlevel.types import RawResponse
from redenlab.sandbox.engine.drafts import PICTURE, Draft
from redenlab.sandbox.engine.expected import Expected, best
from redenlab.sandbox.engine.jobs import ServedJob, healthy
from redenlab.sandbox.engine.lifecycle import Lifecycle
from redenlab.sandbox.engine.messages import Received, refusal
from redenlab.sandbox.engine.pages import page
from redenlab.sandbox.engine.routes import Call, Route, called, has_credential
from redenlab.sandbox.engine.service import Scenario, Service, text_of
from redenlab.sandbox.engine.store import Store
from redenlab.sandbox.engine.submits import arguments
from redenlab.sandbox.engine.uploads import Steps, Upload


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request, and what was responded.

    Attributes:
        operation: That the request was for; ``None`` for a URL that the engine had sent.
        step: The step that it was taken for; empty where it is none.
    """

    request: Received
    response: RawResponse
    operation: str | None
    step: str


class Engine:
    """Serves one spec.

    Attributes:
        store: What it holds: jobs and uploads.
        exchanges: Everything that was requested and responded, in order.
    """

    def __init__(  # noqa: PLR0913 - where, for whom, and what is to happen
        self,
        spec: Spec,
        *,
        key: str,
        base_url: str = "https://api.example.com",
        storage_url: str = "https://storage.example.com",
        scenario: Scenario | None = None,
        seed: str = "0",
        jobs: list[JobSpec] | None = None,
    ) -> None:
        """Serve nothing yet.

        Args:
            spec: The spec.
            key: The only key that is accepted.
            base_url: Of the API, without a slash at its end.
            storage_url: Of what is requested without the key; may be on another host.
            scenario: What is to happen to every job; ``None`` for a good end.
            seed: Of the values that are invented.
            jobs: The jobs of the spec, where they have been read already.

        Raises:
            SpecError: The spec cannot be used.
        """
        self._key = key
        self._spec = spec
        self._service = Service(spec, base_url, storage_url, scenario or Scenario(), seed)
        found = job_specs(spec) if jobs is None else jobs
        self._lifecycles = {job.name: Lifecycle(spec, job) for job in found}
        self._refused_once: set[str] = set()
        self._lookups: list[Expected] = []
        self.store: Store = Store()
        self.exchanges: list[Exchange] = []

    def end_as(self, end: str) -> None:
        """Let the last job end as `end`, the name of a look."""
        self.store.jobs[-1].end_as(end)

    def respond(self, request: Received) -> RawResponse:
        """The response to any request.

        Raises:
            Unreachable: A job cannot be brought to the end that the scenario wants.
        """
        operation, step, response = self._responded(request)
        self.exchanges.append(Exchange(request, response, operation, step))
        return response

    def _responded(self, request: Received) -> tuple[str | None, str, RawResponse]:
        if request.url.startswith(self._service.files_url):
            return None, "", RawResponse(200, {"content-type": "application/octet-stream"}, PICTURE)
        call = called(self._service.routes.values(), request, self._service.base_url)
        found = best(self._expected(), call, self._service.routes, self._service.base_url)
        if found is not None:
            name = found.step.operation
            problem = self._refused_step(found, call)
            return name, found.name, problem or found.answer(call)
        for name in call.matches:
            route = self._service.routes[name]
            response = self._refused(route, call) or self._served(route, call)
            if response is not None:
                return name, "", response
        return None, "", refusal(404, f"there is nothing at {request.method} {request.address}")

    def _expected(self) -> Iterator[Expected]:
        yield from self._lookups
        for job in self.store.jobs:
            yield from job.expected()
        for upload in self.store.uploads:
            yield from upload.expected()
        for lifecycle in self._lifecycles.values():
            health = lifecycle.job.x_job.health
            if health is not None:
                answer = partial(healthy, self._service, lifecycle.job)
                yield Expected("health", health, Scope(), answer)

    # -- refusals

    def _refused_step(self, found: Expected, call: Call) -> RawResponse | None:
        """Why a step is refused; ``None`` where it is not."""
        step = found.step
        if step.operation is not None:
            return self._refused(self._service.routes[step.operation], call)
        keyed = has_credential(call.request, self._spec.auth, self._key)
        if keyed is not (step.key == "own"):
            return refusal(401, "no key was sent" if step.key == "own" else "a key was sent")
        return None

    def _refused(self, route: Route, call: Call) -> RawResponse | None:
        """Why a request for an operation is refused; ``None`` where it is not."""
        if route.secured and not has_credential(call.request, self._spec.auth, self._key):
            return refusal(401, "the key is missing or wrong")
        problem = next(route.problems(call.request, call.matches[route.name]), None)
        return None if problem is None else refusal(422, problem)

    # -- operations

    def _served(self, route: Route, call: Call) -> RawResponse | None:
        """What an operation begins; ``None`` where the request is for no such thing."""
        for lifecycle in self._lifecycles.values():
            if lifecycle.job.submit == route.name and _has_constants(lifecycle.job, route, call):
                return self._submitted(lifecycle, route, call)
            for kind, steps in lifecycle.upload_lists.items():
                if steps[0].operation == route.name:
                    upload = Upload(Steps(self._service, lifecycle, kind))
                    self.store.uploads.append(upload)
                    return upload.make(0, 0, call)
        if any(route.name in each.job.operations for each in self._lifecycles.values()):
            return refusal(404, "there is no such job")
        return self._resource(route, call)

    def _resource(self, route: Route, call: Call) -> RawResponse:
        """The response of an operation that is no part of a lifecycle."""
        listed = x_page(self._spec, route.name)
        draft = self._service.success(route.name)
        if listed is None:
            return draft.raw()
        place = listed.items if "#" in listed.items else f"{listed.items}#"
        schema = draft.schema_at(f"{place}/0")
        items = [self._service.inventor.value(schema, ("items", str(n))) for n in range(3)]
        return page(self._service, route.name, listed, items, call)

    def _submitted(self, lifecycle: Lifecycle, route: Route, call: Call) -> RawResponse:
        early = self._refused_early(lifecycle.job, route, call)
        if early is not None:
            return early
        known, upload = self._known(lifecycle.job, route, call)
        if upload is None and _needs_upload(lifecycle.job):
            return refusal(422, "there is no such upload")
        content = upload.content if upload else _content(lifecycle.job, call)
        model = text_of(known.value(str(lifecycle.job.x_job.model_place or ""))) or None
        problem = self._wrong_parameter(lifecycle.job, model, known)
        if problem is not None:
            return refusal(422, problem)
        job = ServedJob(self._service, lifecycle, known, model, content)
        response = job.submitted()
        self.store.jobs.append(job)
        return response

    def _wrong_parameter(self, job: JobSpec, model: str | None, known: Scope) -> str | None:
        """What is wrong with the parameters of a model that the spec knows."""
        found = job.models.get(model or "")
        body = known.value("$request.body")
        if found is None or found.schema is None or not isinstance(body, Mapping):
            return None
        sent = cast("Mapping[str, Any]", body)
        own = {name: sent[name] for name in found.parameters if name in sent}
        wrong = problems(own, self._spec.schemas[found.schema], self._spec.at)
        return next((f"the parameters of {model}: {problem}" for problem in wrong), None)

    def _known(self, job: JobSpec, route: Route, call: Call) -> tuple[Scope, Upload | None]:
        """The submit as ``$request``, with what the client made up; and its upload."""
        document = call.request.document
        if call.request.media_type == "multipart/form-data":
            document = route.as_form(document)
        node = cast("Mapping[str, Any]", self._spec.resolve(route.body) if route.body else {})
        defaults = {
            name: inner["default"]
            for name, part in node.get("properties", {}).items()
            if "default" in (inner := self._spec.resolve(part))
        }
        body = {**defaults, **document} if isinstance(document, Mapping) else document
        scope = Scope(request={**arguments(call, route), "body": body})
        made = [scope.value(p) for p, t in job.x_job.submit.bind.items() if t == "$call.id"]
        scope = scope.extended(call={"id": made[0] if made else MISSING})
        for upload in reversed(self.store.uploads):
            known = scope.extended(upload=upload.kept)
            binds = job.x_job.submit.bind.items()
            wanted = [(place, known.filled(t)) for place, t in binds if "$upload." in str(t)]
            if wanted and all(scope.value(place) == value for place, value in wanted):
                return known, upload
        return scope, None

    def _refused_early(self, job: JobSpec, route: Route, call: Call) -> RawResponse | None:
        """The refusal of a first submit, where the scenario wants one."""
        scenario, pending, model = self._service.scenario, job.x_job.submit.pending, job.x_job.model
        if job.name in self._refused_once:
            return None
        refused: Draft | None = None
        if scenario.pending and pending is not None:
            refused = self._service.refused(pending.statuses)
        if scenario.resolve and isinstance(model, ModelReference) and model.resolve is not None:
            known, _ = self._known(job, route, call)
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

        self._lookups.append(Expected("model/resolve", step, scope, answer))
        return self._service.meets(self._service.refused((422,)), step.when, scope)


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


def _content(job: JobSpec, call: Call) -> bytes:
    """The recording in a submit."""
    place = job.file_place
    if place is None:
        return b""
    if not pointer(place):
        return call.request.content
    found = Scope(body=call.request.document).value(f"$body#{pointer(place)}")
    return found if isinstance(found, bytes) else b""


def received(method: str, url: str, headers: Mapping[str, str], content: bytes) -> Received:
    """A request as the engine reads it."""
    return Received(method.upper(), url, Headers(headers), content)
