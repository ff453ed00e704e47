"""The last resort for documents that are odd in a way that no check knows: our error, with a line.

Every check says what to write instead. What none of them saw fails somewhere in a reader; the
mapping that was read at that moment is the place to look at.
"""

import re
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from redenlab.core.errors import RedenLabError, SpecError
from redenlab.core.spec.located import LocatedMapping

_PLACED = re.compile(r"\S+\.(?:ya?ml|json)\b")
"""The beginning of a message that names a file."""


class guarded:  # noqa: N801 - a context manager, used like a keyword
    """A block that reads one document; it fails with errors of ours alone."""

    def __init__(self, path: Path) -> None:
        """Read the document at `path`."""
        self._file = path.name

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(
        self, kind: object, error: BaseException | None, trace: TracebackType | None
    ) -> Literal[False]:
        """Raise a `SpecError` with a place for one that has none, or is none of ours."""
        if isinstance(error, SpecError) and not _PLACED.match(error.message):
            text = f"{self._file}:{_line(trace)}: {error.message}"
            raise SpecError(text, hint=error.hint) from None
        if not isinstance(error, Exception) or isinstance(error, RedenLabError):
            return False
        deep = isinstance(error, RecursionError)
        problem = "this leads to itself" if deep else "this has a form that is not expected here"
        raise SpecError(
            f"{self._file}:{_line(trace)}: {problem} ({type(error).__name__})",
            hint="compare it with docs/x-job.md and OpenAPI 3.1; a valid document is a fault of "
            "this SDK, please report it",
        ) from error


def _line(trace: TracebackType | None) -> int:
    """Line of the mapping that was read last, as far as the frames of `trace` know one."""
    line = 1
    while trace is not None:
        values: dict[str, Any] = trace.tb_frame.f_locals
        found = [each.place.line for each in values.values() if isinstance(each, LocatedMapping)]
        line = max(found, default=line)
        trace = trace.tb_next
    return line
