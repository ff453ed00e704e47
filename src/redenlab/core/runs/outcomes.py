"""How one item of a run ended, and what that means for the rest of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from redenlab.core import errors
from redenlab.lowlevel.encoding import plain

Fate = Literal["again", "refused", "open", "uncertain", "failed", "fatal"]
"""What becomes of an item after an error:

- ``again``: it is begun again, as long as it has attempts left;
- ``refused``: it is begun again when there is room for it, which costs no attempt;
- ``open``: its job goes on, and a resumed run waits for it;
- ``uncertain``: whether it has a job is unknown, and it is never sent again by itself;
- ``failed``: it has no result;
- ``fatal``: every other item would meet the same error, so that the run ends.
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an item of a run ended. A failure is one of its values, and never raised.

    Attributes:
        source: The path, URL or label of the item.
        columns: Those of its manifest, or of its `Item`.
        job: The handle of its job (`Job` or `AsyncJob`); ``None`` where none was started.
        result: The typed result; ``None`` after an error.
        error: Why there is none; ``None`` if there is one. After a `JobTimeout` the job goes on.
        attempts: How often the item was begun.
        seconds: From its beginning to its end, in all processes.
        earlier: Whether it had ended before this run began.
        key: Hash of its content, model and parameters.
    """

    source: str
    columns: Mapping[str, Any] = field(default_factory=dict[str, Any])
    job: Any = None
    result: Any = None
    error: errors.RedenLabError | None = None
    attempts: int = 1
    seconds: float = 0.0
    earlier: bool = False
    key: str = ""

    @property
    def ok(self) -> bool:
        """Whether there is a result."""
        return self.error is None

    def row(self) -> dict[str, Any]:
        """The outcome as one flat row of a table.

        The columns of the manifest come first, and the fields of the result last; those that are
        called like another column have ``result_`` before their names. A result that is no object
        is in the column ``result``.
        """
        error = self.error
        row: dict[str, Any] = {
            "source": self.source,
            **self.columns,
            "ok": self.ok,
            "job_id": getattr(self.job, "id", None) or (error.job_id if error else None),
            "error": None if error is None else type(error).__name__,
            "message": None if error is None else error.message,
            "hint": None if error is None else error.hint,
            "attempts": self.attempts,
            "seconds": round(self.seconds, 3),
        }
        result = plain(self.result)
        if isinstance(result, Mapping):
            for name, value in cast("Mapping[str, Any]", result).items():
                row[f"result_{name}" if name in row else name] = value
        elif result is not None:
            row["result"] = result
        return row

    def line(self) -> dict[str, Any]:
        """The outcome as JSON, for a file of results."""
        ended = (
            {"result": plain(self.result)} if self.error is None else {"error": told(self.error)}
        )
        return {
            "source": self.source,
            "columns": dict(self.columns),
            "job_id": getattr(self.job, "id", None),
            "attempts": self.attempts,
            "seconds": round(self.seconds, 3),
            **ended,
        }


def fate(error: errors.RedenLabError, *, begun: bool) -> Fate:
    """What becomes of an item after `error`; `begun` says whether it has a job."""
    match error:
        case (
            errors.AuthenticationError()
            | errors.ConfigurationError()
            | errors.PaymentRequired()
            | errors.MissingExtra()
        ):
            return "fatal"
        case errors.SubmitUncertain():
            return "uncertain"
        case errors.JobTimeout() if begun:
            return "open"
        case errors.InferenceError():
            return "again" if isinstance(error, errors.JobRunning) else "failed"
        case errors.RateLimited() if not begun:
            return "refused"
        case _:
            return "again" if error.retryable else "failed"


def told(error: errors.RedenLabError) -> dict[str, Any]:
    """An error as JSON."""
    return {
        "kind": type(error).__name__,
        "message": error.message,
        "hint": error.hint,
        "code": error.code,
        "status": error.status,
        "job_id": error.job_id,
        "retryable": error.retryable,
    }


def remembered(found: Mapping[str, Any]) -> errors.RedenLabError:
    """The error that `told` made JSON of."""
    kind = getattr(errors, str(found.get("kind")), errors.RedenLabError)
    kind = kind if isinstance(kind, type) and issubclass(kind, errors.RedenLabError) else None
    rest: dict[str, Any] = {name: found.get(name) for name in ("hint", "code", "status", "job_id")}
    message = str(found.get("message") or "it failed in an earlier run")
    retryable = bool(found.get("retryable"))
    return (kind or errors.RedenLabError)(message, retryable=retryable, **rest)
