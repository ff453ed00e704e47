"""One job on the server: what it was submitted with, what polls show, and how it ends."""

from collections.abc import Iterator
from functools import partial

from redenlab.core.spec.expressions import MISSING, Scope
from redenlab.core.spec.job_spec import JobSpec
from redenlab.core.spec.steps import Fetch, Health, Step
from redenlab.lowlevel.types import RawResponse
from redenlab.sandbox.engine.drafts import Draft
from redenlab.sandbox.engine.expected import Expected
from redenlab.sandbox.engine.lifecycle import Lifecycle
from redenlab.sandbox.engine.looks import Look, looks
from redenlab.sandbox.engine.messages import refusal
from redenlab.sandbox.engine.polls import Polls
from redenlab.sandbox.engine.results import Result, Results
from redenlab.sandbox.engine.routes import Call
from redenlab.sandbox.engine.service import Scenario, Service, Unreachable, text_of
from redenlab.sandbox.engine.submits import Acceptance


class ServedJob:
    """A job, from its submit on.

    Attributes:
        id: As clients know it.
        model: What was asked for; ``None`` where jobs have no models.
        content: The recording that came with it, uploaded before or in the submit.
        commands: What was asked of it: ``cancel``, ``start``.
        result: Of its end; ``None`` where that has none, or was not polled.
        reason: Why it ended badly, as far as its responses say so.
        shown: The names of the looks that polls saw.
    """

    def __init__(
        self,
        service: Service,
        lifecycle: Lifecycle,
        known: Scope,
        model: str | None,
        content: bytes,
    ) -> None:
        """Plan a job.

        Args:
            service: That serves it.
            lifecycle: Its kind.
            known: The submit as ``$request``, and the upload as ``$upload``.
            model: What was asked for.
            content: The recording.
        """
        self._service = service
        self._lifecycle = lifecycle
        self._job: JobSpec = lifecycle.job
        self._known = known
        self.model: str | None = model
        self.content: bytes = content
        self.commands: list[str] = []
        self.result: Result | None = None
        self.reason: str = ""
        self.shown: list[str] = []
        self._results = Results(service, self._job, model)
        self._polls = Polls(service, lifecycle, self._results)
        self._path = [look for look in looks(self._job) if not look.is_end]
        self._path.append(ending(self._job, service.scenario))
        self._at = 0
        self._drafts: dict[str, Draft] = {}
        self._scope = known
        self.id: str = ""

    # -- the submit

    def submitted(self) -> RawResponse:
        """Respond to the submit.

        Raises:
            Unreachable: The response cannot have what the lifecycle needs of it.
        """
        accepted = Acceptance(self._service, self._lifecycle, self._polls, self._known)
        raw = accepted.response(self._path[0], self._path[-1]).raw()
        answered = self._known.responded(raw)
        kept = {**answered.values(self._job.x_job.keep), **accepted.matched}
        answered = answered.extended(job=kept)
        found = (text_of(answered.value(text)) for text in self._job.x_job.ids)
        self.id = next((text for text in found if text), "")
        if not self.id:
            raise Unreachable("the response to the submit cannot name the job: see id")
        self._scope = Scope(job={**kept, "id": self.id, "model": self.model})
        if self._service.scenario.inline and self._job.x_job.submit.inline is not None:
            self.shown.append(self._path[-1].name)
            self._settle(self._path[-1], raw)
        return raw

    # -- polls

    def expected(self) -> Iterator[Expected]:
        """Every request that may come for it."""
        for name, step in self._job.x_job.steps.items():
            if isinstance(step, Fetch | Health) or (name == "start" and self._is_started):
                continue  # a job that runs may be told to run again by the same request
            yield Expected(name, step, self._scope, partial(self._answer, name))
        if self.result is not None:
            yield from self.result.expected

    def _answer(self, name: str, _call: Call) -> RawResponse:
        known = {"poll": self.polled, "events": self._events}
        return known[name]() if name in known else self._commanded(name)

    def polled(self) -> RawResponse:
        """Respond to a poll, and go on."""
        if "delete" in self.commands and self._path[-1].state != "gone":
            return refusal(404, "it was deleted")
        look = self._path[self._at]
        self.shown.append(look.name)
        if self._at < len(self._path) - 1 and self._is_started:
            self._at += 1
        return self._draft(look).raw()

    def _draft(self, look: Look) -> Draft:
        found = self._drafts.get(look.name)
        if found is None:
            found = self._drafts[look.name] = self._polls.response(look, self._scope)
            self._settle(look, found.raw())
        return found

    def _settle(self, look: Look, raw: RawResponse) -> None:
        """Note what clients learn of the end."""
        if not look.is_end:
            return
        scope = self._scope.responded(raw)
        seen = {**scope.roots["response"], "statusCode": raw.status_code}
        scope = scope.extended(poll=seen)
        if self._polls.has_result(look):
            self.result = self._results.result(scope)
        told = [scope.value(source) for source in self._polls.reasons(look)]
        self.reason = next((text for text in told if isinstance(text, str)), "")

    # -- everything else

    @property
    def _is_started(self) -> bool:
        """Whether it runs: by itself, or since it was told to."""
        start = self._job.x_job.start
        if start is None or "start" in self.commands:
            return True
        return start.unless is not None and self._known.value(start.unless) is True

    def _commanded(self, name: str) -> RawResponse:
        """Respond to a command, and do it."""
        self.commands.append(name)
        ends = [look for look in looks(self._job) if look.is_end]
        if name in {"cancel", "delete"}:
            wanted = "cancelled" if name == "cancel" else "gone"
            found = next((look for look in ends if look.state == wanted), None)
            if found is not None:
                self._path, self._at = [found], 0
        if name == "retry":
            self._path = [look for look in looks(self._job) if look.state == "running"][:1]
            self._path.append(ending(self._job, Scenario()))
            self._at, self.result = 0, None
            self._drafts.clear()
        return self._like_poll(self._job.x_job.steps[name]).raw()

    def _like_poll(self, step: Step) -> Draft:
        """The response to a command; one that has the form of a poll's shows the same."""
        spec, draft = self._service.spec, self._service.success(step.operation)
        polled = self._job.x_job.poll.operation
        if step.operation is None or polled is None or draft.body is MISSING:
            return draft
        nodes = [spec.response_node(spec.operations[name]) for name in (step.operation, polled)]
        if nodes[0] is not None and nodes[0] == nodes[1]:
            draft.body = self._draft(self._path[self._at]).copy().body
        return draft

    def end_as(self, end: str) -> None:
        """End as `end`, the name of a look, from now on."""
        self._path[-1] = ending(self._job, Scenario(end=end))

    def _events(self) -> RawResponse:
        """Every look that is left, as server-sent events."""
        left = self._path[self._at :]
        self._at = len(self._path) - 1
        bodies = [self._draft(look).raw().content for look in left]
        content = b"".join(b"data: %b\n\n" % body for body in bodies)
        return RawResponse(200, {"content-type": "text/event-stream"}, content)


def healthy(service: Service, job: JobSpec, _call: Call) -> RawResponse:
    """The response for a model that is ready."""
    how = job.x_job.health
    draft = service.success(how.operation if how else None)
    if how is not None:
        draft.place(how.status, draft.invented(how.status))
        draft.place(how.ready, True)  # noqa: FBT003 - the value of a place
    return draft.raw()


def ending(job: JobSpec, scenario: Scenario) -> Look:
    """How jobs end in a scenario.

    Raises:
        Unreachable: There is no such end.
    """
    ends = [look for look in looks(job) if look.is_end]
    for look in ends:
        if look.name == scenario.end or (scenario.end is None and not look.is_bad):
            return look
    known = ", ".join(look.name for look in ends) or "none"
    raise Unreachable(
        f"a {job.name} job has no end {scenario.end or 'that is a success'}; it has {known}"
    )
