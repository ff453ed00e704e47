"""`jobs`: what was submitted from this machine."""

from dataclasses import asdict
from typing import Annotated

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from redenlab.cli import history, options
from redenlab.cli.backends import backend_of
from redenlab.cli.output import write
from redenlab.cli.text import err, printable


def jobs(
    context: typer.Context,
    limit: Annotated[
        int, typer.Option("-n", "--limit", metavar="N", min=1, help="How many, the newest first.")
    ] = 20,
    *,
    output: options.Output = None,
    forget: Annotated[
        bool, typer.Option("--forget", help="Erase the list; the jobs themselves stay.")
    ] = False,
) -> None:
    """List the jobs submitted from this machine.

    They are in ~/.redenlab/jobs.jsonl, which only you can read; REDENLAB_HISTORY=off keeps none.
    """
    if forget:
        history.forget()
        err().print("the list is erased")
        return
    group = backend_of(context)
    found = list(history.past(group.specs[0].service if group.group else None))[:limit]

    def table() -> Table:
        shown = Table(box=SIMPLE_HEAD, header_style="dim", show_edge=False, pad_edge=False)
        shown.add_column("job", no_wrap=True, overflow="fold")
        for heading in ("model", "service", "when"):
            shown.add_column(heading)
        for each in found:
            row = (each.job_id, each.model or each.job, each.service, each.at)
            shown.add_row(*(Text(printable(text)) for text in row))
        return shown

    write(map(asdict, found), lambda: [table()], output)
