"""`redenlab sandbox`: runs the embedded backend on this machine."""

import signal
from pathlib import Path
from typing import Annotated

import typer

import redenlab.sandbox
from redenlab.cli.text import err

app: typer.Typer = typer.Typer(help="A backend on this machine: no account, no network.")


@app.callback()
def group() -> None:
    """Make `up` a subcommand, so that others can be added."""


@app.command()
def up(
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Where to listen; 0 is any free port.")
    ] = 0,
    folder: Annotated[
        Path | None,
        typer.Option(
            file_okay=False, help="Where recordings are kept.", show_default="a temporary one"
        ),
    ] = None,
    processing: Annotated[
        float, typer.Option(min=0.0, metavar="SECONDS", help="Minimum time that a job takes.")
    ] = 0.5,
) -> None:
    """Run the backend until Ctrl-C, and print how to use it."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as Ctrl-C does
    redenlab.sandbox.serve(_introduce, folder=folder, port=port, processing=processing)
    err().print("sandbox stopped")


def _introduce(sandbox: "redenlab.sandbox.Sandbox") -> None:
    console = err()
    console.print("The sandbox runs. In another shell:\n")
    for name, value in sandbox.environment.items():
        console.print(f"  export {name}={value}", markup=False, soft_wrap=True)
    console.print("\nIts results have no clinical meaning. Ctrl-C stops it.")
