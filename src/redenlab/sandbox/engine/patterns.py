"""Texts that match a regular expression, for schemas and models that only a pattern describes."""

import re
from collections.abc import Iterable
from importlib import import_module
from random import Random
from typing import Any

_MORE = 4
"""How often a part repeats beyond the least that its pattern demands, at most."""

_ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_. "

_parser: Any = import_module("re._parser")  # the only thing that knows the syntax
_compiler: Any = import_module("re._compiler")


def matching(pattern: str, chance: Random) -> str:
    """A text in which `pattern` is found.

    Raises:
        ValueError: None was found; the pattern looks around, or needs what is beyond ASCII.
    """
    try:
        parsed = _parser.parse(pattern)
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
        return "".join(map(self._one, parsed))

    def _one(self, token: Any) -> str:
        made = ""  # of an anchor or a look around, on which the final search decides
        code, argument = token
        match str(code).lower():
            case "literal":
                made = chr(argument)
            case "any" | "not_literal" | "in":
                made = self._chosen(token)
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

    def _chosen(self, token: Any) -> str:
        """A character that fits a part of a pattern, from the usual ones if any does."""
        fits = _compiler.compile(_parser.SubPattern(_parser.State(), [token])).fullmatch
        ascii_texts = map(chr, range(32, 127))
        found = list(filter(fits, _ALPHABET)) or list(filter(fits, ascii_texts))
        return self._chance.choice(found) if found else ""
