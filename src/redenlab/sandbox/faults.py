"""Faults on order: what the sandbox does wrong, where, and how often.

An order is a text such as ``status=503 times=3 at=ml/get_result``: a kind, the value of its first
setting, and other settings. Servers and engine ask for orders with `Faults.take`, and act on them.
"""

import difflib
import itertools
import random
import re
import shlex
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from glob import escape
from typing import Any, Literal, NamedTuple, cast

from redenlab.core.errors import ConfigurationError

_Kinds = Literal["status", "delay", "reset", "reset-after", "drip", "cut", "html", "expired-link"]
_JobKinds = Literal["webhook-twice", "webhook-order", "cold", "stuck", "failed", "lag", "skew"]
Kind = Literal[_Kinds, _JobKinds]


class Meaning(NamedTuple):
    """What a kind does, and its own settings with their defaults."""

    text: str
    settings: Mapping[str, Any] = {}


_STATUS: Mapping[str, Any] = {"status": 503, "seconds": 0, "text": "", "headers": {}}
KINDS: Mapping[Kind, Meaning] = {
    "status": Meaning("responds with this status and does nothing; seconds: Retry-After", _STATUS),
    "delay": Meaning("waits, then acts", {"seconds": 1}),
    "reset": Meaning("resets the connection and does nothing"),
    "reset-after": Meaning("acts, then resets the connection instead of responding"),
    "drip": Meaning("acts, then sends the body slowly, in pieces", {"seconds": 2}),
    "cut": Meaning("acts, then closes the connection in the middle of the body"),
    "html": Meaning("responds with an HTML page and does nothing, as a portal", {"text": ""}),
    "expired-link": Meaning("signs a link that has expired"),
    "webhook-twice": Meaning("delivers a webhook twice"),
    "webhook-order": Meaning("delivers the last webhook of a job before the earlier ones"),
    "cold": Meaning("starts the job late, as if its model had to be loaded", {"seconds": 5}),
    "stuck": Meaning("never ends the job"),
    "failed": Meaning("ends the job as failed, for the reason in text", {"text": ""}),
    "lag": Meaning("reports every status of the job late", {"seconds": 2}),
    "skew": Meaning(
        "tells times of the job that are so much too late, too early if negative",
        {"seconds": 3600, "times": None},
    ),
}
"""Every kind of fault; ``kind=value`` sets its first setting."""

_FILE_NAMES = {
    r"flaky-([2-5]\d\d)x([1-9]\d*)": "status={} times={} at=poll",
    r"([2-5]\d\d)-retry-(\d+)": "status={} seconds={} at=poll",
    r"storage-([2-5]\d\d)": "status={} at=storage/PUT",
    r"slow-(\d+(?:ms|s|m|h))": "cold={}",
    r"fail-([\w-]+)": "failed={}",
    r"skew-(-?\d+(?:ms|s|m|h))": "skew={}",
    "reset-after-accept": "reset-after at=submit",
    "truncated-json": "cut at=poll",
    "expired-url": "expired-link",
    "hook-twice": "webhook-twice",
    "hook-out-of-order": "webhook-order",
    "never": "stuck",
    "(drip|html)": "{} at=poll",
    "(cold|lag)": "{}",
}
"""Names of recordings, or parts of them, that order a fault for the job made of the recording."""


def _seconds(text: str) -> float:
    number, unit = re.findall(r"([-\d.e]+)(\D*)", text)[0]
    return float(number) * {"ms": 0.001, "m": 60, "h": 3600}.get(unit, 1)


