"""What all parts of an engine share: the spec, where it is served, and how values are made up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import quote
from uuid import UUID

from redenlab.core.spec.conditions import holds
from redenlab.core.spec.document import Spec
from redenlab.core.spec.expressions import MISSING, Scope, as_text
from redenlab.core.spec.states import classed, status_schema
from redenlab.sandbox.engine.drafts import Draft, documented
from redenlab.sandbox.engine.invention import UNKNOWN, Inventor, Path, Schema, kind, plain
from redenlab.sandbox.engine.lifecycle import Need
from redenlab.sandbox.engine.looks import fulfilled
from redenlab.sandbox.engine.routes import Route

FIRST_NUMBER = 1000
"""The first number that names something, well above numbers that are invented."""


class Unreachable(Exception):
    """Nothing that the engine can serve does what is wanted; the text says what."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is to happen to every job.

    Attributes:
        end: The name of the look that ends it; ``None`` for the first that is a success.
        linked: Whether its result is behind a link, where it may be in the poll as well; ``None``
            goes by the spec.
        inline: Whether the response to the submit has the end already, where that may be.
        pending: Whether submits and results are not ready at first, where the spec has waits.
        resolve: Whether the first submit is refused, so that its model has to be looked up.
    """

    end: str | None = None
    linked: bool | None = None
    inline: bool = False
    pending: bool = False
    resolve: bool = False


class Service:
    """One spec, served.

    Attributes:
        spec: The spec.
        base_url: Of the API, without a slash at its end.
        storage_url: Of what is requested without a key.
        scenario: What is to happen.
        routes: Every operation, by its ``operationId``.
    """

    def __init__(
        self, spec: Spec, base_url: str, storage_url: str, scenario: Scenario, seed: str
    ) -> None:
        """Serve nothing yet."""
        self.spec: Spec = spec
        self.base_url: str = base_url
        self.storage_url: str = storage_url
        self.scenario: Scenario = scenario
        self.routes: Mapping[str, Route] = {name: Route(spec, name) for name in spec.operations}
        self.inventor: Inventor = Inventor(spec.resolve, seed, self._known)
        self._numbers = count(FIRST_NUMBER)

    @property
    def files_url(self) -> str:
        """Below it is every file that an invented value names."""
        return f"{self.storage_url}/files/"

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

    def number(self) -> int:
        """A number that names nothing else."""
        return next(self._numbers)

    def unique(self, schema: Any) -> Any:
        """A value that names something, of the type that its schema says."""
        node = plain(schema, self.spec.resolve)
        if kind(node) == "integer":
            return self.number()
        special = {"pattern", "enum", "const", "maxLength", "format"} & node.keys()
        if kind(node) in {"string", None} and not special:
            return str(UUID(int=self.number()))  # other places may ask for that format
        seed = ("unique", str(self.number()))
        return self.inventor.value(schema, seed)

    def own_url(self) -> str:
        """A new URL on the API's origin."""
        return f"{self.base_url}/served/{self.number()}"

    def bare_url(self) -> str:
        """A new URL that is requested without a key."""
        return f"{self.storage_url}/served/{self.number()}"

    def supply(self, draft: Draft, needs: Iterable[Need]) -> None:
        """Place every value that later steps need."""
        for need in needs:
            if not draft.knows(need.expression) or need.url == "poll":
                continue
            if need.url:
                url = self.own_url() if need.url == "own" else self.bare_url()
                draft.place(need.expression, url)
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
