"""Things that are made, listed, changed and deleted: all operations that are no part of a job."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast

from redenlab.core.spec.expressions import MISSING
from redenlab.core.spec.x_page import x_page
from redenlab.core.spec.x_value import x_value
from redenlab.lowlevel.types import RawResponse
from redenlab.sandbox.engine.backend import Record
from redenlab.sandbox.engine.drafts import Draft
from redenlab.sandbox.engine.invention import kind, plain
from redenlab.sandbox.engine.jobs import ServedJob
from redenlab.sandbox.engine.messages import Refused, bytes_of, mapping
from redenlab.sandbox.engine.pages import SIZES, page
from redenlab.sandbox.engine.routes import Call, Route
from redenlab.sandbox.engine.service import Service


class Resources:
    """The things of one service, by the paths of their lists."""

    def __init__(self, service: Service, jobs: Sequence[ServedJob]) -> None:
        """Begin with what the backend has."""
        self._service = service
        self._jobs = jobs
        self._told: set[str] = set()
        self._is_known: bool = bool(service.records)

    def at(self, path: str) -> list[Record]:
        """What is listed at a path, the newest first."""
        return self._service.records[path]

    def respond(self, route: Route, call: Call) -> RawResponse:
        """The response of an operation.

        Raises:
            Refused: There is no such thing.
        """
        path = call.request.address.removeprefix(self._service.setting.base_url)
        names = route.last_names
        envelope = draft = self._service.success(route.name)
        key = x_value(self._service.spec, route.name)
        if key is not None:
            draft = envelope.within(key)
        kept: Record | None = None
        if names and route.method != "POST":
            kept = self._on_item(route, call, draft, path, names)
        elif route.method in {"GET", "QUERY"}:
            draft = self._list(route, call, draft, path)
        is_new = not names and route.method == "POST" and self._is_list(route)
        if is_new:
            fill(self._service, route, call, draft)
        self._service.backend.shape(self._service, route.name, draft, call)
        shown = dict(mapping(draft.body))
        if is_new and shown:
            self._add(route, path, shown)
        elif kept is not None and route.method in {"PATCH", "PUT"} and shown:
            kept.clear()
            kept |= shown
        if key is not None:
            envelope.body = {**mapping(envelope.body), key: draft.body}
            draft = envelope
        return draft.raw()

    def catch_up(self) -> None:
        """Let the backend know of the jobs that have ended."""
        for job in self._jobs:
            by_time = job.scenario.seconds is not None and job.name not in self._told
            if by_time and job.course.look().is_end:
                self._told.add(job.name)
                self._service.backend.finished(self._service, job)

    # -- one thing

    def _on_item(
        self, route: Route, call: Call, draft: Draft, path: str, names: Sequence[str]
    ) -> Record | None:
        """Look at, change or delete one thing; returns it, if it is known."""
        values = call.matches[route.name]
        where = "/".join(path.split("/")[: -len(names)])
        items = self.at(where)
        wanted = {name: values[name] for name in names}
        found = next((each for each in items if _is_named(each, wanted)), None)
        if found is None:
            found = next((r for r in self._job_records(where) if _is_named(r, wanted)), None)
        if found is None:
            if not self._service.setting.samples:
                raise Refused(404, "there is no such thing")
            return None
        if route.method == "DELETE":
            items[:] = [each for each in items if each is not found]
        elif route.method in {"PATCH", "PUT"}:
            sent: Any = call.request.document
            found |= {name: value for name, value in dict(sent or {}).items() if value is not None}
        if draft.body is not MISSING:
            draft.body = dict(found)
        return found

    def _add(self, route: Route, path: str, made: Record) -> None:
        keys = {name: _key(name, made) for name in _item_names(self._service, route)}
        wanted = {name: str(made[key]) for name, key in keys.items() if key is not None}
        is_taken = len(wanted) == len(keys) and any(_is_named(r, wanted) for r in self.at(path))
        if is_taken and not self._service.setting.samples:
            raise Refused(409, "there is one of that name already")
        self.at(path).insert(0, made)

    def adopt(self, route: Route, call: Call, response: RawResponse) -> None:
        """List what a step of a job has made, where it can be listed or looked at."""
        if route.method == "POST" and self._is_list(route) and response.content:
            path = call.request.address.removeprefix(self._service.setting.base_url)
            self.at(path).insert(0, response.json())

    # -- lists

    def _is_list(self, route: Route) -> bool:
        """Whether what is posted to a path can be looked at below it, or in its list."""
        return any(
            (each.path == route.path and each.method == "GET") or each.is_below(route.path)
            for each in self._service.routes.values()
        )

    def _list(self, route: Route, call: Call, draft: Draft, path: str) -> Draft:
        """A page, or the whole list; `draft` where the operation does not list."""
        how = x_page(self._service.spec, route.name)
        bare = kind(plain(draft.schema, self._service.spec.resolve)) == "array"
        if how is None and not bare:
            for single in self.at(path)[:1]:
                draft.body = dict(single)
            return draft
        place = "$response.body" if how is None else how.items
        schema = draft.schema_at(f"{place}/0" if "#" in place else f"{place}#/0")
        items = [*self._job_records(path), *self.at(path)]
        is_known = self._is_known or self._is_made(route)
        if not items and (self._service.setting.samples or not is_known):
            items = [self._service.inventor.value(schema, ("items", str(n))) for n in range(3)]
        items = [each for each in items if _is_wanted(each, call.request.query)]
        if route.method == "QUERY" and self._service.spec.text_type(route.node):
            items = searched(items, bytes_of(call.request.content).decode(errors="replace"))
        if how is not None:
            return page(self._service, route.name, how, items, call)
        draft.body = items
        return draft

    def _is_made(self, route: Route) -> bool:
        """Whether clients can make what a list lists."""
        posts = [r for r in self._service.routes.values() if r.method == "POST"]
        return any(each.path == route.path for each in posts)

    def _job_records(self, path: str) -> list[Record]:
        """The jobs whose polls are below a list, the newest first."""
        found: list[Record] = []
        for job in reversed(self._jobs):
            if "delete" in job.commands:
                continue
            polled = self._service.routes.get(job.job.x_job.poll.operation or "")
            if polled is not None and polled.is_below(path):
                body, key = job.now().body, x_value(self._service.spec, polled.name)
                found.append(cast("Record", body if key is None else body[key]))
        return found


def fill(service: Service, route: Route, call: Call, draft: Draft) -> set[str]:
    """Complete the response to a request that makes something: its name, what was sent, when.

    Returns:
        The places of the names, as expressions.
    """
    named: set[str] = set()
    given = mapping(route.document(call.request))
    properties = service.spec.properties(draft.schema)
    for name in _item_names(service, route):
        key = _key(name, properties)
        if key is not None and key not in given:
            named.add(place := f"$response.body#/{key}")
            draft.place(place, service.unique(properties[key]))
    draft.echo(given)
    service.tell_times(draft, {"created": service.setting.now()})
    return named


def _item_names(service: Service, route: Route) -> Sequence[str]:
    """The parameters that name a thing below a list."""
    below = (each for each in service.routes.values() if each.is_below(route.path))
    return next((each.last_names for each in below), ("id",))


def _keys(name: str) -> tuple[str, ...]:
    """The properties that a path parameter may stand for: ``file_id`` for ``id``."""
    return (name, name.rpartition("_")[2], "id")


def _key(name: str, known: Mapping[str, Any]) -> str | None:
    return next((key for key in _keys(name) if key in known), None)


def _is_named(record: Record, wanted: Mapping[str, str]) -> bool:
    return all(
        any(str(record.get(key)) == value for key in _keys(name)) for name, value in wanted.items()
    )


def _is_wanted(record: Any, query: Mapping[str, list[str]]) -> bool:
    """Whether an entry fits the filters of a list: equal values, and moments."""
    if not isinstance(record, Mapping):
        return True
    entry = cast("Record", record)
    for name, (text, *_) in query.items():
        key, _, side = name.rpartition("_")
        moment = entry.get(f"{key}_at")
        if side in {"after", "before"} and moment is not None:
            at, limit = _moment(str(moment)), _moment(text)
            if (at < limit) if side == "after" else (at >= limit):
                return False
        elif name in entry and str(entry[name]) != text and name not in SIZES:
            return False
    return True


def searched(records: Sequence[Any], words: str) -> list[Any]:
    """The records that have all words in one of their texts or another."""
    wanted = re.findall(r"\w+", words.lower())
    told = [(" ".join(_texts(each)).lower(), each) for each in records]
    return [each for about, each in told if all(word in about for word in wanted)]


def _texts(record: Any) -> list[str]:
    return [text for text in mapping(record).values() if isinstance(text, str)]


def _moment(text: str) -> datetime:
    """A timestamp; one without a zone is of UTC."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
