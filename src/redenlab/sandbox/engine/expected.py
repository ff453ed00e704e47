"""The requests that clients make at the steps of a lifecycle, as far as they are known before.

A client fills the templates of a step with what it knows of a job. The engine knows the same, so it
fills them as well: a request is for the step that it agrees with best. No rule is needed for where
an API has its ids: in paths, queries, headers, bodies, or in URLs that it sent itself.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import parse_qsl, unquote, urlsplit

from redenlab.core.spec.expressions import MISSING, Scope, as_text, expressions
from redenlab.core.spec.steps import Step
from redenlab.core.transport.url_policy import absolute
from redenlab.sandbox.engine.messages import Received, Response
from redenlab.sandbox.engine.routes import Call, Route, argument

if TYPE_CHECKING:
    from redenlab.sandbox.engine.jobs import ServedJob
    from redenlab.sandbox.engine.uploads import Upload

Answer = Callable[[Call], Response]


@dataclass(frozen=True, slots=True)
class Expected:
    """A request that may come.

    Attributes:
        name: Of the step, for people: ``poll``, ``upload/1``.
        step: What a client makes.
        scope: What the client knows when it does.
        answer: Responds to it.
        about: The job or the upload that it is for; ``None`` where there is none.
    """

    name: str
    step: Step
    scope: Scope
    answer: Answer
    about: "ServedJob | Upload | None" = None

    def names(self) -> Iterator[str]:
        """The texts by which the request names what it is for; it has each of them."""
        step, scope = self.step, self.scope
        url = scope.url(step.url) if step.url else None
        if isinstance(url, str):
            yield from (unquote(part) for part in urlsplit(url).path.split("/") if part)
            yield from (tail(value) for _, value in parse_qsl(urlsplit(url).query))
        sent = [step.parameters, step.body]
        for text in expressions(sent):
            value = scope.filled(text)
            if isinstance(value, str | int) and f"{{{text}}}" not in str(sent):
                yield tail(as_text(value))

    def agreement(self, call: Call, routes: Mapping[str, Route], base_url: str) -> int | None:
        """How much of a request is as expected; ``None`` where any of it contradicts."""
        if self.step.operation is not None:
            found = self._of_operation(call, routes[self.step.operation])
        else:
            found = self._of_url(call.request, base_url)
        if found is None or not self._has_headers(call.request) or not self._has_body(call):
            return None
        return found

    def _of_operation(self, call: Call, route: Route) -> int | None:
        path = call.matches.get(route.name)
        if path is None:
            return None
        score = 0
        for name, template in self.step.parameters.items():
            wanted = self.scope.filled(template)
            if wanted is MISSING or wanted is None:
                continue
            given = argument(call.request, path, name, route.arguments[name])
            if given is not None and given != _texts(wanted):
                return None
            score += 1 if given is not None else -1
        return score

    def _of_url(self, request: Received, base_url: str) -> int | None:
        text = str(self.step.url)
        url = self.scope.url(text)
        if request.method != self.step.method or not isinstance(url, str):
            return None
        whole = f"{base_url}{url}" if text.startswith("/") else absolute(url, base_url)
        query = parse_qsl(urlsplit(whole).query, keep_blank_values=True)
        known = all(value in request.query.get(name, []) for name, value in query)
        return len(query) if known and request.address == whole.partition("?")[0] else None

    def _has_headers(self, request: Received) -> bool:
        wanted = self.scope.values(self.step.headers)
        return all(request.headers.get(name) == as_text(value) for name, value in wanted.items())

    def _has_body(self, call: Call) -> bool:
        if self.step.body is None:
            return True
        try:
            return agrees(self.step.body, call.request.document, self.scope)
        except ValueError:
            return False


def agrees(template: Any, value: Any, scope: Scope) -> bool:
    """Whether `value` may be what a client made of a template; what is unknown may be anything."""
    if isinstance(template, Mapping):
        pairs = cast("Mapping[str, Any]", template)
        if "each" in pairs or not isinstance(value, Mapping):
            return "each" in pairs
        found = cast("Mapping[str, Any]", value)
        return all(agrees(inner, found.get(key, MISSING), scope) for key, inner in pairs.items())
    if isinstance(template, list | tuple):
        inner = cast("Sequence[Any]", template)
        items = cast("Sequence[Any]", value) if isinstance(value, list) else ()
        return len(items) == len(inner) and all(
            agrees(one, other, scope) for one, other in zip(inner, items, strict=True)
        )
    if template in {"$file", "$part"}:
        return True
    known = scope.filled(template)
    return known is MISSING or known == value or as_text(known) == value


def best(
    expected: Iterable[Expected], call: Call, routes: Mapping[str, Route], base_url: str
) -> Expected | None:
    """The expected request that a request agrees with best; the first of several."""
    found: tuple[int, Expected] | None = None
    for each in expected:
        score = each.agreement(call, routes, base_url)
        if score is not None and (found is None or score > found[0]):
            found = (score, each)
    return found[1] if found else None


def _texts(value: Any) -> list[str]:
    items = cast("Iterable[Any]", value) if isinstance(value, list) else [value]
    return [as_text(item) for item in items]


def tail(text: str) -> str:
    """The end of a URL's path, which names what it is for; the whole of any other text."""
    return unquote(text.partition("?")[0].rstrip("/").rpartition("/")[2])
