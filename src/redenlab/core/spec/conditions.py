"""Conditions on a response: ``$response.body#/done == true && $response.body#/error == null``.

As Arazzo's `simple` criteria (1.0, section 4.6.11): comparisons of expressions and literals, joined
by ``&&``, ``||``, ``!`` and parentheses. Strings compare in either case, as Arazzo demands. What is
missing is null. A list that comes from ``*`` in a pointer fulfils a comparison if one of its
elements does.
"""

import operator
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple, cast

from redenlab.core.spec.expressions import MISSING, Scope

Test = Callable[[Scope], bool]

_TOKENS = (
    r"\s*(?:(?P<operator>&&|\|\||==|!=|<=|>=|<|>|!|\(|\))"
    r"|(?P<expression>\$[^\s()=!<>&|]+)"
    r"|'(?P<single>(?:[^']|'')*)'"
    r"|\"(?P<double>[^\"]*)\""
    r"|(?P<word>[^\s()=!<>&|'\"$]+))"
)
_NUMBER = r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?"
_CONSTANTS: dict[str, Any] = {"true": True, "false": False, "null": None}
_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


class _Token(NamedTuple):
    kind: str
    text: str


def holds(condition: str, scope: Scope) -> bool:
    """Whether `condition` is true in `scope`."""
    return _parsed(condition)[0](scope)


def operands(condition: str) -> tuple[str, ...]:
    """The expressions in `condition`.

    Raises:
        ValueError: It cannot be read; the text says why.
    """
    return _parsed(condition)[1]


def literals(condition: str) -> tuple[Any, ...]:
    """The values that `condition` compares with."""
    return _parsed(condition)[2]


@lru_cache(maxsize=1024)
def _parsed(condition: str) -> tuple[Test, tuple[str, ...], tuple[Any, ...]]:
    parser = _Parser(condition)
    try:
        return parser.whole(), tuple(parser.expressions), tuple(parser.literals)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


class _Parser:
    """Recursive descent: or, and, not, comparison."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._at = 0
        self.expressions: list[str] = []
        self.literals: list[Any] = []

    def whole(self) -> Test:
        test = self._any()
        if self._at < len(self._tokens):
            raise ValueError(f"'{self._tokens[self._at].text}' is not expected there")
        return test

    def _any(self) -> Test:
        tests = [self._all()]
        while self._take("||"):
            tests.append(self._all())
        return lambda scope: any(test(scope) for test in tests)

    def _all(self) -> Test:
        tests = [self._one()]
        while self._take("&&"):
            tests.append(self._one())
        return lambda scope: all(test(scope) for test in tests)

    def _one(self) -> Test:
        if self._take("!"):
            test = self._one()
            return lambda scope: not test(scope)
        if self._take("("):
            test = self._any()
            if not self._take(")"):
                raise ValueError("a parenthesis is not closed")
            return test
        return self._comparison()

    def _comparison(self) -> Test:
        left = self._operand()
        for sign, compare in _COMPARISONS.items():
            if self._take(sign):
                right = self._operand()
                return lambda scope: _compared(compare, left(scope), right(scope))
        return lambda scope: _is_true(left(scope))

    def _operand(self) -> Callable[[Scope], Any]:
        if self._at == len(self._tokens):
            raise ValueError("it ends too early")
        token = self._tokens[self._at]
        self._at += 1
        if token.kind == "operator":
            raise ValueError(f"'{token.text}' is not expected there")
        if token.kind == "expression":
            self.expressions.append(token.text)
            return lambda scope: scope.value(token.text)
        value = _literal(token)
        self.literals.append(value)
        return lambda _: value

    def _take(self, sign: str) -> bool:
        found = self._at < len(self._tokens) and self._tokens[self._at] == _Token("operator", sign)
        self._at += found
        return found


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while text[at:].strip():
        match = re.compile(_TOKENS).match(text, at)
        if match is None:
            raise ValueError(f"'{text[at:].strip()}' cannot be read")
        at = match.end()
        kind = str(match.lastgroup)
        yield _Token(kind, match[kind])


def _literal(token: _Token) -> Any:
    if token.kind != "word":
        return token.text.replace("''", "'") if token.kind == "single" else token.text
    if token.text in _CONSTANTS:
        return _CONSTANTS[token.text]
    return float(token.text) if re.fullmatch(_NUMBER, token.text) else token.text


def _compared(compare: Callable[[Any, Any], bool], left: Any, right: Any) -> bool:
    """Whether a comparison is true; for a list, whether it is for one element."""
    if isinstance(left, list):
        return any(_compared(compare, item, right) for item in cast("Iterable[Any]", left))
    if isinstance(right, list):
        return any(_compared(compare, left, item) for item in cast("Iterable[Any]", right))
    left, right = _known(left), _known(right)
    if isinstance(left, bool) is not isinstance(right, bool):  # 1 is not true
        return compare is operator.ne
    try:
        return compare(left, right)
    except TypeError:  # no order between a text and a number
        return False


def _is_true(value: Any) -> bool:
    """Whether a value, or an element of a list, is neither missing nor false nor empty."""
    items = cast("Iterable[Any]", value) if isinstance(value, list) else [value]
    return any(bool(_known(item)) for item in items)


def _known(value: Any) -> Any:
    if value is MISSING:
        return None
    return value.casefold() if isinstance(value, str) else value
