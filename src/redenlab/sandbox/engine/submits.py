"""Responses to submits: with ids, URLs, and what else later steps need."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from redenlab.core.spec.expressions import Scope, pointer, steps_of
from redenlab.sandbox.engine.drafts import Draft
from redenlab.sandbox.engine.lifecycle import SUBMIT, Lifecycle
from redenlab.sandbox.engine.looks import Look
from redenlab.sandbox.engine.polls import Polls
from redenlab.sandbox.engine.routes import Call, Route, argument
from redenlab.sandbox.engine.scenario import Scenario
from redenlab.sandbox.engine.service import Service, Unreachable, text_of


class Acceptance:
    """The response to one submit.

    Attributes:
        matched: The path parameters of the URL that is polled.
    """

    def __init__(
        self,
        service: Service,
        lifecycle: Lifecycle,
        polls: Polls,
        known: Scope,
        scenario: Scenario,
    ) -> None:
        """`known` has the submit as ``$request``, and the upload as ``$upload``."""
        self._scenario = scenario
        self._service = service
        self._lifecycle = lifecycle
        self._job = lifecycle.job
        self._polls = polls
        self._known = known
        self.matched: dict[str, str] = {}

    def response(self, first: Look, end: Look) -> Draft:
        """The response.

        Args:
            first: What the first poll will show.
            end: What the response shows already, where the scenario wants that.

        Raises:
            Unreachable: It cannot have what it needs.
        """
        inline, wanted = self._job.x_job.submit.inline, self._scenario.inline
        drafts = [self._named(each, first) for each in self._service.successes(self._job.submit)]
        problem = Unreachable("no response to the submit has the end of the job")
        for draft in drafts:
            if inline is None:
                return draft
            try:
                shown = self._ended(draft, end) if wanted else draft
                return self._service.meets(shown, inline, self._known, wanted=wanted)
            except Unreachable as error:
                problem = error
        raise problem

    def _ended(self, draft: Draft, end: Look) -> Draft:
        scope = self._known.merged(draft.scope())
        found = (text_of(scope.value(text)) for text in self._job.x_job.ids)
        identity = next((text for text in found if text), "")
        return self._polls.showing(end, draft, self._known.extended(job={"id": identity}))

    def _named(self, draft: Draft, first: Look) -> Draft:
        """A response to the submit with ids, URLs and what else later steps need."""
        self._service.supply(draft, self._lifecycle.needs(SUBMIT))
        early = (text_of(self._known.value(t)) for t in self._job.x_job.ids if "$response" not in t)
        identity = next((text for text in early if text), "")
        for text in filter(draft.knows, self._polls.id_places):
            identity = identity or text_of(draft.value(text))
            draft.place(text, self._polls.typed(draft, text, identity))
        self._polls.place_status(draft, first)
        poll = self._job.x_job.poll
        for need in self._lifecycle.needs(SUBMIT):
            if need.url == "poll" and poll.matches is not None:
                draft.place(need.expression, self._poll_url(poll.matches, identity))
        return draft

    def _poll_url(self, operation: str, identity: str) -> str:
        """A URL that fits the path of the operation that polls."""
        service = self._service
        route, named = service.routes[operation], self._id_names()
        for name, declared in route.arguments.items():
            if declared["in"] != "path" or name in self.matched:
                continue
            own = self._known.value(f"$request.path.{name}")
            found = identity if name in named and identity else text_of(own)
            self.matched[name] = found or text_of(service.unique(declared.get("schema", {})))
        quoted = {name: quote(value, safe="") for name, value in self.matched.items()}
        return f"{service.setting.base_url}{route.filled(quoted)}{self._needed_query(route)}"

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


def arguments(call: Call, route: Route) -> Mapping[str, Any]:
    """The submit as ``$request``: its parameters and its body."""
    path = call.matches[route.name]
    found: dict[str, dict[str, Any]] = {"path": {}, "query": {}, "header": {}}
    for name, declared in route.arguments.items():
        given = argument(call.request, path, name, declared)
        if given is not None:
            found[declared["in"]][name] = given[0] if len(given) == 1 else given
    return found
