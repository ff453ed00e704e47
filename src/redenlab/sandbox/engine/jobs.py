"""One job on the server: what it was submitted with, what polls show, and how it ends."""

import json
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, cast
from urllib.parse import quote

from redenlab.core.spec.expressions import MISSING, Scope, expressions, pointer, steps_of
from redenlab.core.spec.job_spec import JobSpec
from redenlab.core.spec.steps import Fetch, Health, Step
from redenlab.sandbox.engine.drafts import Draft
from redenlab.sandbox.engine.expected import Expected
from redenlab.sandbox.engine.invention import kind, plain
from redenlab.sandbox.engine.lifecycle import END, SUBMIT, Lifecycle
from redenlab.sandbox.engine.looks import Look, fulfilled, looks, shows
from redenlab.sandbox.engine.messages import refusal
from redenlab.sandbox.engine.results import Result, Results
from redenlab.sandbox.engine.routes import Call, Route, argument
from redenlab.sandbox.engine.service import Scenario, Service, Unreachable, text_of
from redenlab_api.types import RawResponse

REASON = "the sandbox was told to end it so"
"""Why a job ended badly, in its own words."""


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
        self._path = [look for look in looks(self._job) if not look.is_end]
        self._path.append(ending(self._job, service.scenario))
        self._at = 0
        self._matched: dict[str, str] = {}
        self._drafts: dict[str, Draft] = {}
        self._scope = known
        self.id: str = ""

    # -- the submit

    def submitted(self) -> RawResponse:
        """Respond to the submit.

        Raises:
            Unreachable: The response cannot have what the lifecycle needs of it.
        """
        draft = self._accepted()
        raw = draft.raw()
        answered = self._known.responded(raw)
        kept = {**answered.values(self._job.x_job.keep), **self._matched}
        answered = answered.extended(job=kept)
        found = (text_of(answered.value(text)) for text in self._job.x_job.ids)
        self.id = next((text for text in found if text), "")
        if not self.id:
            raise Unreachable("the response to the submit cannot name the job: see id")
        self._scope = Scope(job={**kept, "id": self.id, "model": self.model})
        return raw

    def _accepted(self) -> Draft:
        inline = self._job.x_job.submit.inline
        drafts = [self._named(draft) for draft in self._service.successes(self._job.submit)]
        if inline is None:
            return drafts[0]
        wanted = self._service.scenario.inline
        problem: Unreachable | None = None
        for draft in drafts:
            try:
                if not wanted:
                    return self._service.meets(draft, inline, self._known, wanted=False)
                self._scope = self._known.extended(job={"id": self._early_id(draft)})
                filled = self._filled(self._path[-1], draft)
                found = self._service.meets(filled, inline, self._known)
            except Unreachable as error:
                problem = error
            else:
                self.shown.append(self._path[-1].name)
                self._settle(self._path[-1], found)
                return found
        raise problem or Unreachable("no response to the submit has the end of the job")

    def _early_id(self, draft: Draft) -> str:
        scope = self._known.merged(draft.scope())
        return next(text for t in self._job.x_job.ids if (text := text_of(scope.value(t))))

    def _named(self, draft: Draft) -> Draft:
        """A response to the submit with ids, URLs and whatever else later steps need."""
        self._service.supply(draft, self._lifecycle.needs(SUBMIT))
        early = (text_of(self._known.value(t)) for t in self._job.x_job.ids if "$response" not in t)
        identity = next((text for text in early if text), "")
        for text in filter(draft.knows, self._id_places):
            identity = identity or text_of(draft.value(text))
            draft.place(text, self._typed(draft, text, identity))
        self._place_status(draft, self._path[0])
        poll = self._job.x_job.poll
        for need in self._lifecycle.needs(SUBMIT):
            if need.url == "poll" and poll.matches is not None:
                draft.place(need.expression, self._poll_url(poll.matches, identity))
        return draft

    @property
    def _id_places(self) -> list[str]:
        """Where responses have the id; one that the client chose is echoed where it was sent."""
        texts = [text.replace("$request.", "$response.", 1) for text in self._job.x_job.ids]
        return [text for text in texts if text.startswith("$response.body#")]

    def _poll_url(self, operation: str, identity: str) -> str:
        """A URL that fits the path of the operation that polls."""
        service = self._service
        route, named = service.routes[operation], self._id_names()
        for name, declared in route.arguments.items():
            if declared["in"] != "path" or name in self._matched:
                continue
            own = self._known.value(f"$request.path.{name}")
            found = identity if name in named and identity else text_of(own)
            self._matched[name] = found or text_of(service.unique(declared.get("schema", {})))
        quoted = {name: quote(value, safe="") for name, value in self._matched.items()}
        return f"{service.base_url}{route.filled(quoted)}{self._needed_query(route)}"

    def _needed_query(self, route: Route) -> str:
        """The query parameters that an operation cannot do without."""
        pairs: list[str] = []
        for name, declared in route.arguments.items():
            if declared["in"] == "query" and declared.get("required"):
                own = text_of(self._known.value(f"$request.query.{name}"))
                value = own or text_of(self._service.unique(declared.get("schema", {})))
                pairs.append(f"{quote(name)}={quote(value)}")
        return f"?{'&'.join(pairs)}" if pairs else ""

    def _id_names(self) -> set[str]:
        return {(steps_of(pointer(text)) or [""])[-1] for text in self._job.x_job.ids}

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
            polled = self._job.x_job.poll.operation or self._job.x_job.poll.matches
            found = self._drafts[look.name] = self._first(look, self._service.successes(polled))
            self._settle(look, found)
        return found

    def _first(self, look: Look, drafts: list[Draft]) -> Draft:
        """The first documented success that can show `look`."""
        problem = Unreachable("the poll has no documented success")
        for draft in drafts:
            try:
                return self._filled(look, draft)
            except Unreachable as error:
                problem = error
        raise problem

    def _filled(self, look: Look, draft: Draft) -> Draft:
        """A response to a poll that shows `look`."""
        x_job, job = self._job.x_job, self._job
        self._place_status(draft, look)
        identity = text_of(self._scope.value("$job.id"))
        for text in filter(draft.knows, [x_job.polled_id] if x_job.polled_id else self._id_places):
            draft.place(text, self._typed(draft, text, identity))
        if self._has_result(look):
            unlinked = x_job.result.url is not None and not self._results.linked
            unused = "result" if unlinked else ""
            self._service.supply(draft, self._lifecycle.needs(END, unused))
            self._results.prepare(draft)
        if look.is_bad:
            self._place_reason(draft, look)
        if not look.is_end:
            self._place_progress(draft)
        rules = x_job.states if look.rule is None else x_job.states[: look.rule + 1]
        conditions = [rule.when for rule in rules]

        def test(changed: Draft) -> bool:
            return shows(job, look, self._scope.merged(changed.scope()))

        found = fulfilled(self._service.spec, draft, conditions, test)
        if found is None:
            raise Unreachable(f"no response to a poll shows the state {look.name}")
        return found

    def _settle(self, look: Look, draft: Draft) -> None:
        """Note what clients learn of the end."""
        if not look.is_end:
            return
        raw = draft.raw()
        seen = draft.scope().roots
        scope = self._scope.responded(raw).extended(
            **seen, poll={**seen["response"], "statusCode": raw.status_code}
        )
        if self._has_result(look):
            self.result = self._results.result(scope)
        rule = self._job.x_job.states[look.rule] if look.rule is not None else None
        sources = (rule and rule.error) or self._job.x_job.poll.error
        for source in _listed(sources) if look.is_bad else ():
            told = scope.value(source)
            if isinstance(told, str) and not self.reason:
                self.reason = told

    def _has_result(self, look: Look) -> bool:
        also = self._job.x_job.result.also
        return look.state == "succeeded" or look.state in also or look.status in also

    # -- what a response has

    def _typed(self, draft: Draft, expression: str, text: str) -> Any:
        """`text` as the type of the place where it goes."""
        schema = plain(draft.schema_at(expression), self._service.spec.resolve)
        return int(text) if kind(schema) == "integer" and text.lstrip("-").isdecimal() else text

    def _place_status(self, draft: Draft, look: Look) -> None:
        status = self._job.x_job.poll.status
        if status is None or not draft.knows(status):
            return
        states = self._job.states
        fits = [value for value, state in states.items() if state == look.state]
        ended = [value for value, state in states.items() if state == "succeeded"]
        value = look.status or next(iter((*fits, *ended, *states)), None)
        if value is not None:
            draft.place(status, self._typed(draft, status, value))

    def _place_reason(self, draft: Draft, look: Look) -> None:
        rule = self._job.x_job.states[look.rule] if look.rule is not None else None
        for source in _listed((rule and rule.error) or self._job.x_job.poll.error):
            texts = [text for text in expressions(source) if text != self._job.x_job.poll.status]
            for text in texts:
                if text.startswith("$response") and draft.knows(text):
                    node = plain(draft.schema_at(text), self._service.spec.resolve)
                    plainly = kind(node) in {None, "string"} and not node.keys() & {"enum", "const"}
                    draft.place(text, REASON if plainly else draft.invented(text))
            if texts:
                return

    def _place_progress(self, draft: Draft) -> None:
        taken = {self._job.x_job.poll.status, self._job.x_job.poll.error}
        for text in expressions(self._job.x_job.poll.progress):
            wanted = text.startswith("$response.body#") and "*" not in text and text not in taken
            if wanted and draft.knows(text):
                draft.place(text, draft.invented(text))

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
        bodies = [json.dumps(self._draft(look).copy().body) for look in left]
        content = "".join(f"data: {body}\n\n" for body in bodies).encode()
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
        if scenario.end in {look.name, None if look.state == "succeeded" else ""}:
            return look
    known = ", ".join(look.name for look in ends) or "none"
    raise Unreachable(
        f"a {job.name} job has no end {scenario.end or 'that is a success'}; it has {known}"
    )


def _listed(sources: Any) -> tuple[str, ...]:
    if sources is None:
        return ()
    return (sources,) if isinstance(sources, str) else tuple(cast("tuple[str, ...]", sources))


def arguments(call: Call, route: Route) -> Mapping[str, Any]:
    """The submit as ``$request``: its parameters and its body."""
    path = call.matches[route.name]
    found: dict[str, dict[str, Any]] = {"path": {}, "query": {}, "header": {}}
    for name, declared in route.arguments.items():
        given = argument(call.request, path, name, declared)
        if given is not None:
            found[declared["in"]][name] = given[0] if len(given) == 1 else given
    return found
