"""What the responses to a job's steps have to hold, because later steps read it.

An expression of a step is traced to the response that it comes from: ``$job.at`` to what ``keep``
took from the response to the submit, ``$upload.url`` to that of an upload step. So it is known
which values a response needs, and which of them are URLs that the engine has to serve.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, cast

from redenlab.core.spec.document import Spec
from redenlab.core.spec.expressions import expressions, root, steps_of
from redenlab.core.spec.job_spec import JobSpec
from redenlab.core.spec.steps import Fetch, Step, UploadStep

Kind = str
"""Names a response: ``upload/0``, ``files/1``, ``submit``, ``end`` for the last poll."""

Url = Literal["", "own", "none", "poll"]
"""What a URL is for: whether it is requested with the key, or is polled; empty for no URL."""

SUBMIT, END = "submit", "end"


@dataclass(frozen=True, slots=True)
class Need:
    """A value that a response has to hold.

    Attributes:
        expression: Where, as one of ``$response``.
        url: Whether it is a URL, and for whom.
        step: Path of the step that reads it.
        method: Of the request for the URL, where that is what it is sent as; else empty.
        headers: Templates of the headers of that request.
        is_life: Whether it is for how many seconds a URL is valid.
    """

    expression: str
    url: Url
    step: str
    method: str = ""
    headers: Mapping[str, Any] = field(default_factory=dict[str, Any])
    is_life: bool = False


class Lifecycle:
    """One job of a spec, as its server sees it."""

    def __init__(self, spec: Spec, job: JobSpec) -> None:
        """Trace every expression of `job`."""
        self.spec: Spec = spec
        self.job: JobSpec = job
        self._needs: dict[Kind, dict[str, Need]] = {}
        self._trace_uploads()
        self._trace_steps()

    def needs(self, kind: Kind, without: str = "") -> list[Need]:
        """What a response has to hold, outer values first.

        Args:
            kind: Of the response.
            without: Path of a step that will not be made.
        """
        found = self._needs.get(kind, {}).values()
        wanted = [need for need in found if not without or need.step != without]
        return sorted(wanted, key=lambda need: len(steps_of(need.expression)))

    @property
    def upload_lists(self) -> dict[str, tuple[UploadStep, ...]]:
        """The steps of each kind of upload."""
        x_job = self.job.x_job
        lists = {"upload": x_job.upload, "files": x_job.files.upload if x_job.files else ()}
        return {name: steps for name, steps in lists.items() if steps}

    def _trace_uploads(self) -> None:
        for name, steps in self.upload_lists.items():
            for number, step in enumerate(steps):
                self._trace(step, f"{name}/{number}", before=f"{name}/{number - 1}")
                if step.expires_in is not None:
                    here = f"{name}/{number - 1}"
                    self._note(Need(str(step.expires_in), "", here, is_life=True), here)
                for text in expressions(dict(step.keep)):
                    here = f"{name}/{number}"
                    self._note(Need(text, "", here), here)

    def _trace_steps(self) -> None:
        x_job = self.job.x_job
        self._trace_all((dict(x_job.keep), list(x_job.ids)), "keep", SUBMIT)
        for name, step in x_job.steps.items():
            last = END if isinstance(step, Fetch) else SUBMIT
            self._trace(step, name, before=last)
            if isinstance(step, Fetch) and step.each:
                self._note(Need(step.each, "", name), END)

    def _trace(self, step: Step, name: str, before: Kind) -> None:
        head = re.match(r"\{?(\$[^{}]+)\}?", step.url or "")
        if head is not None:
            polled = name == "poll" and self.job.x_job.poll.matches is not None
            url: Url = "poll" if polled else step.key
            parts = step.parts if isinstance(step, UploadStep) else None
            is_whole = head[0] == step.url and not step.parameters and parts is None
            method = step.method if is_whole else ""
            self._note(Need(head[1], url, name, method, step.headers), before)
        sent = (step.url, dict(step.parameters), dict(step.headers), step.body, _form(step))
        self._trace_all(sent, name, before)

    def _trace_all(self, templates: Sequence[Any], name: str, before: Kind) -> None:
        for text in expressions(list(templates)):
            self._note(Need(text, "", name), before)

    def _note(self, need: Need, before: Kind) -> None:
        for kind, found in self._sources(need.expression, before):
            known = self._needs.setdefault(kind, {})
            if found not in known or need.url == "poll" or (need.url and not known[found].url):
                known[found] = replace(need, expression=found)

    def _sources(self, expression: str, before: Kind) -> Iterator[tuple[Kind, str]]:
        """The responses that an expression takes its value from."""
        if not expression.startswith("$"):
            return
        begin = root(expression)
        if begin == "response":
            yield before, expression
        elif begin == "poll":
            yield END, expression.replace("$poll", "$response", 1)
        elif begin == "job":
            template = self.job.x_job.keep.get(_name(expression))
            for inner in expressions(template):
                yield from self._sources(_joined(inner, expression), SUBMIT)
        elif begin == "upload":
            for kind, kept in self._kept(_name(expression)):
                yield from self._sources(_joined(kept, expression), kind)

    def _kept(self, name: str) -> Iterator[tuple[Kind, str]]:
        for prefix, steps in self.upload_lists.items():
            for number, step in enumerate(steps):
                if name in step.keep and step.parts is None:
                    yield f"{prefix}/{number}", step.keep[name]


def _form(step: Step) -> Any:
    return dict(step.form) if step.form is not None else None


def _name(expression: str) -> str:
    """The name after the root: ``at`` of ``$job.at#/x``."""
    return re.split(r"[.#]", expression)[1]


def _joined(expression: str, outer: str) -> str:
    """An expression with the pointer of the one that led to it."""
    rest = outer.partition("#")[2]
    if not rest:
        return expression
    return f"{expression}{rest}" if "#" in expression else f"{expression}#{rest}"


def of_entry(step: Step) -> Iterable[tuple[str, Url]]:
    """What a step reads of each ``$entry``, and which of it is a URL."""
    head = re.match(r"\{?(\$entry[^{}]*)\}?", step.url or "")
    found: dict[str, Url] = {head[1]: cast("Url", step.key)} if head else {}
    sent = (step.url, dict(step.parameters), dict(step.headers), step.body, _form(step))
    for text in expressions(list(sent)):
        if text.startswith("$entry"):
            found.setdefault(text, "")
    return found.items()
