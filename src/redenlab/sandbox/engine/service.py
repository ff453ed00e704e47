"""What all parts of an engine share: the spec, where it is served, and how values are made up."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from itertools import count
from random import Random
from typing import Any, cast
from urllib.parse import quote
from uuid import UUID

from redenlab.core.spec.conditions import holds
from redenlab.core.spec.document import Spec
from redenlab.core.spec.expressions import MISSING, Scope, as_text
from redenlab.core.spec.states import classed, status_schema
from redenlab.core.transport.gate import ERROR_TEXTS
from redenlab.lowlevel.types import RawResponse
from redenlab.sandbox.engine.backend import Backend, Produced, Record
from redenlab.sandbox.engine.drafts import Draft, documented
from redenlab.sandbox.engine.forms import Forms
from redenlab.sandbox.engine.invention import UNKNOWN, Inventor, Path, Schema, kind, plain
from redenlab.sandbox.engine.lifecycle import Need
from redenlab.sandbox.engine.looks import fulfilled
from redenlab.sandbox.engine.messages import JSON_TYPE, Received, Refused
from redenlab.sandbox.engine.routes import Route
from redenlab.sandbox.engine.scenario import Setting

NUMBERS = (10**9, 10**12)
"""Between these are numbers that name something, well above numbers that are invented."""

LIKE_EXAMPLES = 20
"""Examples of more characters show how values look that name something."""

TIMES: Mapping[str, tuple[str, ...]] = {
    "created": ("created_at", "createdAt", "created", "created_on", "create_time", "createTime"),
    "begun": ("started_at", "startedAt", "submitted_at", "start_time", "startTime", "begin"),
    "ended": ("completed_at", "completedAt", "ended_at", "finished_at", "end_time", "endTime"),
}
"""What the properties are called that tell when something happened."""


class Unreachable(Exception):
    """Nothing that the engine can serve does what is wanted; the text says what."""


class Service:
    """One spec, served.

    Attributes:
        spec: The spec.
        backend: What the service does beyond it.
        setting: How it is run.
        forms: What requests are held against.
        routes: Every operation, by its ``operationId``.
        records: What can be listed, the newest first, by the paths of the lists.
        by_token: Tells whether the credential of a request is a bearer token, and not the key.
        files: What is behind URLs that are not expected otherwise, by their addresses.
    """

    def __init__(self, spec: Spec, backend: Backend, setting: Setting) -> None:
        """Serve nothing yet."""
        self.spec: Spec = spec
        self.backend: Backend = backend
        self.setting: Setting = setting
        self.forms: Forms = Forms(spec, backend.models)
        nodes = {**spec.operations, **backend.extra}
        self.routes: Mapping[str, Route] = {
            name: Route(spec, name, self.forms, node) for name, node in nodes.items()
        }
        self.records: defaultdict[str, list[Record]] = defaultdict(list)
        for path, found in backend.records().items():
            self.records[path] = [dict(each) for each in found]
        self.inventor: Inventor = Inventor(spec.resolve, setting.seed, self._known)
        self.files: dict[str, Produced] = {}
        self.by_token: Callable[[Received], bool] = lambda _request: False
        self._links: dict[str, tuple[str, str, Mapping[str, str]]] = {}
        # each thread has its own
        self._naming = ContextVar[tuple[str, "count[int]"]]("naming", default=("", count()))

    @property
    def files_url(self) -> str:
        """Below it is every file that an invented value names."""
        return f"{self.setting.storage_url}/files/"

    def _known(self, path: Path, schema: Schema) -> Any:
        """Statuses that the spec lists, and URLs that the engine serves."""
        if "x-states" in schema:
            listed = status_schema(self.spec, schema) or {}
            states = classed(self.spec, listed)
            running = [value for value in listed["enum"] if states[str(value)] == "running"]
            return (running or listed["enum"])[0]
        if schema.get("format") in {"uri", "url"}:
            return f"{self.files_url}{quote('-'.join(path), safe='')}"
        return UNKNOWN

    @contextmanager
    def naming(self, for_what: str) -> Generator[None]:
        """Let what is named within follow from the seed and `for_what` alone."""
        before = self._naming.set((for_what, count()))
        try:
            yield
        finally:
            self._naming.reset(before)

    @property
    def named_for(self) -> str:
        """What is being named: the number of a request, or a job and what it shows."""
        return self._naming.get()[0]

    def chance(self) -> Random:
        """Chance for the next thing that is named."""
        for_what, numbers = self._naming.get()
        seed = self.setting.names or self.setting.seed
        return Random(f"{seed}/{for_what}/{next(numbers)}")  # noqa: S311 - repeatable

    def number(self) -> int:
        """A number that names nothing else."""
        return self.chance().randrange(*NUMBERS)

    def unique(self, schema: Any) -> Any:
        """A value that names something, of the type that its schema says."""
        node = plain(schema, self.spec.resolve)
        if kind(node) == "integer":
            return self.number()
        special = {"pattern", "enum", "const", "maxLength", "format"} & node.keys()
        if kind(node) in {"string", None} and not special:
            example = str(node.get("example", ""))
            if len(example) > LIKE_EXAMPLES:
                chance, letters = self.chance(), re.findall("[a-zA-Z0-9]", example)
                return re.sub("[a-zA-Z0-9]", lambda _: chance.choice(letters), example)
            return str(UUID(int=self.chance().getrandbits(128), version=4))
        return self.inventor.value(schema, ("unique", str(self.number())))

    def own_url(self) -> str:
        """A new URL on the API's origin."""
        return f"{self.setting.base_url}/served/{self.number()}"

    def bare_url(self, need: Need, sent: Mapping[str, str]) -> str:
        """A new URL of the storage; `sent` are facts of a file, as the request has them."""
        name = quote(sent.get("name", "data"), safe="")
        url = f"{self.setting.storage_url}/{self.number()}/{name}"
        headers = {
            key: text
            for key, template in need.headers.items()
            if (text := sent.get(str(template).removeprefix("$file."))) is not None
        }
        return self._linked(need.method, url, headers)

    def _linked(self, method: str, url: str, headers: Mapping[str, str]) -> str:
        found = self.setting.link(method, url, headers)
        self._links[found] = (method, url, headers)
        return found

    def renewed(self, value: Any) -> Any:
        """`value` with new links instead of those that were sent before."""
        match value:
            case str() if value in self._links:
                return self.setting.link(*self._links[value])
            case dict():
                pairs = cast("Mapping[str, Any]", value).items()
                return {key: self.renewed(inner) for key, inner in pairs}
            case list():
                items = cast("Sequence[Any]", value)
                return [self.renewed(inner) for inner in items]
            case _:
                return value

    def stored(self, value: Any) -> Any:
        """`value` with the URLs of its files instead of them."""
        match value:
            case Produced():
                url = f"{self.setting.storage_url}/{self.number()}/{quote(value.name)}"
                self.files[url] = value
                return self._linked("GET" if self.backend.signs_files else "", url, {})
            case dict():
                pairs = cast("Mapping[str, Any]", value).items()
                return {key: self.stored(inner) for key, inner in pairs}
            case list():
                items = cast("Sequence[Any]", value)
                return [self.stored(inner) for inner in items]
            case _:
                return value

    def stamp(self, seconds: float, schema: Any) -> Any:
        """A moment, in the form of its schema."""
        node = plain(schema, self.spec.resolve)
        if kind(node) in {"integer", "number"}:
            return int(seconds)
        moment = datetime.fromtimestamp(seconds, UTC)
        return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")

    def tell_times(self, draft: Draft, moments: Mapping[str, float | None]) -> None:
        """Place when something happened, where the schema has a property for it."""
        properties = self.spec.properties(draft.schema)
        for moment, names in TIMES.items():
            seconds = moments.get(moment)
            name = next((name for name in names if name in properties), None)
            if name is not None and seconds is not None:
                draft.place(f"$response.body#/{name}", self.stamp(seconds, properties[name]))

    def supply(
        self, draft: Draft, needs: Iterable[Need], sent: Mapping[str, str] | None = None
    ) -> None:
        """Place every value that later steps need; `sent` as in `bare_url`."""
        for need in needs:
            if not draft.knows(need.expression) or need.url == "poll":
                continue
            if need.url:
                url = self.own_url() if need.url == "own" else self.bare_url(need, sent or {})
                draft.place(need.expression, url)
                continue
            if need.is_life:
                draft.place(need.expression, self.setting.link_seconds)
                continue
            schema = draft.schema_at(need.expression)
            node = plain(schema, self.spec.resolve)
            if kind(node) in {"object", "array"} or "*" in need.expression:
                found = draft.invented(need.expression) or {"key": "sandbox"}
            else:
                found = self.unique(schema)
            draft.place(need.expression, found)

    def success(self, operation: str | None, media: str = "json") -> Draft:
        """The first documented success of an operation."""
        return self.successes(operation, media)[0]

    def successes(self, operation: str | None, media: str = "json") -> list[Draft]:
        """Every documented success of an operation."""
        return documented(self.spec, self.inventor, operation, media)

    def refused(self, statuses: tuple[int, ...]) -> Draft:
        """A refusal with the first of `statuses`."""
        draft = Draft(self.spec, self.inventor, statuses[0])
        draft.body = {"error": "not ready yet"}
        return draft

    def refusal(self, operation: str | None, refused: Refused) -> RawResponse:
        """A refusal in the form that the spec documents, as far as it does."""
        media, schema = self._documented(operation, refused.status)
        body: dict[str, Any] = {}
        if not self._tell(body, schema, refused):
            body = {"error": refused.text}
        self.backend.refuse(operation, body, refused)
        content = json.dumps({**body, **refused.more}).encode()
        return RawResponse(refused.status, {"content-type": media, **refused.headers}, content)

    def _documented(self, operation: str | None, status: int) -> tuple[str, Any]:
        """The type and the schema of an error."""
        nodes = [self.routes[operation].node] if operation else self.spec.operations.values()
        for node in nodes:
            responses = cast("Mapping[str, Any]", node.get("responses", {}))
            by_status = {str(key).upper(): each for key, each in responses.items()}
            for key in (str(status), f"{status // 100}XX", "DEFAULT"):
                content = self.spec.resolve(by_status.get(key, {})).get("content", {})
                for media, found in content.items():
                    if "json" in media:
                        return media, found.get("schema", {})
        return JSON_TYPE, {}

    def _tell(self, body: dict[str, Any], schema: Any, refused: Refused) -> bool:
        """Put the text of a refusal where clients look for it; whether there is such a place."""
        node = plain(schema, self.spec.resolve)
        properties = {k: plain(s, self.spec.resolve) for k, s in self.spec.properties(node).items()}
        told = False
        for name in ERROR_TEXTS:
            inner = properties.get(name)
            if inner is not None and not told:
                if kind(inner) == "object":
                    told = self._tell(body.setdefault(name, {}), inner, refused)
                elif kind(inner) in {"string", None}:
                    body[name], told = refused.text, True
        for name in set(node.get("required", ())) - body.keys():
            body[name] = self.inventor.value(properties.get(name, {}), ("error", name))
        for name, inner in properties.items():
            if name in {"status", "statusCode", "status_code", "code"} and kind(inner) == "integer":
                body[name] = refused.status
        return told

    def meets(self, draft: Draft, condition: str, scope: Scope, *, wanted: bool = True) -> Draft:
        """`draft`, changed until a condition is true, or is not.

        Raises:
            Unreachable: No change does it.
        """

        def test(changed: Draft) -> bool:
            return holds(condition, scope.merged(changed.scope())) is wanted

        found = fulfilled(self.spec, draft, [condition], test)
        if found is None:
            raise Unreachable(f"no response makes '{condition}' {'true' if wanted else 'false'}")
        return found


def text_of(value: Any) -> str:
    """A value as clients put it into URLs; empty where there is none."""
    return "" if value is MISSING or value is None else as_text(value)
