"""What an engine holds: jobs and uploads, found by what clients know of them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast
from urllib.parse import unquote

from redenlab.core.spec.expressions import as_text
from redenlab.sandbox.engine.expected import Expected, tail
from redenlab.sandbox.engine.jobs import ServedJob
from redenlab.sandbox.engine.messages import mapping
from redenlab.sandbox.engine.routes import Call
from redenlab.sandbox.engine.uploads import Upload

Thing = ServedJob | Upload


class Store:
    """Jobs and uploads.

    Attributes:
        jobs: In the order in which they were made.
        uploads: Likewise.
    """

    def __init__(self) -> None:
        self.jobs: list[ServedJob] = []
        self.uploads: list[Upload] = []
        self._known: dict[str, dict[int, Thing]] = {}

    def remember(self, thing: Thing) -> None:
        """Note what clients know of a thing by now.

        One name of each request is enough to find it: the one that names the fewest things.
        """
        for each in thing.expected():
            found = [self._known.setdefault(key, {}) for key in [*each.names()] or [""]]
            if not any(id(thing) in things for things in found):
                min(found, key=len)[id(thing)] = thing

    def expected(self, call: Call) -> Iterator[Expected]:
        """The requests that may come for the things that a request names."""
        found = dict(self._known.get("", {}))  # what is requested without a name
        for key in _named(call):
            found |= self._known.get(key, {})
        for thing in found.values():
            yield from thing.expected()

    def all_expected(self) -> Iterator[Expected]:
        """The requests that may come."""
        things: list[Thing] = [*self.jobs, *self.uploads]
        for thing in things:
            yield from thing.expected()


def _named(call: Call) -> Iterator[str]:
    """Every text of a request that may name something."""
    request = call.request
    yield from (unquote(part) for part in request.address.split("/"))
    for values in request.query.values():
        yield from map(tail, values)
    try:
        yield from _texts(request.document)
    except ValueError:  # no JSON: it is refused later
        return


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping | list):
        items: Iterable[Any] = (
            mapping(value).values() if isinstance(value, Mapping) else cast("Iterable[Any]", value)
        )
        for inner in items:
            yield from _texts(inner)
    elif isinstance(value, str | int):
        yield tail(as_text(value))
