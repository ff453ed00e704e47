"""How the program ends: one table from what went wrong to an exit code and to advice.

The first row that fits counts, so subclasses stand above their parents.
"""

from collections.abc import Iterable
from enum import IntEnum

from redenlab.core import errors


class Code(IntEnum):
    """What the program tells the shell."""

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
    INTERRUPTED = 130


TABLE: tuple[tuple[type[BaseException], Code, str], ...] = (
    (errors.JobTimeout, Code.STILL_RUNNING, "the job goes on; wait for it again"),
    (errors.MissingKey, Code.SIGN_IN, "give an API key"),
    (errors.ConfigurationError, Code.USAGE, "mend the setting and try again"),
    (errors.InputError, Code.USAGE, "check what was given on the command line"),
    (errors.AuthenticationError, Code.SIGN_IN, "check the API key"),
    (errors.NotFound, Code.NOT_FOUND, "check the model name, the job id and the base URL"),
    (
        errors.InferenceError,
        Code.JOB_FAILED,
        "check the recording; sent unchanged it may fail again",
    ),
    (errors.RateLimited, Code.RATE_LIMIT, "wait, or send fewer recordings at a time"),
    (errors.APIError, Code.NETWORK, "check the base URL and the connection, then try again"),
    (errors.UploadError, Code.NETWORK, "check the connection and send the recording again"),
    (errors.TimeoutError, Code.SIGN_IN, "run: redenlab login"),
    (KeyboardInterrupt, Code.INTERRUPTED, "jobs that were submitted go on; wait for them by id"),
    (BaseException, Code.UNEXPECTED, "this is a fault of the program; please report it"),
)
"""An error, the exit code that it leads to, and what to do when the error itself does not say."""

SUMMARY = (
    "Exit codes: 0 all good, 1 unexpected, 2 usage or configuration, 3 sign-in, 4 not found, "
    "5 some of several failed, 6 job failed, 7 timed out while the job still runs, 8 rate limit, "
    "9 network or service failure, 130 interrupted."
)


def code(error: BaseException | None) -> Code:
    """The exit code of one outcome; ``None`` means that it is good."""
    return Code.GOOD if error is None else _row(error)[1]


def common(codes: Iterable[Code]) -> Code:
    """The exit code of several outcomes: their own where they agree, else `Code.SOME_FAILED`."""
    different = set(codes)
    return different.pop() if len(different) == 1 else Code.SOME_FAILED


def message(error: BaseException) -> str:
    """What happened, in one line."""
    if isinstance(error, errors.RedenLabError):
        return error.message
    return f"unexpected {type(error).__name__}: {error}" if str(error) else type(error).__name__


def hint(error: BaseException) -> str:
    """What to do about it, in one line."""
    own = error.hint if isinstance(error, errors.RedenLabError) else None
    return own or _row(error)[2]


def _row(error: BaseException) -> tuple[type[BaseException], Code, str]:
    return next(row for row in TABLE if isinstance(error, row[0]))
