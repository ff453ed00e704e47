"""Recordings on their way to the service, step by step."""

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, cast

from redenlab.core.spec.conditions import holds
from redenlab.core.spec.expressions import MISSING, Scope, expressions
from redenlab.core.spec.steps import Until, UploadStep
from redenlab.lowlevel.types import RawResponse
from redenlab.sandbox.engine.drafts import Draft
from redenlab.sandbox.engine.expected import Expected
from redenlab.sandbox.engine.lifecycle import Lifecycle, Need
from redenlab.sandbox.engine.looks import looks
from redenlab.sandbox.engine.messages import FORM, Blob, Content, bytes_of, mapping
from redenlab.sandbox.engine.polls import Polls
from redenlab.sandbox.engine.resources import fill
from redenlab.sandbox.engine.results import Results
from redenlab.sandbox.engine.routes import Call, Route
from redenlab.sandbox.engine.scenario import Scenario
from redenlab.sandbox.engine.service import Service, text_of


class Upload:
    """One recording.

    Attributes:
        kept: What later steps know of it: ``$upload``.
        content: The bytes that have come.
        made: How many of its steps were made.
        sent: What the requests said of the file, by its names after ``$file``.
        lifecycle: The kind of job that it is for.
        name: Of the upload itself; the same after a restart.
        is_submitted: Whether a job has been made of it.
        created: When it was begun, in seconds since the epoch.
    """

    def __init__(self, service: Service, lifecycle: Lifecycle, kind: str, name: str) -> None:
        """Expect the first step; `kind` is ``upload``, or ``files`` for those of arguments."""
        self._service = service
        self._kind = kind
        self._steps = lifecycle.upload_lists[kind]
        self.lifecycle: Lifecycle = lifecycle
        self.name: str = name
        self.is_submitted: bool = False
        self.created: float = service.setting.now()
        self.sent: dict[str, str] = {}
        self.kept: dict[str, Any] = {}
        self.made: int = 0
        self._parts: dict[int, Content] = {}
        self._whole: Content = b""
        self._looked: int = 0
        self._scope = Scope(upload=self.kept)
        self._before: dict[int, Scope] = {}

    @property
    def content(self) -> Content:
        """The whole of it; parts in their order."""
        found = [self._parts[number] for number in sorted(self._parts)]
        return self._whole or (found[0] if len(found) == 1 else b"".join(map(bytes_of, found)))

    @property
    def is_complete(self) -> bool:
        """Whether all of its steps were made."""
        return self.made >= len(self._steps)

    @property
    def upload(self) -> str:
        """What tells the recording from others of the same name."""
        return self.name

    def expected(self) -> Iterator[Expected]:
        """The requests that may come for it: for the next step, and for steps to be repeated."""
        for number, step in enumerate(self._steps[: self.made + 1]):
            name = f"{self._kind}/{number}"
            known = self._before.get(number, self._scope)
            if number and step.parts is None:
                yield Expected(name, step, known, partial(self.make, number, 0), self)
            for part in range(1, len(self._parts) + 2) if step.parts else ():
                of_part = known.extended(part={"number": part, "index": part - 1})
                yield Expected(name, step, of_part, partial(self.make, number, part), self)
        yield from self._polled_early()

    def _polled_early(self) -> Iterator[Expected]:
        """The poll of a job that the upload names, before it is submitted."""
        job = self.lifecycle.job
        look = next((each for each in looks(job) if each.state == "unsubmitted"), None)
        early = (self._scope.value(text) for text in job.x_job.ids if "$upload." in text)
        identity = next((text_of(value) for value in early if text_of(value)), "")
        if look is None or not identity or self.is_submitted:
            return
        known = Scope(job={"id": identity})

        def answer(_: Call) -> RawResponse:
            service = self._service
            results = Results(service, job, None, Scenario())
            draft = Polls(service, self.lifecycle, results, "").response(look, known)
            service.tell_times(draft, {"created": self.created})
            return draft.raw()

        yield Expected("poll", job.x_job.poll, known, answer, self)

    def make(self, number: int, part: int, call: Call) -> RawResponse:
        """Respond to a step.

        Args:
            number: Of the step, from 0.
            part: Which part of the recording, from 1; 0 for the whole.
            call: The request.
        """
        service, step = self._service, self._steps[number]
        content = _carried(step, call)
        if content is not None and part:
            self._parts[part] = content
        elif content is not None:
            self._whole = content
        route = service.routes.get(step.operation or "")
        self.sent |= _told(step, call, route)
        draft = service.success(step.operation)
        named: set[str] = set()
        if step.operation is not None and not service.setting.samples:
            named = fill(service, service.routes[step.operation], call, draft)
        needs = self.lifecycle.needs(f"{self._kind}/{number}")
        kept_headers = [text for text in step.keep.values() if "header" in text]
        wanted = [*needs, *(Need(text, "", "") for text in kept_headers)]
        service.supply(draft, [need for need in wanted if need.expression not in named], self.sent)
        if step.until is not None:
            draft = self._processed(draft, step.until)
        service.backend.shape(service, step.operation or "", draft, call)
        self._before.setdefault(number, self._scope)
        self.made = max(self.made, number + 1)
        return self._answered(step, draft, part)

    def _processed(self, draft: Draft, until: Until) -> Draft:
        """Not ready at the first look, ready from the second on."""
        self._looked += 1
        service = self._service
        conditions = [until.done, *([until.failed] if until.failed else [])]
        found = draft
        for condition in reversed(conditions):
            wanted = condition == until.done and self._looked > 1
            found = service.meets(found, condition, self._scope, wanted=wanted)
        return found

    def _answered(self, step: UploadStep, draft: Draft, part: int) -> RawResponse:
        raw = draft.raw()
        scope = self._scope.responded(raw)
        if step.parts is not None:
            found = {"number": part, **scope.values(step.keep)}
            others = [each for each in self.kept.get(step.parts.name, []) if each["number"] != part]
            self.kept[step.parts.name] = sorted([*others, found], key=lambda each: each["number"])
            return raw
        done = step.until is None or holds(step.until.done, scope)
        self.kept |= scope.values(step.keep) if done else {}
        self._scope = scope.extended(upload=self.kept)
        return raw


def size(content: Content) -> int:
    """How many bytes."""
    return content.size if isinstance(content, Blob) else len(content)


def _told(step: UploadStep, call: Call, route: Route | None) -> dict[str, str]:
    """What a request says of the file, by its names after ``$file``."""
    places = mapping(step.body or step.form)
    request = call.request
    document: Any = request.document if places else {}
    found = mapping(route.with_defaults(document) if route is not None else document)
    told = {
        str(template).removeprefix("$file."): str(found[key])
        for key, template in places.items()
        if str(template).startswith("$file.") and found.get(key) is not None
    }
    blobs = [each for each in found.values() if isinstance(each, Blob)]
    return {**({"name": blobs[0].name} if blobs and blobs[0].name else {}), **told}


def _carried(step: UploadStep, call: Call) -> Content | None:
    """The bytes of the recording in a request."""
    if not {"$file", "$part"} & set(expressions([step.body, _fields(step.form)])):
        return None
    request = call.request
    body: Any = step.body
    fields = _fields(step.form) or _fields(cast("Any", body) if isinstance(body, Mapping) else None)
    if request.media_type == FORM:
        names = [name for name, value in fields.items() if value in {"$file", "$part"}]
        found: Any = request.document.get(names[0], MISSING) if names else MISSING
        return found if isinstance(found, bytes | Blob) else None
    return request.content


def _fields(form: Mapping[str, Any] | None) -> dict[str, Any]:
    return dict(form or {})
