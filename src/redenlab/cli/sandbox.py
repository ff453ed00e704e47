"""`redenlab sandbox`: runs the embedded backend on this machine."""

import signal
from pathlib import Path
from typing import Annotated

import typer

import redenlab.sandbox
from redenlab.cli import faults
from redenlab.cli.text import err

app: typer.Typer = typer.Typer(help="A backend on this machine.")
app.add_typer(faults.app, name="faults")


@app.command()
def up(  # noqa: PLR0913 - the options of the command
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
    keep: Annotated[
        float,
        typer.Option(min=0.0, metavar="SECONDS", help="After which recordings are deleted."),
    ] = 86400.0,
    fault: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ORDER",
            help="What goes wrong: 'status=503 times=3 at=ml/get_result'. May be repeated; "
            "`redenlab sandbox faults kinds` lists what there is.",
        ),
    ] = None,
    spec: Annotated[
        Path | None,
        typer.Option(
            dir_okay=False,
            help="An OpenAPI document to serve.",
            show_default="the backends of this package",
        ),
    ] = None,
    seed: Annotated[
        str | None,
        typer.Option(help="Of everything that is made up.", show_default="one of its own"),
    ] = None,
) -> None:
    """Run the backend until Ctrl-C, and print how to use it."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as Ctrl-C does
    redenlab.sandbox.serve(
        _introduce,
        spec=spec,
        folder=folder,
        port=port,
        processing=processing,
        keep_seconds=keep,
        faults=fault or (),
        seed=seed,
    )
    err().print("sandbox stopped")


def _introduce(sandbox: "redenlab.sandbox.Sandbox") -> None:
    console = err()
    console.print("The sandbox runs. In another shell:\n")
    for name, value in sandbox.environment.items():
        _export(name, value)
    _export(faults.URL_VARIABLE, sandbox.page_url.rstrip("/"))
    console.print(f"\nWhat happens in it: {sandbox.page_url}", soft_wrap=True)
    console.print("\nIts results have no clinical meaning. Ctrl-C stops it.")


def _export(name: str, value: str) -> None:
    err().print(f"  export {name}={value}", markup=False, soft_wrap=True)
