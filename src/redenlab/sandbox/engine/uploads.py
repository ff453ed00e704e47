"""Recordings on their way to the service, step by step."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, cast

from redenlab.core.spec.conditions import holds
from redenlab.core.spec.expressions import MISSING, Scope, expressions
from redenlab.core.spec.steps import Until, UploadStep
from redenlab.lowlevel.types import RawResponse
from redenlab.sandbox.engine.drafts import Draft
from redenlab.sandbox.engine.expected import Expected
from redenlab.sandbox.engine.lifecycle import Lifecycle, Need
from redenlab.sandbox.engine.routes import FORM, Call
from redenlab.sandbox.engine.service import Service


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of one kind of upload.

    Attributes:
        kind: ``upload``, or ``files`` for those of arguments.
    """

    service: Service
    lifecycle: Lifecycle
    kind: str

    @property
    def steps(self) -> tuple[UploadStep, ...]:
        """What is called, in order."""
        return self.lifecycle.upload_lists[self.kind]


class Upload:
    """One recording.

    Attributes:
        kept: What later steps know of it: ``$upload``.
        content: The bytes that have come.
        made: How many of its steps were made.
    """

    def __init__(self, how: Steps) -> None:
        """Expect the first step."""
        self._how = how
        self.kept: dict[str, Any] = {}
        self.made: int = 0
        self._parts: dict[int, bytes] = {}
        self._whole: bytes = b""
        self._looked: int = 0
        self._scope = Scope(upload=self.kept)

    @property
    def content(self) -> bytes:
        """All bytes, in order."""
        parts = b"".join(self._parts[number] for number in sorted(self._parts))
        return self._whole or parts

    @property
    def is_complete(self) -> bool:
        """Whether all of its steps were made."""
        return self.made >= len(self._how.steps)

    def expected(self) -> Iterable[Expected]:
        """The requests that may come for it: for the next step, and for steps to be repeated."""
        for number, step in enumerate(self._how.steps[: self.made + 1]):
            name = f"{self._how.kind}/{number}"
            if number and step.parts is None:
                yield Expected(name, step, self._scope, partial(self.make, number, 0))
            for part in range(1, len(self._parts) + 2) if step.parts else ():
                known = self._scope.extended(part={"number": part, "index": part - 1})
                yield Expected(name, step, known, partial(self.make, number, part))

    def make(self, number: int, part: int, call: Call) -> RawResponse:
        """Respond to a step.

        Args:
            number: Of the step, from 0.
            part: Which part of the recording, from 1; 0 for the whole.
            call: The request.
        """
        service, step = self._how.service, self._how.steps[number]
        content = _carried(step, call)
        if content is not None and part:
            self._parts[part] = content
        elif content is not None:
            self._whole = content
        draft = service.success(step.operation)
        needs = self._how.lifecycle.needs(f"{self._how.kind}/{number}")
        kept_headers = [text for text in step.keep.values() if "header" in text]
        service.supply(draft, [*needs, *(Need(text, "", "") for text in kept_headers)])
        if step.until is not None:
            draft = self._processed(draft, step.until)
        self.made = max(self.made, number + 1)
        return self._answered(step, draft, part)

    def _processed(self, draft: Draft, until: Until) -> Draft:
        """Not ready at the first look, ready from the second on."""
        self._looked += 1
        service = self._how.service
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


def _carried(step: UploadStep, call: Call) -> bytes | None:
    """The bytes of the recording in a request."""
    if not {"$file", "$part"} & set(expressions([step.body, _fields(step.form)])):
        return None
    request = call.request
    body: Any = step.body
    fields = _fields(step.form) or _fields(cast("Any", body) if isinstance(body, Mapping) else None)
    if request.media_type == FORM:
        names = [name for name, value in fields.items() if value in {"$file", "$part"}]
        found: Any = request.document.get(names[0], MISSING) if names else MISSING
        return found if isinstance(found, bytes) else None
    return request.content


def _fields(form: Mapping[str, Any] | None) -> dict[str, Any]:
    return dict(form or {})
