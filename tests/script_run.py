"""A script of the project, run in this process as ``make`` runs it in one of its own."""

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from types import ModuleType
from typing import NamedTuple
from unittest.mock import patch


class Ran(NamedTuple):
    """How it ended, and what it printed."""

    status: int
    out: str
    err: str


def run_script(script: ModuleType, *arguments: object) -> Ran:
    """Call the ``main`` of `script` with `arguments` on its command line."""
    words = [str(script.__file__), *map(str, arguments)]
    with (
        patch.object(sys, "argv", words),
        redirect_stdout(io.StringIO()) as out,
        redirect_stderr(io.StringIO()) as err,
    ):
        status = script.main()
    return Ran(status, out.getvalue(), err.getvalue())
