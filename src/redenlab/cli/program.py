"""The program: its commands, and the conversion of errors to two lines and an exit code."""

import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from redenlab.cli import backends, dalston, exits, modelred, replicate, run, sandbox
from redenlab.cli.demo import demo
from redenlab.cli.text import tell
from redenlab.cli.verbs import add_verbs, group
from redenlab.version import __version__

USAGE_ERROR: type[Any] = typer.BadParameter.__mro__[1]
"""Raised for an invalid command line; typer has no public name for it."""


class Program(TyperGroup):
    """A group of commands whose errors never show a traceback."""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **extra: Any) -> NoReturn:
        """Run, and exit with a code of `redenlab.cli.exits`."""
        try:
            code = super().main(args, *rest, **{**extra, "standalone_mode": False})
        except Exception as error:  # noqa: BLE001 - the outermost handler
            code = _report(error)
        sys.exit(code or exits.Code.GOOD)


def _report(error: Any) -> exits.Code:
    if isinstance(error, USAGE_ERROR):
        context = error.ctx
        command = context.command_path if context else "redenlab"
        tell(error.format_message(), f"run: {command} --help")
        return exits.Code.USAGE
    if isinstance(error, typer.Abort):
        return exits.Code.INTERRUPTED
    tell(exits.message(error), exits.hint(error))
    return exits.code(error)


app: typer.Typer = typer.Typer(
    cls=Program,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=exits.SUMMARY,
)
add_verbs(app, backends.ML)
app.add_typer(run.app, name="run")
app.command(epilog="\b\nExample:\n  redenlab demo")(demo)
app.add_typer(sandbox.app, name="sandbox")
OWN: Mapping[str, Callable[[typer.Typer], None]] = {
    "dalston": dalston.add,
    "modelred": modelred.add,
    "replicate": replicate.add,
}
"""What the commands of a backend have beside the verbs: what its spec cannot say."""


def _add_groups() -> None:
    """The commands of each backend below a word of its own."""
    for backend in backends.GROUPS:
        commands = group(backend)
        if backend.group in OWN:
            OWN[backend.group](commands)
        app.add_typer(commands, name=backend.group)


_add_groups()


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"redenlab {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    *,
    version: Annotated[  # noqa: ARG001 - its callback is what it does
        bool,
        typer.Option("--version", is_eager=True, callback=_show_version, help="Show the version."),
    ] = False,
) -> None:
    """Speech models from the command line: upload, submit, wait, and get typed results."""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
