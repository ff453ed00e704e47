"""The results of jobs that have ended: invented, and served where the spec says that they are."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast

from redenlab.core.spec.expressions import Scope, pointer
from redenlab.core.spec.job_spec import ANY_JSON, JobSpec
from redenlab.core.spec.paging import XPage
from redenlab.core.spec.schemas import Problem, problems
from redenlab.core.spec.steps import Fetch, Place
from redenlab.lowlevel.types import RawResponse
from redenlab.sandbox.engine.backend import INVENTED
from redenlab.sandbox.engine.drafts import PICTURE, Draft
from redenlab.sandbox.engine.expected import Expected
from redenlab.sandbox.engine.invention import kind, plain
from redenlab.sandbox.engine.lifecycle import Need, of_entry
from redenlab.sandbox.engine.messages import JSON_TYPE, mapping
from redenlab.sandbox.engine.pages import page
from redenlab.sandbox.engine.routes import Call
from redenlab.sandbox.engine.scenario import Scenario
from redenlab.sandbox.engine.service import Service

if TYPE_CHECKING:
    from redenlab.sandbox.engine.jobs import ServedJob

ROWS: list[dict[str, Any]] = [{"row": 1, "text": "invented"}, {"row": 2, "text": "invented"}]
TEXT = "an invented text"


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one job, once its end is known.

    Attributes:
        value: What a client should read: JSON, a text, bytes for files, rows for JSON lines.
        expected: The requests that fetch it.
    """

    value: Any
    expected: list[Expected] = field(default_factory=list[Expected])


