"""Exit codes: one table from error classes to codes.

The first matching row counts, so subclasses come before their bases. The hint comes from the
error itself.
"""

from collections.abc import Iterable
from enum import IntEnum
from typing import Any

from redenlab.core import errors
from redenlab.core.text import cleaned


class Code(IntEnum):
    """The exit codes of the program."""

    GOOD = 0
    UNEXPECTED = 1
    USAGE = 2
    SIGN_IN = 3
    NOT_FOUND = 4
    SOME_FAILED = 5
    JOB_FAILED = 6
    STILL_RUNNING = 7
    RATE_LIMIT = 8
    NETWORK = 9
    BELOW_SCORE = 10
    INTERRUPTED = 130


TABLE: tuple[tuple[type[BaseException], Code], ...] = (
    (errors.JobTimeout, Code.STILL_RUNNING),
    (errors.JobRunning, Code.STILL_RUNNING),
    (errors.MissingKey, Code.SIGN_IN),
    (errors.ConfigurationError, Code.USAGE),
    (errors.InputError, Code.USAGE),
    (errors.AuthenticationError, Code.SIGN_IN),
    (errors.NotFound, Code.NOT_FOUND),
    (errors.InferenceError, Code.JOB_FAILED),
    (errors.RateLimited, Code.RATE_LIMIT),
    (errors.APIError, Code.NETWORK),
    (errors.UploadError, Code.NETWORK),
    (errors.TimeoutError, Code.SIGN_IN),
    (KeyboardInterrupt, Code.INTERRUPTED),
    (BaseException, Code.UNEXPECTED),
)
"""Error classes with their exit codes."""

SUMMARY = (
    "Exit codes: 0 all good, 1 unexpected, 2 usage or configuration, 3 sign-in, 4 not found, "
    "5 some of several failed, 6 job failed, 7 timed out while the job still runs, 8 rate limit, "
    "9 network or service failure, 10 below the score that was asked for, 130 interrupted."
)


def code(error: BaseException | None) -> Code:
    """The exit code of one outcome; ``None`` is success."""
    return Code.GOOD if error is None else _row(error)[1]


def common(codes: Iterable[Code]) -> Code:
    """The exit code of several outcomes: their own where they agree, else `Code.SOME_FAILED`."""
    different = set(codes)
    return different.pop() if len(different) == 1 else Code.SOME_FAILED


def message(error: BaseException) -> str:
    """The message of an error, in one line."""
    if isinstance(error, errors.RedenLabError):
        return error.message
    text = cleaned(str(error))
    return f"unexpected {type(error).__name__}: {text}" if text else type(error).__name__


def hint(error: BaseException) -> str:
    """The hint of an error, in one line."""
    if isinstance(error, errors.RedenLabError):
        return error.hint
    if isinstance(error, KeyboardInterrupt):
        return "jobs that were submitted go on; wait for them by id"
    return "this is a fault of the program; please report it"


def record(error: BaseException) -> dict[str, Any]:
    """An error as a JSON object."""
    return {
        "kind": type(error).__name__,
        "message": message(error),
        "hint": hint(error),
        "exit_code": int(code(error)),
    }


def _row(error: BaseException) -> tuple[type[BaseException], Code]:
    return next(row for row in TABLE if isinstance(error, row[0]))
