"""One job on the server: what it was submitted with, what polls show, and how it ends."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from redenlab.core.spec.conditions import holds
from redenlab.core.spec.expressions import Scope
from redenlab.core.spec.grammar import State
from redenlab.core.spec.job_spec import ANY_JSON, JobSpec
from redenlab.core.spec.steps import Fetch, Health, Step
from redenlab.lowlevel.types import RawResponse
from redenlab.sandbox.engine.backend import INVENTED, Failure, Work
from redenlab.sandbox.engine.course import Course
from redenlab.sandbox.engine.drafts import Draft
from redenlab.sandbox.engine.expected import Expected
from redenlab.sandbox.engine.lifecycle import Lifecycle
from redenlab.sandbox.engine.looks import Look, looks
from redenlab.sandbox.engine.messages import Content, Live, Refused, Response, mapping
from redenlab.sandbox.engine.polls import Polls
from redenlab.sandbox.engine.results import Result, Results
from redenlab.sandbox.engine.routes import Call
from redenlab.sandbox.engine.scenario import Scenario
from redenlab.sandbox.engine.service import Service, Unreachable, text_of
from redenlab.sandbox.engine.submits import Acceptance


@dataclass(frozen=True, slots=True)
class Submit:
    """What a job is made of.

    Attributes:
        known: The submit as ``$request``, and the upload as ``$upload``.
        model: What was asked for; ``None`` where jobs have no models.
        content: The recording that came with it, uploaded before or in the submit.
        file: The name of the recording, as far as it is known; empty where it is not.
        upload: What tells the recording from others of the same name: the upload, or the submit.
        since: When the upload was begun; ``None`` where there was none before.
    """

    known: Scope
    model: str | None = None
    content: Content = b""
    file: str = ""
    upload: str = ""
    since: float | None = None


class ServedJob:
    """A job, from its submit on.

    Attributes:
        name: Of the job itself, whatever clients call it; the same after a restart.
        submit: What it is made of.
        scenario: What happens to it.
        id: As clients know it.
        response: The one to the submit.
        commands: What was asked of it: ``cancel``, ``start``.
        outcome: Its result, an `INVENTED` one, or why it failed; ``None`` while that is not known.
        result: Of its end; ``None`` where that has none, or was not polled.
        reason: Why it ended badly, as far as its responses say so.
        shown: The names of the looks that polls saw.
        course: Where it is on its way.
    """

    def __init__(
        self, service: Service, lifecycle: Lifecycle, submit: Submit, scenario: Scenario, name: str
    ) -> None:
        """Plan a job.

        Args:
            service: That serves it.
            lifecycle: Its kind.
            submit: What it is made of.
            scenario: What is to happen to it.
            name: Its name.
        """
        self._service = service
        self._lifecycle = lifecycle
        self.scenario: Scenario = scenario
        self.job: JobSpec = lifecycle.job
        self.name: str = name
        self.submit: Submit = submit
        self.commands: list[str] = []
        self.outcome: Any = None
        self._settled: float | None = None
        self._matched: dict[str, str] = {}
        self.result: Result | None = None
        self.reason: str = ""
        self.shown: list[str] = []
        self._results = Results(service, self.job, submit.model, scenario)
        self._polls = Polls(service, lifecycle, self._results, scenario.reason)
        self._drafts: dict[str, Draft] = {}
        self._scope = submit.known
        self.id: str = ""
        self.response: RawResponse = RawResponse(202, {}, b"")
        now = service.setting.now
        self.course: Course = Course(self._way(), now, scenario, starts=self._starts)
        self.course.ready = self._known_since
        self.course.late = self._late

    @property
    def model(self) -> str | None:
        """What was asked for."""
        return self.submit.model

    @property
    def upload(self) -> str:
        """What tells its recording from others of the same name."""
        return self.submit.upload

    def _way(self) -> list[Look]:
        """What it shows in turn."""
        scenario = self.scenario
        way = [look for look in looks(self.job) if not look.is_end]
        if scenario.seconds is not None:
            running = [look for look in way if look.state == "running"]
            wanted = self._service.backend.running
            chosen = [look for look in running if look.name in wanted] or running[:2]
            way = (way[:1] if not self._starts else []) + (chosen or way[-1:])
        return [*way, ending(self.job, scenario)]

    @property
    def _starts(self) -> bool:
        """Whether it runs without being told to."""
        start = self.job.x_job.start
        if start is None:
            return True
        return start.unless is not None and holds(start.unless, self.submit.known)

    def _late(self, look: Look) -> Look:
        """How it ends when its time is over."""
        end = self._service.backend.late.get(look.name, "cancelled")
        return ending(self.job, Scenario(end=end))

    def _known_since(self) -> float | None:
        if self.scenario.stuck:
            return None
        return self._settled

    # -- the submit

    def accepted(self, call: Call, look: Look | None = None) -> Draft:
        """The response to the submit, as the job is now, or was at a look.

        Raises:
            Unreachable: It cannot have what the lifecycle needs of it.
        """
        known, service = self.submit.known, self._service
        accepted = Acceptance(service, self._lifecycle, self._polls, known, self.scenario)
        with service.naming(f"{self.name}/submit"):
            draft = accepted.response(look or self.course.look(), self.course.end)
        self._matched = accepted.matched
        self._tell_times(draft)
        service.backend.shape(service, self.job.submit, draft, call)
        return draft

    def submitted(self, call: Call) -> None:
        """Take the submit; raises as `accepted`."""
        known, x_job = self.submit.known, self.job.x_job
        draft = self.accepted(call, self.course.left[0])
        raw = draft.raw()
        answered = known.responded(raw)
        kept = {**answered.values(x_job.keep), **self._matched}
        answered = answered.extended(job=kept)
        found = (text_of(answered.value(text)) for text in x_job.ids)
        self.id = next((text for text in found if text), "")
        if not self.id:
            raise Unreachable("the response to the submit cannot name the job: see id")
        self._scope = Scope(job={**kept, "id": self.id, "model": self.model})
        if self.scenario.inline and x_job.submit.inline is not None:
            end = self.course.end
            self.shown.append(end.name)
            self._settle(end, raw)
        elif self.scenario.seconds is not None and self._shows_poll(self.job.submit):
            self._echo(draft)
            self._service.backend.show(self._service, draft, self)
        self.response = draft.raw()

    def work(self) -> Work:
        """What its model works on."""
        found = self.job.models.get(self.model or "")
        schema = found.result if found else self.job.x_job.result.type
        body = self.submit.known.value("$request.body")
        named = None if schema in {None, ANY_JSON} else str(schema)
        spec, seed = self._service.spec, self._service.setting.seed
        return Work(spec, self.name, self.model, self.submit.content, body, named, seed)

    def settle(self, outcome: Any, at: float) -> None:
        """Learn its outcome, at a time in seconds since the epoch."""
        self.outcome, self._settled = outcome, at
        if self.commands and self.course.end.state in {"cancelled", "gone"}:
            return  # what it was told to do meanwhile counts
        if isinstance(outcome, Failure):
            self._polls.reason = str(outcome)
            ends = [look for look in looks(self.job) if look.state == "failed"]
            self.course.end_as(ends[0] if ends else self.course.end)
        elif outcome is not INVENTED:
            with self._service.naming(f"{self.name}/files"):
                self._results.computed = self._service.stored(outcome)

    # -- polls

    @property
    def state(self) -> State:
        """The class of the state that it is in."""
        return self.course.look().state

    def expected(self) -> Iterator[Expected]:
        """Every request that may come for it."""
        for name, step in self.job.x_job.steps.items():
            if isinstance(step, Fetch | Health) or (name == "start" and self._is_running):
                continue  # a job that runs may be told to run again by the same request
            yield Expected(name, step, self._scope, partial(self._answer, name), self)
        if self.result is not None:
            yield from self.result.expected

    @property
    def _is_running(self) -> bool:
        return self.course.begun is not None

    def _answer(self, name: str, _call: Call) -> Response:
        if name == "poll":
            return self.polled()
        return self._events() if name == "events" else self._commanded(name)

    def polled(self) -> RawResponse:
        """Respond to a poll, and go on."""
        look = self.course.look()
        if "delete" in self.commands and look.state != "gone":
            raise Refused(404, "it was deleted")
        self.shown.append(look.name)
        self.course.seen()
        return self.now(look).raw()

    def now(self, look: Look | None = None) -> Draft:
        """What a poll shows of it, without being one."""
        look = look or self.course.look()
        is_new = look.name not in self._drafts
        draft = self._draft(look).copy()
        if look.is_end and not is_new:
            with self._service.naming(f"{self.name}/links"):
                draft.body = self._service.renewed(draft.body)
        self._service.backend.show(self._service, draft, self)
        return draft

    def _draft(self, look: Look) -> Draft:
        found = self._drafts.get(look.name)
        if found is None:
            with self._service.naming(f"{self.name}/{look.name}"):
                found = self._polls.response(look, self._scope)
            self._echo(found)
            self._tell_times(found)
            self._drafts[look.name] = found
            self._settle(look, found.raw())
        return found

    def _tell_times(self, draft: Draft) -> None:
        if self.scenario.seconds is not None:
            course = self.course
            created = self.submit.since or course.created
            moments = {"created": created, "begun": course.begun, "ended": course.ended}
            skewed = {k: m and m + self.scenario.skew for k, m in moments.items()}
            self._service.tell_times(draft, skewed)

    def _echo(self, draft: Draft) -> None:
        """Show what was sent, where a response has a place of the same name for it."""
        sent = self.submit.known.value("$request.body")
        if self.scenario.seconds is not None:
            draft.echo(mapping(sent))

    def _settle(self, look: Look, raw: RawResponse) -> None:
        """Note what clients learn of the end."""
        if not look.is_end:
            return
        scope = self._scope.responded(raw)
        seen = {**scope.roots["response"], "statusCode": raw.status_code}
        scope = scope.extended(poll=seen)
        if self._polls.has_result(look):
            self.result = self._results.result(scope, self)
        told = [scope.value(source) for source in self._polls.reasons(look)]
        self.reason = next((text for text in told if isinstance(text, str)), "")

    # -- everything else

    def _commanded(self, name: str) -> RawResponse:
        """Respond to a command, and do it."""
        allowed = self._service.backend.commands
        status = self.course.look().name if allowed else ""
        if allowed and status not in allowed[name]:
            raise Refused(409, f"Cannot {name} job in status: {status}")
        self.commands.append(name)
        if self.scenario.seconds is not None:
            self.course.look()  # it may have ended since the last request
        ends = [look for look in looks(self.job) if look.is_end]
        if name == "start":
            self.course.start()
        goes = name == "delete" or (name == "cancel" and (allowed or self.course.ended is None))
        if goes:
            wanted = "cancelled" if name == "cancel" else "gone"
            found = next((look for look in ends if look.state == wanted), None)
            if found is not None:
                self.course.go([found])
        paused = [look for look in looks(self.job) if look.name == self._service.backend.paused]
        if name == "pause" and paused:
            self.course.pause(paused[0])
        ended = self.course.look().is_end
        if name == "resume" and not ended:
            self.course.resume()
        if name == "retry" or (name == "resume" and paused and ended):
            running = [look for look in looks(self.job) if look.state == "running"][:1]
            self.course.go([*running, ending(self.job, Scenario())])
            self.result = None
            self._drafts.clear()
        return self._like_poll(self.job.x_job.steps[name]).raw()

    def _like_poll(self, step: Step) -> Draft:
        """The response to a command; one that has the form of a poll's shows the same."""
        draft = self._service.success(step.operation)
        if step.operation is not None and self._shows_poll(step.operation):
            draft.body = self.now().body
        return draft

    def _shows_poll(self, operation: str) -> bool:
        """Whether the response to an operation has the form of a poll's."""
        spec, polled = self._service.spec, self.job.x_job.poll.operation
        node = spec.response_node(spec.operations[operation])
        return bool(polled and node) and node == spec.response_node(spec.operations[str(polled)])

    def end_as(self, end: str) -> None:
        """End as `end`, the name of a look, from now on."""
        self.course.end_as(ending(self.job, Scenario(end=end)))

    def _events(self) -> Response:
        """Every look that is left, as server-sent events."""
        if self.scenario.seconds is not None:
            return Live(self._since)
        bodies = [self._draft(look).raw().content for look in self.course.left]
        self.course.finish()
        content = b"".join(b"data: %b\n\n" % body for body in bodies)
        return RawResponse(200, {"content-type": "text/event-stream"}, content)

    def _since(self, count: int) -> tuple[list[bytes], bool]:
        """The looks after the first `count`, as events."""
        self.course.look()
        gone = self.course.passed
        bodies = [self.now(look).raw().content for look in gone[count:]]
        return [b"data: %b\n\n" % body for body in bodies], self.course.ended is None


def healthy(service: Service, job: JobSpec, ready: bool, _call: Call) -> RawResponse:
    """The response for a model that is ready, or is not."""
    how = job.x_job.health
    draft = service.success(how.operation if how else None)
    if how is not None:
        draft.place(how.status, draft.invented(how.status))
        draft.place(how.ready, ready)
    return draft.raw()


def ending(job: JobSpec, scenario: Scenario) -> Look:
    """How jobs end in a scenario.

    Raises:
        Unreachable: There is no such end.
    """
    ends = [look for look in looks(job) if look.is_end]
    for look in ends:
        if scenario.end in {look.name, look.state} or (scenario.end is None and not look.is_bad):
            return look
    known = ", ".join(look.name for look in ends) or "none"
    raise Unreachable(
        f"a {job.name} job has no end {scenario.end or 'that is a success'}; it has {known}"
    )