class Results:
    """Makes the result of one job.

    Attributes:
        linked: Whether it is behind a URL of the last poll.
        computed: What the model found; `INVENTED` where it is invented.
    """

    def __init__(
        self, service: Service, job: JobSpec, model: str | None, scenario: Scenario
    ) -> None:
        """Of a job of `model`."""
        self._scenario = scenario
        self._service = service
        self._job = job
        self._how = job.x_job.result
        found = job.models.get(model or "")
        self._schema = found.result if found else self._how.type
        self._in_poll: dict[str, Any] = {}
        self.computed: Any = INVENTED
        self.linked: bool = self._is_linked(model)

    def _is_linked(self, model: str | None) -> bool:
        """Whether the result is behind the URL that the last poll sends."""
        how, wanted = self._how, self._scenario.linked
        if how.url is None:
            return False
        if not any(_of_poll(place) for place in how.places):
            return True
        if wanted is not None:
            return wanted
        return not how.linked or model in how.linked

    @property
    def parts(self) -> Mapping[str, Fetch]:
        """Every fetch, by the name of its part; the empty one for the whole."""
        return self._how.parts or {"": self._how}

    # -- in the response of the last poll

    def prepare(self, draft: Draft) -> None:
        """Place what the last poll has of the result."""
        for name, how in self.parts.items():
            if how.each is not None:
                self._place_entries(draft, how)
            elif not how.is_step and isinstance(self.computed, bytes):
                draft.content = self.computed
            elif not how.is_step or (how.url is not None and not self._fetched(how)):
                self._in_poll[name] = self._placed(draft, how, name, fetched=False)
            elif how is self._how:
                self._place_beside(draft, mapping(self.computed))

    def _fetched(self, how: Fetch) -> bool:
        """Whether a step is made for it."""
        return how.is_step and (how.url is None or how is not self._how or self.linked)

    def _place_beside(self, draft: Draft, value: Mapping[str, Any]) -> None:
        """Take what a poll has places for out of the file behind the link."""
        found: list[dict[str, Any]] = []
        places = [place for place in self._how.places if _of_poll(place)]
        for place in places:
            known = (
                place
                if isinstance(place, Mapping)
                else dict.fromkeys(self._properties(draft, place))
            )
            found.append({name: value[name] for name in known if name in value})
        most = max(range(len(found)), key=lambda number: len(found[number]), default=None)
        if most is None or not found[most]:
            return
        place = places[most]
        if isinstance(place, str):
            draft.place(place, found[most])
        else:
            for name, inner in found[most].items():
                draft.place(place[name], inner)
        self.computed = {name: inner for name, inner in value.items() if name not in found[most]}

    def _properties(self, draft: Draft, place: str) -> Mapping[str, Any]:
        return self._service.spec.properties(draft.schema_at(place))

    def _place_entries(self, draft: Draft, how: Fetch) -> None:
        """Two entries of the list for whose entries the step is made."""
        entries: list[Any] = []
        schema = draft.schema_at(f"{how.each}/0")
        for _ in range(2):
            entry = Draft(self._service.spec, self._service.inventor)
            entry.schema, entry.body = schema, {}
            if kind(plain(schema, self._service.spec.resolve)) == "object":
                entry.body = self._service.inventor.value(schema, ("entry",), complete=False)
            needs = [Need(text, url, "") for text, url in of_entry(how)]
            self._service.supply(entry, [_local(need) for need in needs])
            entries.append(entry.body)
        draft.place(str(how.each), entries)

    # -- once the last poll is known

    def result(self, last: Scope, job: "ServedJob") -> Result:
        """The result, and the requests that fetch it.

        Args:
            last: What is known of the job, and the response of the last poll as ``$poll``.
            job: The job.
        """
        expected: list[Expected] = []
        values: dict[str, Any] = {}
        for name, how in self.parts.items():
            if how.each is not None:
                entries = cast("list[Any]", last.value(how.each))
                scopes = [last.extended(entry=entry) for entry in entries]
                found = [self._fetch(how, name, scope) for scope in scopes]
                values[name] = [value for value, _ in found]
                expected += [each for _, each in found]
            elif self._fetched(how):
                values[name], each = self._fetch(how, name, last)
                expected.append(each)
            else:
                values[name] = self._read(how, last, self._in_poll.get(name))
        about = [replace(each, about=job) for each in expected]
        return Result(values if self._how.parts else values[""], about)

    def _read(self, how: Fetch, last: Scope, placed: Any) -> Any:
        """A value of the last poll; the whole response is its own result."""
        if how.media == "binary":
            return last.response.content
        whole = [each for each in how.places if each in ("$response.body", "$poll.body")]
        return last.value(str(whole[0])) if whole and len(how.places) == 1 else placed

    def _fetch(self, how: Fetch, name: str, scope: Scope) -> tuple[Any, Expected]:
        """The value behind a step, and the request for it."""
        service = self._service
        label = f"result/parts/{name}" if name else "result"
        draft = self._response(how)
        if how.pages:
            listed = self._job.pages[str(how.operation)]
            items = self._items(draft, listed)
            return items, Expected(
                label,
                how,
                scope,
                lambda call: page(service, str(how.operation), listed, items, call).raw(),
            )
        value = self._content(draft, how, name)
        waiting = iter(how.pending.statuses[:1] if how.pending and self._scenario.pending else ())

        def answer(_: Call) -> RawResponse:
            status = next(waiting, None)
            return draft.raw() if status is None else service.refused((status,)).raw()

        return value, Expected(label, how, scope, answer)

    def _response(self, how: Fetch) -> Draft:
        """The response of a step, as far as the spec documents it."""
        if how.operation is not None:
            return self._service.success(how.operation, how.media)
        draft = Draft(self._service.spec, self._service.inventor)
        if how.media == "json":
            draft.body = {}
        return draft

    def _content(self, draft: Draft, how: Fetch, name: str) -> Any:
        """Give a response its content."""
        if how.media == "json":
            return self._placed(draft, how, name, fetched=True)
        usual = {"text": "text/plain", "jsonl": "application/jsonl"}
        if "json" in draft.headers.get("content-type", JSON_TYPE):
            draft.headers["content-type"] = usual.get(how.media, "application/octet-stream")
        contents: dict[str, Any] = {"text": TEXT, "jsonl": ROWS, "binary": PICTURE}
        given = self._given(name)
        value: Any = contents[how.media] if given is INVENTED else given
        if how.media == "jsonl":
            draft.content = "".join(f"{json.dumps(row)}\n" for row in value).encode()
        else:
            draft.content = value.encode() if isinstance(value, str) else value
        return value

    def _given(self, name: str) -> Any:
        """What the model found for a part; the empty one is the whole."""
        if not name or self.computed is INVENTED:
            return self.computed
        return self.computed.get(name, INVENTED)

    def _items(self, draft: Draft, listed: XPage) -> list[Any]:
        """Three items of a list that comes in pages."""
        if self.computed is not INVENTED:
            return cast("list[Any]", self.computed)
        schema = draft.schema_at(_item(listed))
        found = [
            self._service.inventor.value(schema, ("items", str(number))) for number in range(3)
        ]
        free = not plain(schema, self._service.spec.resolve).get("properties")
        return [{"number": number} for number in range(3)] if free else found

    # -- values

    def _placed(self, draft: Draft, how: Fetch, name: str, *, fetched: bool) -> Any:
        """Invent a value, and place it where a client reads it; returns what it will read."""
        place = self._place(draft, how, fetched=fetched)
        value = self._value(draft, place, name)
        if isinstance(place, str):
            body: Any = draft.body
            whole = pointer(place) == "" and isinstance(body, dict) and not fetched
            draft.place(place, {**value, **cast("Any", body)} if whole else value)
            return value
        found = cast("dict[str, Any]", value)
        read = {key: found[key] for key in place if key in found and draft.knows(place[key])}
        for key, inner in read.items():
            draft.place(place[key], inner)
        return read

    def _place(self, draft: Draft, how: Fetch, *, fetched: bool) -> Place:
        """The one of several places where the whole value can be."""
        for place in how.places:
            texts = [place] if isinstance(place, str) else list(place.values())
            if len(how.places) == 1:
                return place
            here = all(_of_poll(text) is not fetched for text in texts)
            if here and isinstance(place, str) and draft.knows(place):
                schema = draft.schema_at(place)
                if not list(problems(self._value(draft, place, ""), schema, self._service.spec.at)):
                    return place
        return how.places[-1 if fetched else 0]

    def _value(self, draft: Draft, place: Place, name: str) -> Any:
        service = self._service
        given = self._given(name)
        if given is not INVENTED:
            return given
        if not name and self._schema not in {None, ANY_JSON}:
            reference = service.spec.schemas[str(self._schema)]
            return service.inventor.value(reference, ("result",))
        if not isinstance(place, str):
            return {key: self._free(draft, inner) for key, inner in place.items()}
        return self._free(draft, place)

    def _free(self, draft: Draft, expression: str) -> Any:
        """A value of which the spec may say nothing."""
        schema = draft.schema_at(expression)
        node = plain(schema, self._service.spec.resolve)
        if kind(node) is None and not node.keys() & {"enum", "const"}:
            link = {"file": f"{self._service.files_url}free"} if self._how.files == "any" else {}
            return {"text": TEXT, **link}
        found = draft.invented(expression)
        return {"text": TEXT} if found == {} else found


