"""What every expression of an ``x-job`` may refer to, as one table, and the check that it does.

A request to be made reads what is known by then; what is read of a response is known afterwards. A
pointer into a body has to lead to a property of its schema.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from redenlab.core.spec import conditions
from redenlab.core.spec.document import Spec
from redenlab.core.spec.expressions import EXPRESSION, expressions, pointer, root, steps_of
from redenlab.core.spec.grammar import ModelReference, ModelSchemas, XJob
from redenlab.core.spec.steps import Fetch, Step, UploadStep

_ANSWERED = ("response", "statusCode", "url", "method")
_MATCHED = re.compile(r"\{([^}]+)\}")


@dataclass(frozen=True, slots=True)
class Reading:
    """Expressions of one place of a block.

    Attributes:
        path: Keys that lead to them.
        template: What holds them.
        roots: What they may begin with.
        schemas: Of a body, by root: those that a pointer may lead into; empty where nothing is
            known of it.
        condition: Whether it is a condition.
    """

    path: tuple[str | int, ...]
    template: Any
    roots: tuple[str, ...]
    schemas: Mapping[str, list[Any]]
    condition: bool = False

    @property
    def expressions(self) -> Iterator[str]:
        """All of them.

        Raises:
            ValueError: The condition cannot be read.
        """
        yield from (
            conditions.operands(self.template) if self.condition else expressions(self.template)
        )


def names(spec: Spec, submit: str, x_job: XJob) -> dict[str, set[str]]:
    """What there is below the roots ``$request``, ``$upload``, ``$job`` and ``$model``."""
    uploads = [*x_job.upload, *(x_job.files.upload if x_job.files else ())]
    kept = {name for step in uploads for name in step.keep}
    kept |= {step.parts.name for step in uploads if step.parts}
    matches = x_job.poll.matches
    path = str(spec.operations[matches]["path"]) if matches else ""
    model = {"model"} if x_job.model is not None else set[str]()
    pattern = x_job.model.pattern if isinstance(x_job.model, ModelReference) else ""
    return {
        "request": {"body", *spec.arguments(spec.operations[submit])},
        "upload": kept,
        "job": {"id", *model, *x_job.keep, *_MATCHED.findall(path)},
        "model": set(re.compile(pattern).groupindex),
    }


def problem(spec: Spec, reading: Reading, known: Mapping[str, set[str]]) -> str | None:
    """What is wrong with the expressions of a place; ``None`` where nothing is."""
    try:
        found = list(reading.expressions)
    except ValueError as error:
        return f"'{reading.template}' is no condition: {error}"
    for expression in found:
        text = _problem_of(spec, reading, known, expression)
        if text is not None:
            return text
    return None


def _problem_of(
    spec: Spec, reading: Reading, known: Mapping[str, set[str]], expression: str
) -> str | None:
    if re.fullmatch(EXPRESSION, expression) is None:
        return f"{expression} is no expression; write one such as $response.body#/name"
    begin = root(expression)
    if begin not in reading.roots:
        allowed = ", ".join(f"${name}" for name in reading.roots)
        return f"{expression} is not known there; it may begin with {allowed}"
    before = expression.partition("#")[0]
    name = before.split(".", 2)[-1]
    if begin in known and name not in known[begin]:
        have = ", ".join(sorted(known[begin] - {"body"})) or "nothing"
        what = "no parameter of the submit" if begin == "request" else "nothing that was kept"
        return f"{expression} is {what}; there are {have}"
    body = ".body" in before
    schemas = reading.schemas.get(begin, []) if body else []
    problems = [_lost(spec, schema, pointer(expression)) for schema in schemas]
    if problems and None not in problems:
        return f"{expression} points to nothing: there are {problems[0]}"
    return None


def _lost(spec: Spec, schema: Any, json_pointer: str) -> str | None:
    """The properties beside the step of a pointer that leads nowhere."""
    for step in steps_of(json_pointer):
        schema, known = spec.below(schema, step)
        if known is not None:
            return ", ".join(known) or "no properties"
    return None


class Readings:
    """Every place of a block that has expressions."""

    def __init__(self, spec: Spec, submit: str, x_job: XJob) -> None:
        self._spec = spec
        self._x_job = x_job
        self._operation = spec.operations[submit]
        self._sent = {"request": [spec.body_node(self._operation)]}

    def __iter__(self) -> Iterator[Reading]:
        yield from self._uploads()
        yield from self._submit()
        yield from self._model()
        yield from self._steps()
        yield from self._states()
        yield from self._result()

    def _answer(self, step: Step, fallback: str | None = None) -> Mapping[str, list[Any]]:
        """The schemas of the response to a step."""
        name = step.operation or fallback
        operation = self._spec.operations.get(name or "", {})
        return {"response": self._spec.response_nodes(operation)} if operation else {}

    def _request(
        self, path: tuple[str | int, ...], step: Step, roots: tuple[str, ...], schemas: Any = None
    ) -> Iterator[Reading]:
        """What a step sends."""
        for key in ("url", "parameters", "headers", "body", "form"):
            yield Reading((*path, key), getattr(step, key), roots, schemas or {})

    def _uploads(self) -> Iterator[Reading]:
        inner = self._x_job.files.upload if self._x_job.files else ()
        for path, uploads in ((("upload",), self._x_job.upload), (("files", "upload"), inner)):
            before: Mapping[str, list[Any]] = {}
            roots: tuple[str, ...] = ("file", "upload", "call", "model", "entry")
            for number, step in enumerate(uploads):
                here = (*path, number)
                sent = (*roots, "part") if step.parts else roots
                yield from self._request(here, step, sent, before)
                yield Reading((*here, "expires_in"), step.expires_in, roots, before)
                before = self._answer(step)
                answered = (*_ANSWERED, "upload", "part")
                yield Reading((*here, "keep"), step.keep, answered, before)
                yield from self._until(here, step, before)
                roots = ("file", "upload", "call", "model", "entry", *_ANSWERED)
        files = self._x_job.files
        yield Reading(("files", "value"), files and files.value, ("upload", "file"), {})
        yield Reading(("files", "place"), files and files.place, ("request",), self._sent)
        yield Reading(("asset",), self._x_job.asset, ("upload",), {})

    def _until(
        self, path: tuple[str | int, ...], step: UploadStep, schemas: Mapping[str, list[Any]]
    ) -> Iterator[Reading]:
        if step.until is not None:
            for key in ("done", "failed"):
                text = getattr(step.until, key)
                if text is not None:
                    yield Reading((*path, "until", key), text, _ANSWERED, schemas, condition=True)
            yield Reading((*path, "until", "error"), step.until.error, _ANSWERED, schemas)

    def _submit(self) -> Iterator[Reading]:
        accepted = {"response": self._spec.response_nodes(self._operation)}
        known = ("file", "upload", "call", "model", "request", "entry")
        submit = self._x_job.submit
        for place, template in submit.bind.items():
            yield Reading(("submit", "bind"), place, ("request",), self._sent)
            yield Reading(("submit", "bind", place), template, known, self._sent)
        for name, option in submit.options.items():
            yield Reading(("submit", "options", name, "place"), option.place, ("request",), {})
            yield Reading(("submit", "options", name, "value"), option.value, ("option",), {})
        for key in ("inline", "exists"):
            text = getattr(submit, key)
            if text is not None:
                schemas = accepted if key == "inline" else {}
                yield Reading(("submit", key), text, _ANSWERED, schemas, condition=True)
        after = (*_ANSWERED, "request", "upload", "call", "model")
        yield Reading(("keep",), self._x_job.keep, after, {**self._sent, **accepted})
        yield Reading(("id",), self._x_job.ids, (*after, "job"), {**self._sent, **accepted})
        start = self._x_job.start
        if start is not None:
            yield from self._request(("start",), start, (*after, "job"), accepted)
            if start.unless is not None:
                path = ("start", "unless")
                yield Reading(path, start.unless, ("request",), self._sent, condition=True)
        file = self._x_job.file
        yield Reading(("file", "instead"), file and file.instead, ("request",), self._sent)

    def _model(self) -> Iterator[Reading]:
        place, reference = self._x_job.model_place, self._x_job.model
        if place is not None and place.startswith("$request.body"):
            yield Reading(("model",), place, ("request",), self._sent)
        if isinstance(reference, ModelReference) and (step := reference.resolve) is not None:
            path = ("model", "resolve")
            yield from self._request(path, step, ("model",))
            yield Reading((*path, "when"), step.when, (*_ANSWERED, "model"), {}, condition=True)
            yield Reading((*path, "value"), step.value, ("model", "response"), self._answer(step))
        if isinstance(reference, ModelReference) and reference.schemas is not None:
            yield from self._model_schemas(reference.schemas)

    def _model_schemas(self, schemas: ModelSchemas) -> Iterator[Reading]:
        path = ("model", "schemas")
        yield Reading((*path, "place"), schemas.place, ("request",), self._sent)
        for number, step in enumerate(schemas.lookups):
            here = (*path, "lookups", number)
            yield from self._request(here, step, ("model",))
            yield Reading((*here, "value"), step.value, ("response",), self._answer(step))
            if step.when is not None:
                yield Reading((*here, "when"), step.when, ("model",), {}, condition=True)

    def _steps(self) -> Iterator[Reading]:
        x_job = self._x_job
        for name, step in x_job.steps.items():
            if name not in {"start", "result"} and not name.startswith("result/"):
                yield from self._request((name,), step, ("job",))
        poll = x_job.poll
        for key in ("status", "error", "id", "progress", "logs"):
            path = ("poll", key)
            yield Reading(path, getattr(poll, key), (*_ANSWERED, "job"), self._polled)
        if x_job.stream is not None:
            yield Reading(("stream", "url"), x_job.stream.url, ("response",), self._polled)
            yield Reading(("stream", "reason"), x_job.stream.reason, ("response",), {})
        if x_job.health is not None:
            for key in ("status", "ready"):
                text = getattr(x_job.health, key)
                yield Reading(("health", key), text, _ANSWERED, self._answer(x_job.health))

    @property
    def _polled(self) -> Mapping[str, list[Any]]:
        return self._answer(self._x_job.poll, self._x_job.poll.matches)

    def _states(self) -> Iterator[Reading]:
        for number, rule in enumerate(self._x_job.states):
            path, roots = ("states", number), (*_ANSWERED, "job")
            yield Reading((*path, "when"), rule.when, roots, self._polled, condition=True)
            yield Reading((*path, "error"), rule.error, roots, self._polled)

    def _result(self) -> Iterator[Reading]:
        result = self._x_job.result
        yield from self._fetch(("result",), result)
        for name, part in result.parts.items():
            yield from self._fetch(("result", "parts", name), part)

    def _fetch(self, path: tuple[str | int, ...], fetch: Fetch) -> Iterator[Reading]:
        polled = self._polled.get("response", [])
        schemas = {"poll": polled, "response": polled}
        known = ("job", "poll", *_ANSWERED)
        yield from self._request(path, fetch, (*known, "entry"), schemas)
        yield Reading((*path, "each"), fetch.each, known, schemas)
        answered = self._answer(fetch).get("response", []) if fetch.is_step else polled
        if fetch.media != "json" or (fetch.url is not None):
            answered = []
        if fetch.failed is not None:
            yield Reading((*path, "failed"), fetch.failed, known, {}, condition=True)
        yield Reading((*path, "error"), fetch.error, known, {})
        yield Reading(
            (*path, "value"),
            cast("Any", fetch.value),
            (*known, "entry"),
            {"poll": polled, "response": answered},
        )
