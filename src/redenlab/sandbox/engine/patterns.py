"""Texts that match a regular expression, for schemas and models that only a pattern describes."""

import re
from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module
from random import Random
from typing import Any, cast

_MORE = 4
"""How often a part repeats beyond the least that its pattern demands, at most."""

_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_. "


def matching(pattern: str, chance: Random) -> str:
    """A text in which `pattern` is found.

    Raises:
        ValueError: None was found; the pattern looks around, or needs what is beyond ASCII.
    """
    parser: Any = import_module("re._parser")  # the only thing that knows the syntax
    try:
        parsed = parser.parse(pattern)
    except re.error as error:
        raise ValueError(f"the pattern {pattern!r} cannot be read: {error}") from None
    for _ in range(20):
        text = _Generator(chance).sequence(parsed)
        if re.search(pattern, text):
            return text
    raise ValueError(f"no text was found that matches {pattern!r}; give an example")


class _Generator:
    """Walks a parsed pattern."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._groups: dict[Any, str] = {}

    def sequence(self, parsed: Iterable[Any]) -> str:
        return "".join(self._one(str(code).lower(), argument) for code, argument in parsed)

    def _one(self, code: str, argument: Any) -> str:
        made = ""  # of an anchor or a look around, on which the final search decides
        match code:
            case "literal":
                made = chr(argument)
            case "any":
                made = self._chosen(str.isalpha)
            case "not_literal":
                made = self._chosen(lambda text: ord(text) != argument)
            case "in":
                made = self._chosen(partial(_is_in, argument))
            case "branch":
                made = self.sequence(self._chance.choice(argument[1]))
            case "subpattern":
                made = self._groups[argument[0]] = self.sequence(argument[-1])
            case "groupref":
                made = self._groups.get(argument, "")
            case "max_repeat" | "min_repeat" | "possessive_repeat":
                least, most, inner = argument
                times = self._chance.randint(least, min(int(most), least + _MORE))
                made = "".join(self.sequence(inner) for _ in range(times))
            case _:
                pass
        return made

    def _chosen(self, fits: Callable[[str], bool]) -> str:
        found = [text for text in _ALPHABET if fits(text)] or [
            chr(code) for code in range(32, 127) if fits(chr(code))
        ]
        return self._chance.choice(found) if found else ""


_CATEGORIES = {"digit": r"\d", "space": r"\s", "word": r"\w"}


def _is_in(members: Iterable[Any], text: str) -> bool:
    """Whether a character is in a set."""
    negated = found = False
    for code, argument in members:
        match str(code).lower():
            case "negate":
                negated = True
            case "literal":
                found = found or ord(text) == argument
            case "range":
                low, high = cast("tuple[int, int]", argument)
                found = found or low <= ord(text) <= high
            case _:
                name = str(argument).lower().removeprefix("category_")
                pattern = _CATEGORIES.get(name.removeprefix("not_"), ".")
                inside = re.fullmatch(pattern, text) is not None
                found = found or (inside is not name.startswith("not_"))
    return found is not negated
