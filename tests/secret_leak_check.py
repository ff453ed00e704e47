"""The sentinel: no secret of any test may turn up where none belongs, during the whole suite.

Neither may the name of a patient, which the recordings of the tests have: whoever made a recording
sees its name on the terminal, and nobody else. The sentinel listens to the loggers of the SDK and
of the HTTP libraries at DEBUG, reads what tests print, and scans every error of the SDK: its text,
its pickle, and its traceback with the locals of every frame of ours, of the command and of the
sandbox. What the suite leaves in its temporary folders is read at the end.
"""

import logging
import pickle
import re
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

import redenlab.cli
import redenlab.core
import redenlab.sandbox
import redenlab_api
from redenlab.core.errors import RedenLabError

LOGGERS = ("redenlab", "httpx", "httpcore")

SECRETS = re.compile(
    r"""5ecre7|c4n4ry|sk_test_1234567890|key-for-tests-\d     # what tests make up
    |(?:sk|cs)_sandbox_[\w-]{20}|[ar]t_sandbox_\d+_\w{20}   # of the embedded backend
    |X-Amz-Signature=[0-9a-f]{32}""",
    re.VERBOSE,
)

PATIENT = "Erika-Mustermann"
"""The name of a patient, in the names of recordings."""

NAMES = re.compile(r"(?i)erika.?mustermann")

OURS = (
    *redenlab.core.__path__,
    *redenlab.cli.__path__,
    *redenlab.sandbox.__path__,
    *redenlab_api.__path__,
)
"""Frames of the SDK, the command and the sandbox. Tests know the secrets, and may."""

TESTS = str(Path(__file__).parent)

KEPT = re.compile(
    r"config\.yaml|credentials\.yaml|api-key|client-secret|link-secret|token|.*\.(py|pyc|md|yaml)"
)
"""Files that hold a secret because that is what they are for, and copies of the project."""


class SecretLeakCheck(logging.Handler):
    """Collects what it finds.

    Attributes:
        found: Where a secret was, and the beginning of it.
        seen: Number of scanned items by kind; a check that scans nothing proves nothing.
    """

    def __init__(self, secrets: re.Pattern[str] = SECRETS, names: re.Pattern[str] = NAMES) -> None:
        super().__init__(logging.DEBUG)
        self._secrets = secrets
        self._names = names
        self.found: list[str] = []
        self.seen: dict[str, int] = dict.fromkeys(("records", "errors", "outputs", "files"), 0)
        self._errors: list[RedenLabError] = []

    # -- logs

    def emit(self, record: logging.LogRecord) -> None:
        self.seen["records"] += 1
        where, text = f"a log record of {record.name}", f"{record.getMessage()} {record.__dict__}"
        self.scan(where, text)
        self.scan(where, text, self._names)

    # -- errors

    def watch(self) -> Any:
        """Remember every error of the SDK from now on; gives what undoes that."""
        begin = RedenLabError.__init__

        def remember(error: RedenLabError, *args: Any, **kwargs: Any) -> None:
            begin(error, *args, **kwargs)
            self._errors.append(error)

        RedenLabError.__init__ = remember  # type: ignore[method-assign]
        return lambda: setattr(RedenLabError, "__init__", begin)

    def judge(self, test: str) -> None:
        """Look at every error that was raised since the last time."""
        errors, self._errors = self._errors, []
        for error in errors:
            self.seen["errors"] += 1
            name = f"{type(error).__name__} in {test}"
            text = f"{error!r} {error} {error.hint} {error.body} {error.template} {error.code}"
            pickled = pickle.dumps(error).decode("latin-1")
            for secrets in (self._secrets, self._names):
                self.scan(f"the text of {name}", text, secrets)
                self.scan(f"the pickle of {name}", pickled, secrets)
            for chained in chain(error):
                for place, text in shown_locals(chained):
                    self.scan(f"a local of {place}, in the traceback of {name}", text)

    # -- output and files

    def read(self, test: str, sections: list[tuple[str, str]]) -> None:
        for title, text in sections:
            if "stdout" in title or "stderr" in title:
                self.seen["outputs"] += 1
                self.scan(f"{title} of {test}", text)

    def search(self, folder: Path) -> None:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink() and not KEPT.fullmatch(path.name):
                self.seen["files"] += 1
                with path.open("rb") as file:
                    self.scan(f"the file {path.name}", file.read(1_000_000).decode("latin-1"))

    def scan(self, where: str, text: str, secrets: re.Pattern[str] | None = None) -> None:
        if found := (secrets or self._secrets).search(text):
            self.found.append(f"{where}: …{text[max(found.start() - 30, 0) : found.end()]}…")


def chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and all that led to it."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def shown_locals(error: BaseException) -> Iterator[tuple[str, str]]:
    """What a traceback with locals shows of the frames of the SDK."""
    for frame in frames(error.__traceback__):
        if frame.f_code.co_filename.startswith(OURS):
            summary = traceback.StackSummary.extract([(frame, frame.f_lineno)], capture_locals=True)
            for name, text in (summary[0].locals or {}).items():
                yield f"{Path(frame.f_code.co_filename).name}:{frame.f_code.co_name}:{name}", text


def traceback_with_locals(error: BaseException) -> str:
    """What error trackers print: every local variable of every frame, and there is no cause.

    Frames of tests are left out: they hold the secrets on purpose.
    """
    seen = traceback.TracebackException.from_exception(error, capture_locals=True)
    assert seen.__cause__ is None
    assert seen.__context__ is None
    return "".join(
        f"{frame.filename}:{frame.lineno} {frame.locals}\n"
        for frame in seen.stack
        if not frame.filename.startswith(TESTS)
    )


def frames(trace: TracebackType | None) -> Iterator[FrameType]:
    while trace is not None:
        yield trace.tb_frame
        trace = trace.tb_next
