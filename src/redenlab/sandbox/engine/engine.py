"""The engine: from a request to the response of the one step, or operation, that it is for."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property, partial

from redenlab.core.spec.document import Spec
from redenlab.core.spec.expressions import Headers, Scope
from redenlab.core.spec.job_spec import JobSpec
from redenlab.core.spec.x_job import job_specs
from redenlab.lowlevel.types import RawResponse
from redenlab.sandbox.engine.backend import Backend
from redenlab.sandbox.engine.drafts import PICTURE
from redenlab.sandbox.engine.expected import Expected, best
from redenlab.sandbox.engine.intake import Intake, Plan
from redenlab.sandbox.engine.jobs import ServedJob, healthy
from redenlab.sandbox.engine.keys import Keys
from redenlab.sandbox.engine.lifecycle import Lifecycle
from redenlab.sandbox.engine.messages import Received, Refused, Response
from redenlab.sandbox.engine.procedures import Procedures
from redenlab.sandbox.engine.resources import Resources
from redenlab.sandbox.engine.routes import Call, Route, called
from redenlab.sandbox.engine.scenario import Scenario, Setting
from redenlab.sandbox.engine.service import Service
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


class Engine:
    """Serves one spec.

    Attributes:
        service: The spec, served.
        keys: The credentials that are accepted.
        store: What it holds: jobs and uploads.
        is_ready: Tells whether a model is ready; the health of models shows it.
        intake: Takes submits.
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
        always = scenario or Scenario()
        self._backend = backend or Backend()
        self.service: Service = Service(spec, self._backend, setting or Setting())
        self.keys: Keys = Keys(spec.auth, key, self._backend.schemes, knows)
        self.service.by_token = self.keys.by_token
        found = job_specs(spec) if jobs is None else jobs
        self._lifecycles = {job.name: Lifecycle(spec, job) for job in found}
        self._acted = 0
        self.store: Store = Store()
        planned: Plan = plan or (lambda _job, _submit, _request: always)
        self.intake: Intake = Intake(self.service, self.store, always, planned)
        self._procedures = Procedures(self.service)
        self._resources = Resources(self.service, self.store.jobs)
        self.is_ready: Callable[[str], bool] = lambda _model: True

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
        try:
            entered = self._procedures.entered(request)
        except Refused as refused:
            return Exchange(request, self.service.refusal(None, refused), None, "")
        if entered is None:
            return self._exchange(request)
        exchange = self._exchange(entered.request)
        return replace(exchange, response=entered.left(exchange.response))

    def _exchange(self, request: Received) -> Exchange:
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
        with suppress(Refused):
            entered = self._procedures.entered(request)
            request = request if entered is None else entered.request
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
        yield from self.intake.lookups
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
        known = self._backend.submits(self.service, route.name, call)
        for lifecycle in self._lifecycles.values():
            if lifecycle.job.submit == route.name and _has_constants(lifecycle.job, route, call):
                body = known or route.with_defaults(route.document(call.request))
                return self.intake.submitted(lifecycle, route, call, body)
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
        if known is not None:
            return self.intake.submitted(next(iter(self._lifecycles.values())), route, call, known)
        if any(route.name in each.job.operations for each in self._lifecycles.values()):
            raise Refused(404, "there is no such job")
        return self._resources.respond(route, call)


def _has_constants(job: JobSpec, route: Route, call: Call) -> bool:
    """Whether a request has what every submit has, so that it is one."""
    scope = Scope(request=arguments(call, route))
    binds = job.x_job.submit.bind.items()
    fixed = [(p, v) for p, v in binds if "$" not in str(v) and not p.startswith("$request.body")]
    return all(scope.value(place) == value for place, value in fixed)


def received(method: str, url: str, headers: Mapping[str, str], content: bytes) -> Received:
    """A request as the engine reads it."""
    return Received(method.upper(), url, Headers(headers), content)