_SETTINGS: Mapping[str, tuple[str, Callable[[str], Any], str]] = {
    "times": (r"always|[1-9]\d{0,8}", lambda n: None if n == "always" else int(n), "3 or always"),
    "after": (r"\d{1,9}", int, "2"),
    "share": (r"0(\.\d+)?|1(\.0)?|\d(\.\d+)?e-\d+", float, "0.5"),
    "at": (r"\S+", str, "ml/get_result, storage/PUT, submit or */*predict*"),
    "model": (r".+", str, "the name of a model"),
    "file": (r".+", str, "call*.wav"),
    "status": (r"[2-5]\d\d", int, "503"),
    "seconds": (r"-?\d{1,9}(\.\d+)?(e-\d+)?(ms|s|m|h)?", _seconds, "0.5, 30s or 1h"),
    "text": (r".*", str, "a text"),
    "header": (r"(?i)(?!content-len|transfer)[\w-]+: [!-~]([ -~]*[!-~])?", str, "'Name: text'"),
}
"""How a setting is written, what reads it, and an example."""
COMMON = tuple(_SETTINGS)[:6]
"""Settings of every kind."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault: where it applies, how often, and the settings of its kind.

    Attributes:
        at: Pattern of operations such as ``ml/get_result``, or a step of x-job such as ``submit``.
        model: The only model that it is for.
        file: Pattern of the names of recordings that it is for.
        times: How often it applies; ``None`` is always.
        after: How many matches pass before.
        share: Probability that it applies to a match.
    """

    kind: Kind
    at: str = "*"
    model: str | None = None
    file: str | None = None
    times: int | None = 1
    after: int = 0
    share: float = 1.0
    status: int = 503
    seconds: float = 0.0
    text: str = ""
    headers: Mapping[str, str] = field(default_factory=dict[str, str])

    def __str__(self) -> str:
        own = KINDS[self.kind].settings
        default = Fault(self.kind, **own)
        values = {name: getattr(self, name) for name in (*own, *COMMON)}
        first = [f"{self.kind}={_word(values.pop(name))}" for name in [*own][:1]] or [self.kind]
        other = {name: v for name, v in values.items() if v != getattr(default, name)}
        return " ".join([*first, *_words(other)])


def parse(order: str) -> Fault:
    """The fault that is ordered.

    Raises:
        ConfigurationError: The kind or a setting is unknown, or a value malformed.
    """
    try:
        first, *words = shlex.split(order) or [""]
    except ValueError:
        raise ConfigurationError("a quotation mark is missing", hint=f"correct {order}") from None
    kind = cast("Kind", one_of("kind of fault", first.partition("=")[0], KINDS))
    own = KINDS[kind].settings
    if first != kind:
        words.insert(0, f"{next(iter(own), kind)}{first.removeprefix(kind)}")
    given, known = dict(own), [*COMMON, *(name.replace("headers", "header") for name in own)]
    for name, _, value in (word.partition("=") for word in words):
        form, read, example = _SETTINGS[one_of(f"setting of {kind}", name, known)]
        if not re.fullmatch(form, value, re.DOTALL):
            raise ConfigurationError(f"{name} cannot be '{value}'", hint=f"write {example}")
        if name == "header":
            key, _, text = value.partition(": ")
            given["headers"] = {**given["headers"], key: text}
        else:
            given[name] = read(value)
    return Fault(kind, **given)


def of_file_name(name: str) -> list[Fault]:
    """The faults that a recording orders by its name, such as ``call+flaky-503x3.wav``."""
    return [
        replace(parse(order.format(*found.groups())), file=escape(name))
        for part in name.partition(".")[0].split("+")
        for pattern, order in _FILE_NAMES.items()
        if (found := re.fullmatch(pattern, part, re.ASCII))
    ]


@dataclass(slots=True)
class Ordered:
    """An order, with how often it matched and how often it was met: its fault applied."""

    number: int
    fault: Fault
    upload: str | None
    matched: int = 0
    met: int = 0

    def due(self, seed: str) -> bool:
        """Count a match; whether the fault applies to it."""
        self.matched += 1
        drawn = random.Random(f"{seed}/{self.number}/{self.matched}").random()  # noqa: S311
        left = self.fault.times is None or self.met < self.fault.times
        due = left and self.matched > self.fault.after and drawn < self.fault.share
        self.met += due
        return due