def misfits(service: Service, job: JobSpec, model: str | None, value: Any) -> Iterator[Problem]:
    """What is wrong with the result of a job; nothing where its form is not known."""
    how = job.x_job.result
    if not how.parts:
        known = job.models.get(model or "")
        named = known.result if known else how.type
        yield from _misfits(service, job, how, named, value)
        return
    if not isinstance(value, dict):
        yield Problem("", f"has to be an object with {', '.join(how.parts)}")
        return
    for name, inner in cast("dict[str, Any]", value).items():
        if name in how.parts:
            found = _misfits(service, job, how.parts[name], None, inner)
        else:
            found = iter([Problem("", f"is no part; parts are {', '.join(how.parts)}")])
        yield from (problem.below(name) for problem in found)


def _misfits(
    service: Service, job: JobSpec, how: Fetch, named: str | None, value: Any
) -> Iterator[Problem]:
    if (how.media == "binary") is not isinstance(value, bytes):
        yield Problem("", f"has to be {'bytes' if how.media == 'binary' else 'JSON'}")
    elif how.each is not None:
        yield Problem("", "cannot be given: it is made of several files")
    elif how.media != "binary":
        spec, schema = service.spec, _form(service, job, how, named)
        yield from problems(value, schema, spec.at)
        known = spec.properties(schema)
        if known and isinstance(value, dict) and value and not known.keys() & value:
            yield Problem("", f"has none of the keys {', '.join(known)}")


def _form(service: Service, job: JobSpec, how: Fetch, named: str | None) -> Any:
    """The schema of a result, as far as the spec has one."""
    if how.media != "json":
        rows = {"type": "array", "items": {"type": "object"}}
        return {"type": "string"} if how.media == "text" else rows
    if named not in {None, ANY_JSON}:
        return service.spec.schemas[str(named)]
    operation = how.operation or (None if how.is_step else job.x_job.poll.operation)
    draft = service.success(operation)
    if how.pages:
        return {"type": "array", "items": draft.schema_at(_item(job.pages[str(operation)]))}
    if len(how.places) != 1:
        return {}
    (place,) = how.places
    if isinstance(place, str):
        return draft.schema_at(place)
    return {"type": "object", "properties": {k: draft.schema_at(e) for k, e in place.items()}}


def _item(listed: XPage) -> str:
    """The expression for the first item of a list."""
    return f"{listed.items}/0" if "#" in listed.items else f"{listed.items}#/0"


def _of_poll(place: Place) -> bool:
    """Whether a place is in the response of the last poll, even where a step is made."""
    texts = [place] if isinstance(place, str) else list(place.values())
    return any(text.startswith("$poll") for text in texts)


def _local(need: Need) -> Need:
    rest = need.expression.removeprefix("$entry")
    return Need(f"$response.body{rest}", need.url, need.step)
