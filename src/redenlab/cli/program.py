"""The program: its commands, and the conversion of errors to two lines and an exit code."""

import sys
from collections.abc import Sequence
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from redenlab.cli import dalston, exits, modelred, replicate, run, sandbox
from redenlab.cli.demo import demo
from redenlab.cli.login import login, logout, whoami
from redenlab.cli.models import models
from redenlab.cli.predict import predict
from redenlab.cli.text import tell
from redenlab.cli.wait import wait
from redenlab.version import __version__

UsageError: type[Any] = typer.BadParameter.__mro__[1]
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
    if isinstance(error, UsageError):
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
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=exits.SUMMARY,
)
app.command()(predict)
app.command()(wait)
app.command()(models)
app.command()(demo)
app.command()(login)
app.command()(logout)
app.command()(whoami)
app.add_typer(run.app, name="run")
app.add_typer(sandbox.app, name="sandbox")
app.add_typer(dalston.app, name="dalston")
app.add_typer(modelred.app, name="modelred")
app.add_typer(replicate.app, name="replicate")


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
