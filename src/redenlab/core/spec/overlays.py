"""OpenAPI Overlays (version 1.0): what is added to a document that must not be edited.

    overlay: 1.0.0
    info: {title: Jobs of Acme, version: 1.0.0}
    actions:
      - target: $.paths['/batches'].post
        update: {x-job: {…}}
      - target: $.components.schemas.Batch.properties.object
        remove: true

A target is a JSONPath (RFC 9535) of names, indexes, ``*`` and ``[?@.name == 'value']``. One that
leads nowhere is an error, though the Overlay Specification would ignore it: it is a mistake, or
the document has changed.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, cast

from redenlab.core.errors import SpecError
from redenlab.core.spec import forms
from redenlab.core.spec.blocks import Block
from redenlab.core.spec.located import LocatedMapping

REMOVED: Final = object()

Change = Callable[[Any], Any]
"""From what stands at a target to what stands there then; `REMOVED` for nothing."""

_STEP: Final = re.compile(
    r"\.(?P<name>[\w-]+)|\[(?P<quote>['\"])(?P<quoted>.*?)(?P=quote)\]|\[(?P<index>\d+)\]"
    r"|(?P<each>\.\*|\[\*\])"
    r"|\[\?\(?@\.(?P<key>[\w-]+)\s*==\s*(?P<mark>['\"])(?P<value>.*?)(?P=mark)\)?\]"
)


class Action(Block):
    """One change.

    Attributes:
        target: JSONPath of the nodes to change.
        update: What is merged into each: the keys of a mapping, or one more element of a list.
        remove: Whether each is removed instead.
        description: For readers.
    """

    target: str
    update: Any = None
    remove: bool = False
    description: str = ""


class Overlay(Block):
    """An overlay document; see the module.

    Attributes:
        extends: URL of the document; for readers.
    """

    overlay: str
    info: Mapping[str, Any]
    actions: tuple[Action, ...]
    extends: str = ""


def applied(overlay: Any, document: Any, file: str) -> Any:
    """`document` with the changes of an overlay; it is not changed itself.

    Args:
        overlay: As `redenlab.core.spec.located.read` reads it.
        document: The same.
        file: Name of the overlay, for errors.

    Raises:
        SpecError: It is no overlay, or a target leads nowhere.
    """
    read = forms.read(Overlay, overlay, at, file)
    if not read.overlay.startswith("1."):
        raise at(
            overlay, f"version {read.overlay} of overlays is not known; write 1.0.0", "overlay"
        )
    for action, node in zip(read.actions, overlay["actions"], strict=True):
        if (action.update is None) is not action.remove:
            raise at(node, "an action has either 'update' or 'remove: true'", None)
        steps = list(_steps(action.target, node))
        change = _removed if action.remove else _merging(node["update"])
        document, count = _changed(document, steps, change)
        if not count:
            raise at(node, f"{action.target} leads to nothing in the document", "target")
    return document


def at(node: Any, problem: str, key: str | None = None) -> SpecError:
    """The error for a node of a document or for one of its keys, with its place."""
    if not isinstance(node, LocatedMapping):
        return SpecError(problem)
    file, line = node.places.get(key, node.place) if key is not None else node.place
    return SpecError(f"{file}:{line}: {problem}")


def _steps(target: str, node: Any) -> Iterator[re.Match[str]]:
    end = 1
    while end < len(target):
        found = _STEP.match(target, end)
        if found is None or target[0] != "$":
            text = f"the target cannot be read from '{target[end:]}' on; see the documentation"
            raise at(node, text, "target")
        yield found
        end = found.end()


def _changed(node: Any, steps: list[re.Match[str]], change: Change) -> tuple[Any, int]:
    """`node` with what `steps` lead to changed, and how many nodes that were."""
    if not steps:
        return change(node), 1
    count = 0
    changed: list[tuple[Any, Any]] = []
    for key in _keys(node, steps[0]):
        value, more = _changed(node[key], steps[1:], change)
        changed.append((key, value))
        count += more
    copy = node.copy() if changed else node
    for key, value in reversed(changed):  # indexes stay right while elements are removed
        if value is REMOVED:
            del copy[key]
        else:
            copy[key] = value
    return copy, count


def _keys(node: Any, step: re.Match[str]) -> list[Any]:
    """The keys or indexes of `node` that a step leads to."""
    if not isinstance(node, dict | list):
        return []
    items = cast("dict[str, Any] | list[Any]", node)
    every: list[Any] = list(items) if isinstance(items, dict) else list(range(len(items)))
    if step["each"]:
        return every
    if step["key"]:
        return [key for key in every if _has(items[key], step["key"], step["value"])]
    wanted: Any = int(step["index"]) if step["index"] else step["name"] or step["quoted"]
    return [wanted] if wanted in every else []


def _has(node: Any, key: str, value: str) -> bool:
    return isinstance(node, Mapping) and cast("Mapping[str, Any]", node).get(key) == value


def _removed(_: Any) -> Any:
    return REMOVED


def _merging(update: Any) -> Change:
    return lambda node: _merged(node, update)


def _merged(node: Any, update: Any) -> Any:
    """Mappings are merged key by key, lists grow, and everything else is replaced."""
    if isinstance(node, list):
        more = cast("Iterable[Any]", update) if isinstance(update, list) else [update]
        return [*cast("Iterable[Any]", node), *more]
    if not (isinstance(node, LocatedMapping) and isinstance(update, LocatedMapping)):
        return update
    copy = node.copy()
    for key, value in update.items():
        copy[key] = _merged(node[key], value) if key in node else value
        if copy[key] is value:
            copy.places[key] = update.places[key]
    return copy