class Faults:
    """The orders of a sandbox. Thread-safe."""

    def __init__(self, seed: str = "0", known: Iterable[str] = ()) -> None:
        """Without orders; `known` are the operations and steps, of which an order matches one."""
        self._seed, self._operations = seed, [*known]
        self._orders: list[Ordered] = []
        self._numbers = itertools.count(1)
        self._files: set[str] = set()
        self._lock = threading.Lock()

    def add(self, order: Fault | Kind | str, **settings: Any) -> int:
        """Order a fault: as a value, as text, or as a kind with settings. Returns its number.

        Raises:
            ConfigurationError: See `parse`; or nothing is called what `at` says.
        """
        fault = parse(" ".join([str(order), *_words(settings)]))
        if self._operations and not any(fnmatchcase(one, fault.at) for one in self._operations):
            one_of("operation or step", fault.at, self._operations)
        with self._lock:
            return self._append(fault)

    def know(self, operations: Iterable[str]) -> None:
        """Check from now on that an order is for one of these operations and steps."""
        self._operations = [*dict.fromkeys(operations), "storage/PUT", "storage/GET"]

    def remove(self, number: int) -> bool:
        """Cancel an order; false if there is none of this number."""
        with self._lock:
            kept = [order for order in self._orders if order.number != number]
            found, self._orders = len(kept) < len(self._orders), kept
        return found

    def clear(self) -> None:
        """Cancel all orders."""
        with self._lock:
            self._orders = []

    def listed(self) -> list[Ordered]:
        """The orders as they are now, the oldest first."""
        with self._lock:
            return [replace(order) for order in self._orders]

    def take(
        self,
        kinds: Collection[Kind],
        at: str,
        *,
        step: str = "",
        model: str | None = None,
        file: str | None = None,
    ) -> Fault | None:
        """The first of `kinds` that is due at this operation, if any; it counts as met.

        Args:
            kinds: What the caller can do.
            at: The operation.
            step: What it is called in x-job: ``upload``, ``submit`` or ``poll``.
            model: The model, where it is known.
            file: Name of the recording, where it is known, with a path that differs by upload.
        """
        name = file and file.rpartition("/")[2]
        with self._lock:
            if file and name and file not in self._files:
                for fault in of_file_name(name):
                    self._files.add(file)
                    self._append(fault, file)
            for order in self._orders:
                fault = order.fault
                if (
                    fault.kind in kinds
                    and (fnmatchcase(at, fault.at) or fault.at == step)
                    and fault.model in {None, model}
                    and (fault.file is None or fnmatchcase(name or "", fault.file))
                    and order.upload in {None, file}
                    and order.due(self._seed)
                ):
                    return fault
        return None

    def _append(self, fault: Fault, upload: str | None = None) -> int:
        self._orders.append(Ordered(next(self._numbers), fault, upload))
        return self._orders[-1].number


def _words(settings: Mapping[str, Any]) -> Iterator[str]:
    for name, value in settings.items():
        if isinstance(value, dict):
            pairs = cast("dict[str, Any]", value).items()
            yield from (f"header={_word(f'{key}: {text}')}" for key, text in pairs)
        elif value is not None or name == "times":
            yield f"{name}={_word(value)}"


def _word(value: Any) -> str:
    if isinstance(value, float):
        return str(value).removesuffix(".0")
    return "always" if value is None else shlex.quote(str(value))


def one_of(what: str, name: str, known: Iterable[str]) -> str:
    """`name`, if it is one of what is known.

    Raises:
        ConfigurationError: It is not; the hint says what is close, and what is known.
    """
    if name in (known := list(known)):
        return name
    close = "".join(f"did you mean {one}? " for one in difflib.get_close_matches(name, known, 1))
    hint = f"{close}known are {', '.join(known)}"
    raise ConfigurationError(f"there is no {what} '{name}'", hint=hint)
