"""Responses to polls: for each look of a job, one that clients take for it."""

from typing import Any

from redenlab.core.spec.expressions import Scope, expressions
from redenlab.sandbox.engine.drafts import Draft
from redenlab.sandbox.engine.invention import kind, plain
from redenlab.sandbox.engine.lifecycle import END, Lifecycle
from redenlab.sandbox.engine.looks import Look, fulfilled, shows
from redenlab.sandbox.engine.results import Results
from redenlab.sandbox.engine.service import Service, Unreachable, text_of


class Polls:
    """The responses to the polls of one job.

    Attributes:
        reason: Why it ended badly, if it does.
    """

    def __init__(
        self, service: Service, lifecycle: Lifecycle, results: Results, reason: str
    ) -> None:
        """`results` makes what is in the last response."""
        self.reason: str = reason
        self._service = service
        self._lifecycle = lifecycle
        self._results = results
        self._job = lifecycle.job

    def response(self, look: Look, known: Scope) -> Draft:
        """The first documented success that shows `look`.

        Args:
            look: What should be shown.
            known: The job, as ``$job``.

        Raises:
            Unreachable: None can.
        """
        polled = self._job.x_job.poll.operation or self._job.x_job.poll.matches
        problem = Unreachable("the poll has no documented success")
        for draft in self._service.successes(polled):
            try:
                return self.showing(look, draft, known)
            except Unreachable as error:
                problem = error
        raise problem

    def showing(self, look: Look, draft: Draft, known: Scope) -> Draft:
        """`draft`, changed until it shows `look`; raises as `response`."""
        x_job, job = self._job.x_job, self._job
        self.place_status(draft, look)
        identity = text_of(known.value("$job.id"))
        for text in filter(draft.knows, [x_job.polled_id] if x_job.polled_id else self.id_places):
            draft.place(text, self.typed(draft, text, identity))
        if self.has_result(look):
            unlinked = x_job.result.url is not None and not self._results.linked
            unused = "result" if unlinked else ""
            self._service.supply(draft, self._lifecycle.needs(END, unused))
            self._results.prepare(draft)
        self._place_reason(draft, look)
        if not look.is_end:
            self._place_progress(draft)
        rules = x_job.states if look.rule is None else x_job.states[: look.rule + 1]
        conditions = [rule.when for rule in rules]

        def test(changed: Draft) -> bool:
            return shows(job, look, known.merged(changed.scope()))

        found = fulfilled(self._service.spec, draft, conditions, test)
        if found is None:
            raise Unreachable(f"no response to a poll shows the state {look.name}")
        return found

    def has_result(self, look: Look) -> bool:
        """Whether a job that ended so has a result."""
        also = self._job.x_job.result.also
        return look.state == "succeeded" or look.state in also or look.status in also

    def reasons(self, look: Look) -> tuple[str, ...]:
        """Where clients read why a job ended so."""
        rule = self._job.x_job.states[look.rule] if look.rule is not None else None
        found = (rule and rule.error) or self._job.x_job.poll.error
        if found is None or not look.is_bad:
            return ()
        return (found,) if isinstance(found, str) else found

    @property
    def id_places(self) -> list[str]:
        """Where responses have the id; one that the client chose is echoed where it was sent."""
        texts = [text.replace("$request.", "$response.", 1) for text in self._job.x_job.ids]
        return [text for text in texts if text.startswith("$response.body#")]

    def typed(self, draft: Draft, expression: str, text: str) -> Any:
        """`text` as the type of the place where it goes."""
        schema = plain(draft.schema_at(expression), self._service.spec.resolve)
        return int(text) if kind(schema) == "integer" and text.lstrip("-").isdecimal() else text

    def place_status(self, draft: Draft, look: Look) -> None:
        """Place the status value of `look`, or one of its class."""
        status = self._job.x_job.poll.status
        if status is None or not draft.knows(status):
            return
        states = self._job.states
        fits = [value for value, state in states.items() if state == look.state]
        ended = [value for value, state in states.items() if state == "succeeded"]
        value = look.status or next(iter((*fits, *ended, *states)), None)
        if value is not None:
            draft.place(status, self.typed(draft, status, value))

    def _place_reason(self, draft: Draft, look: Look) -> None:
        for source in self.reasons(look):
            texts = [text for text in expressions(source) if text != self._job.x_job.poll.status]
            for text in texts:
                if text.startswith("$response") and draft.knows(text):
                    node = plain(draft.schema_at(text), self._service.spec.resolve)
                    plainly = kind(node) in {None, "string"} and not node.keys() & {"enum", "const"}
                    draft.place(text, self.reason if plainly else draft.invented(text))
            if texts:
                return

    def _place_progress(self, draft: Draft) -> None:
        taken = {self._job.x_job.poll.status, self._job.x_job.poll.error}
        for text in expressions(self._job.x_job.poll.progress):
            wanted = text.startswith("$response.body#") and "*" not in text and text not in taken
            if wanted and draft.knows(text):
                draft.place(text, draft.invented(text))
