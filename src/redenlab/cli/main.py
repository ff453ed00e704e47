"""The entry point of the installed program ``redenlab``.

The commands need the ``cli`` extra, so they are imported when the program runs, not before.
"""

import io
import signal
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from redenlab.cli.program import app

EXTRA = frozenset({"typer", "rich"})


__all__ = ["app", "main"]


def main() -> None:
    """Run the program and exit with its code; see `redenlab.cli.exits`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # no file name fails to print
    try:
        from redenlab.cli.program import app  # noqa: PLC0415 - an extra
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in EXTRA:
            raise
        sys.stderr.write("run: pip install 'redenlab[cli]'\n")
        sys.exit(2)
    try:
        app(prog_name="redenlab")
    finally:  # a further Ctrl-C ends the process, without a traceback of the interpreter's end
        signal.signal(signal.SIGINT, signal.SIG_DFL)


def __getattr__(name: str) -> Any:
    """Import `app` on first use (PEP 562)."""
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from redenlab.cli.program import app  # noqa: PLC0415 - an extra

    return app


if __name__ == "__main__":
    main()
