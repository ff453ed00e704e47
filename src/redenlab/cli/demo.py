"""`redenlab demo`: one model for each kind of result on the bundled recordings, no account."""

from collections.abc import Sequence
from functools import partial
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

import redenlab.sandbox
from redenlab.cli import batch, exits, results
from redenlab.cli.items import Item
from redenlab.cli.output import Format, write
from redenlab.cli.progress import board
from redenlab.cli.text import count, err, printable
from redenlab.core.errors import InputError
from redenlab.core.events import Listener
from redenlab.core.jobs.handles import AsyncJob
from redenlab.core.jobs.poll import Poll
from redenlab.ml import notebook
from redenlab_api.ml.jobs import PREDICT, AsyncInferenceClient

PACE = Poll(initial=0.1, max_interval=0.2)
"""Poll intervals of the demo, whose jobs take less than a second."""

PROCESSING = 0.4
"""Seconds that a job takes, so that the progress display is visible."""

MARK = "Sandbox results on synthesised speech: they have no clinical meaning."

Folder = Annotated[
    Path, typer.Option("--out", file_okay=False, metavar="FOLDER", help="Where pictures go.")
]


def demo(out: Folder = Path("redenlab-demo")) -> None:
    """Show results, without an account.

    Runs a model for each kind of result on the bundled recordings, in a sandbox.

    Needs no account and no network, takes some seconds, and leaves nothing running. Pictures of
    who speaks when are written to FOLDER.
    """
    console = err()
    console.print(f"{MARK}\n")
    with (
        as_file(files(redenlab.sandbox) / "recordings") as folder,
        redenlab.sandbox.running(processing=PROCESSING) as running,
    ):
        recordings = sorted(folder.glob("*.wav"))
        client = running.async_client(poll=PACE)
        items = _items(client, recordings)
        ended = batch.run(client, items, board(items, quiet=False))
        if not ended:
            raise KeyboardInterrupt
        write(
            (),
            lambda: [
                *results.tables(items, "recording", extras=False),
                Text(f"\n{MARK}", "yellow"),
            ],
            Format.TABLE,
        )
        code = batch.conclude(
            items, batch.Resumption(options=("--base-url", running.url)), ended=True
        )
        if code is exits.Code.GOOD:
            pictures = _draw(items, recordings, out)
            console.print(f"\n{count(pictures, 'picture')} in {printable(str(out))}", markup=False)
    raise typer.Exit(code)


def _items(client: AsyncInferenceClient[Any], recordings: Sequence[Path]) -> list[Item]:
    return [
        Item(recording.name, model, partial(_submit, client, recording, model))
        for model in _models()
        for recording in recordings
    ]


def _models() -> list[str]:
    """The first model of each result type that needs no parameters."""
    found: dict[str, str] = {}
    for name, model in PREDICT.spec.models.items():
        if not any(parameter.must_be_given for parameter in model.parameters.values()):
            found.setdefault(model.result, name)
    return list(found.values())


async def _submit(
    client: AsyncInferenceClient[Any],
    recording: Path,
    model: str,
    seconds: float,
    listener: Listener,
) -> AsyncJob[Any]:
    return await client.submit(recording, model_name=model, timeout=seconds, on_event=listener)


def _draw(items: Sequence[Item], recordings: Sequence[Path], folder: Path) -> int:
    """Write a picture of each recording, by the first result with turns; return how many."""
    from redenlab.ml.picture import draw  # noqa: PLC0415 - needs the sandbox's extra

    paths = {path.name: path for path in recordings}
    drawn: set[Path] = set()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for item in items:
            turns = notebook.turns(getattr(item.outcome, "result", None))
            target = folder / f"{paths[item.label].stem}.svg"
            if turns and target not in drawn:
                picture = draw(paths[item.label], turns, f"{item.label}, by {item.model}")
                target.write_text(picture, encoding="utf-8")
                drawn.add(target)
    except OSError as error:
        problem = error.strerror or type(error).__name__
    else:
        return len(drawn)
    raise InputError(
        f"cannot write to {folder}: {problem}", hint="choose another folder with --out"
    )
